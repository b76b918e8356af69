"""How is a recipient left out of a notification, with every other byte as it was?"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote_plus

from msgspec.structs import replace

from gatekeeper.providers.contract import Operation, RawRequest

BINDING = "ToBinding"


def drop(raw: RawRequest, operation: Operation, indexes: Sequence[int]) -> RawRequest | None:
    """The notification without these of its bindings; None for what has one recipient."""
    if operation.name != "notification":
        return None
    kept, place = [], 0
    for pair in raw.body.split(b"&"):
        named = unquote_plus(pair.partition(b"=")[0].decode()) == BINDING
        if not (named and place in indexes):
            kept.append(pair)
        place += named
    return replace(raw, body=b"&".join(kept))
