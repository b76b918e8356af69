"""What does a request to one of Telnyx's message resources say, to whom and from whom?"""

from __future__ import annotations

from typing import Any

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.shape import (
    Found,
    Reader,
    each,
    members,
    read,
    reference,
    sender,
    setting,
)
from gatekeeper.providers.telnyx.fields import OPTIONS, TEXTS, WEBHOOKS, dialled, identifier
from gatekeeper.providers.telnyx.rcs import AGENT_MESSAGE, FALLBACK
from gatekeeper.providers.whatsapp_content import typed

PROFILE = "messaging_profile_id"
_FALLBACKS = {"sms_fallback": Channel.SMS, "mms_fallback": Channel.MMS}
MOST_IN_GROUP = 100


def _apart(_value: Any, _path: str, _found: Found) -> None:
    """Read by itself: a message of its own."""


_MESSAGE = members(
    {"to": dialled(), "from": sender(), PROFILE: identifier(), **TEXTS, **OPTIONS, **WEBHOOKS},
    need=("to",),
)
_POOL = members(
    {"to": dialled(), PROFILE: identifier(), **TEXTS, **OPTIONS, **WEBHOOKS}, need=("to", PROFILE)
)
"""Whatever stood in `from` would not be the sender: Telnyx picks one of the profile's numbers."""
_GROUP = members(
    {"to": each(dialled(), MOST_IN_GROUP), "from": sender(), **TEXTS, **OPTIONS, **WEBHOOKS},
    need=("to", "from"),
)
_RCS = members(
    {
        "to": dialled(),
        "agent_id": sender(AddressKind.UNKNOWN),
        "agent_message": AGENT_MESSAGE,
        PROFILE: identifier(),
        "type": setting(),
        **WEBHOOKS,
        **dict.fromkeys(_FALLBACKS, _apart),
    },
    need=("to", "agent_id", "agent_message"),
)
_WHATSAPP = members(
    {
        "to": dialled(),
        "from": sender(AddressKind.PHONE),
        "whatsapp_message": typed({"biz_opaque_callback_data": reference()}),
        PROFILE: identifier(),
        "type": setting(),
        **WEBHOOKS,
    },
    need=("to", "from", "whatsapp_message"),
)
_SHAPES: dict[str, Reader] = {
    "message": _MESSAGE,
    "pool": _POOL,
    "group": _GROUP,
    "rcs": _RCS,
    "whatsapp": _WHATSAPP,
}
_TYPES = {
    Channel.SMS: {"sms", "mms"},
    Channel.MMS: {"mms"},
    Channel.RCS: {"rcs"},
    Channel.WHATSAPP: {"whatsapp"},
}


def parse_message(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The message with its one meaning; raises AmbiguousRequest otherwise."""
    body = read_object(raw)
    found = read(_SHAPES[operation.name], body)
    if not (found.parts or found.media or found.opaque):
        raise AmbiguousRequest("There is nothing to send: neither text nor media_urls.")
    fallbacks = tuple(
        _fallback(body[name], name, channel, found, operation)
        for name, channel in _FALLBACKS.items()
        if operation.name == "rcs" and body.get(name) is not None
    )
    return request_of(found, operation, _channel(found, operation), fallbacks)


def _channel(found: Found, operation: Operation) -> Channel:
    """An SMS with media, a subject or that type is an MMS; no other endpoint changes its kind."""
    word = found.words.get("type", "").lower()
    if word and word not in _TYPES[operation.channel]:
        raise AmbiguousRequest("The field type names another kind of message than its address.")
    richer = found.media or word == "mms" or any(p.path == "subject" for p in found.parts)
    return Channel.MMS if operation.channel is Channel.SMS and richer else operation.channel


def request_of(
    found: Found,
    operation: Operation,
    channel: Channel,
    also: tuple[OutboundRequest, ...] = (),
) -> OutboundRequest:
    """What a shape has found, as one message."""
    return OutboundRequest(
        provider="telnyx",
        operation=operation.name,
        channel=channel,
        sender=_sender(found),
        recipients=tuple(found.recipients),
        parts=tuple(found.parts),
        media=tuple(found.media),
        opaque=tuple(found.opaque),
        claims=tuple(found.claims),
        send_at=found.send_at,
        also=also,
    )


def _sender(found: Found) -> Address:
    """Who sends; without a sender the profile's pool of numbers picks one."""
    if found.senders:
        return found.senders[0]
    profile = found.words.get(PROFILE)
    if profile is None:
        raise AmbiguousRequest(f"The field from is missing, and so is {PROFILE}.")
    return Address(AddressKind.SERVICE, profile, PROFILE)


def _fallback(
    value: Any, path: str, channel: Channel, main: Found, operation: Operation
) -> OutboundRequest:
    """What goes out instead if the recipient has no RCS: a message of its own."""
    found = Found(recipients=list(main.recipients))
    FALLBACK(value, path, found)
    if PROFILE in main.words:
        found.words[PROFILE] = main.words[PROFILE]
    return request_of(found, operation, channel)
