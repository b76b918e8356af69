"""How is a recipient or a recording left out of a form, with every other byte as it was?"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote_plus

from msgspec.structs import replace

from gatekeeper.providers.contract import Operation, RawRequest

BINDING = "ToBinding"
RECORDINGS = frozenset({"Record", "ConferenceRecord", "RecordingConfigurationId"})
"""The parameters that have a call recorded."""


def drop(raw: RawRequest, operation: Operation, indexes: Sequence[int]) -> RawRequest | None:
    """The notification without these of its bindings; None for what has one recipient."""
    if operation.name != "notification":
        return None
    kept, place = [], 0
    for pair in raw.body.split(b"&"):
        named = _name(pair) == BINDING
        if not (named and place in indexes):
            kept.append(pair)
        place += named
    return replace(raw, body=b"&".join(kept))


def unrecorded(raw: RawRequest, operation: Operation) -> RawRequest | None:
    """The call without what has it recorded; None for what is no call."""
    if operation.name not in ("call", "participant"):
        return None
    kept = [pair for pair in raw.body.split(b"&") if _name(pair) not in RECORDINGS]
    return replace(raw, body=b"&".join(kept))


def _name(pair: bytes) -> str:
    """The name of a parameter, in a body that was read."""
    return unquote_plus(pair.partition(b"=")[0].decode())
