"""Which fields do Bird's messages share?

Of the models SMSMessageSendRequest and WhatsAppMessageSendRequest (messagebird-sdk 0.106).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import Opaque, OutboundRequest
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation
from gatekeeper.providers.shape import (
    Found,
    Reader,
    anything,
    each,
    maybe_none,
    members,
    reference,
    string,
)

TEMPLATE = "bird_template"
"""The kind of a template; its reference is `slug:language`, since each language has its text."""

LABELS: Mapping[str, Reader] = {
    "tags": maybe_none(each(members({"name": reference(), "value": reference()}))),
    "metadata": maybe_none(anything(Role.REFERENCE)),
}

_NAMES = ("slug", "id", "name")


def named(value: Any, path: str, _found: Found) -> None:
    """Part of a template's reference."""
    string(value, path)


def template_of(value: Mapping[str, Any], path: str, found: Found) -> None:
    """A template that has been read, by one of its names and its language."""
    name = next((str(value[each]) for each in _NAMES if value.get(each)), "")
    language = value.get("language")
    ref = f"{name}:{language}" if language else name
    found.opaque.append(Opaque(TEMPLATE, ref, path))


def request_of(found: Found, operation: Operation, channel: Channel) -> OutboundRequest:
    """What a shape has found, as one message."""
    if not found.senders:
        raise AmbiguousRequest(
            "The field from is missing: which sender Bird would pick is not known here."
        )
    return OutboundRequest(
        provider="bird",
        operation=operation.name,
        channel=channel,
        sender=found.senders[0],
        recipients=tuple(found.recipients),
        parts=tuple(found.parts),
        media=tuple(found.media),
        opaque=tuple(found.opaque),
        claims=tuple(found.claims),
        send_at=found.send_at,
    )
