"""How does one request of Infobip with several messages become a request for each of them?

Each has a sender, a text and destinations of its own, and each may have failovers: further
messages to the same people. All leave with the one request or none does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from gatekeeper.domain.message import Address, OutboundRequest
from gatekeeper.domain.words import Channel, Technology
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation
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


def request_of(
    found: Found, operation: Operation, channel: Channel, technology: Technology
) -> OutboundRequest:
    """What a shape has found, as one message."""
    if not found.senders:
        raise AmbiguousRequest("The sender is missing: the account's own is not known here.")
    return OutboundRequest(
        provider="infobip",
        operation=operation.name,
        channel=channel,
        sender=found.senders[0],
        recipients=tuple(found.recipients),
        parts=tuple(found.parts),
        media=tuple(found.media),
        opaque=tuple(found.opaque),
        claims=tuple(found.claims),
        technology=technology,
        send_at=found.send_at,
    )


def ids_of(body: Mapping[str, Any]) -> list[Any]:
    """What the app calls each message of a request that has been read; None where it does not."""
    return [to.get("messageId") for message in body["messages"] for to in message["destinations"]]


def key_of(values: Sequence[Any]) -> str | None:
    """The messages' own ids as the key of their request, if every destination has one."""
    given = [value if isinstance(value, str) and value else None for value in values]
    return ",".join(filter(None, given)) if given and all(given) else None


def found_in(take: Reader, value: Any, path: str, to: Sequence[Address] = ()) -> Found:
    """What a shape finds at a path, for people who are known already or are found in it."""
    found = Found(recipients=list(to))
    take(value, path, found)
    return found
