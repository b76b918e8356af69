"""How does one request with several messages become a request for each of them?

All leave with the one request or none does (`OutboundRequest.also`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace

from gatekeeper.domain.message import Address, OutboundRequest
from gatekeeper.providers.shape import Found, Reader, each, wrong

MOST_MESSAGES = 100
MOST_RECIPIENTS = 1000
"""Of all messages of one request together."""


def unread(_value: Any, _path: str, _found: Found) -> None:
    """Read apart: each element is a message of its own."""


def several(
    value: Any, path: str, take: Callable[[Any, str], Sequence[OutboundRequest]]
) -> list[OutboundRequest]:
    """The messages of an array, each made by `take` from its value and path."""
    made: list[OutboundRequest] = []

    def one(inner: Any, at: str, _found: Found) -> None:
        made.extend(take(inner, at))
        if sum(len(request.recipients) for request in made) > MOST_RECIPIENTS:
            raise wrong(path, f"has more than {MOST_RECIPIENTS} destinations in all")

    each(one, most=MOST_MESSAGES)(value, path, Found())
    return made


def together(requests: Sequence[OutboundRequest], shared: Found) -> OutboundRequest:
    """The first message with the others beside it, and with what the request says of them all."""
    if shared.send_at is not None:
        requests = [replace(each, send_at=each.send_at or shared.send_at) for each in requests]
    first, *others = requests
    return replace(
        first,
        parts=(*first.parts, *shared.parts),
        claims=(*first.claims, *shared.claims),
        also=tuple(others),
    )


def found_in(take: Reader, value: Any, path: str, to: Sequence[Address] = ()) -> Found:
    """What a shape finds at a path, for people who are known already or are found in it."""
    found = Found(recipients=list(to))
    take(value, path, found)
    return found
