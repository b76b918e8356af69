"""How does what was found in a message of Infobip become a request, and what is its key?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.words import Channel, Technology
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation
from gatekeeper.providers.shape import Found


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
