"""What does a request to Plivo's Message resource say, to whom and from whom?"""

from __future__ import annotations

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.fields import identifier
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.plivo.fields import only, people
from gatekeeper.providers.plivo.whatsapp import INTERACTIVE, TEMPLATE
from gatekeeper.providers.shape import (
    Found,
    each,
    maybe_none,
    media,
    members,
    opaque,
    read,
    reference,
    sender,
    setting,
    text,
)
from gatekeeper.providers.whatsapp_content import LOCATION, MEDIA_ID

_CHANNELS = {"sms": Channel.SMS, "mms": Channel.MMS, "whatsapp": Channel.WHATSAPP}
_WHATSAPP_ONLY = ("template", "interactive", "location")
MOST_MEDIA = 10

_MESSAGE = members(
    {
        "dst": people(),
        "src": sender(),
        "powerpack_uuid": sender(AddressKind.SERVICE),
        "text": text(Role.BODY),
        "type": only(*_CHANNELS),
        "media_urls": maybe_none(each(media(), MOST_MEDIA)),
        "media_ids": maybe_none(each(opaque(MEDIA_ID), MOST_MEDIA)),
        "template": TEMPLATE,
        "interactive": INTERACTIVE,
        "location": LOCATION,
        "url": reference(),
        "method": setting(),
        "log": setting(),
        "trackable": setting(),
        "message_expiry": setting(),
        "dlt_entity_id": identifier(),
        "dlt_template_id": identifier(),
        "dlt_template_category": setting(),
    },
    need=("dst",),
    one_of=("src", "powerpack_uuid"),
)


def parse_message(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The message with its one meaning; raises AmbiguousRequest otherwise."""
    body = read_object(raw)
    found = read(_MESSAGE, body)
    channel = _CHANNELS[found.words.get("type", "sms")]
    if channel is not Channel.WHATSAPP and any(body.get(name) for name in _WHATSAPP_ONLY):
        raise AmbiguousRequest("A template, interactive or location needs the type whatsapp.")
    said = [part for part in found.parts if part.role is not Role.REFERENCE]
    if not (said or found.opaque):
        raise AmbiguousRequest("There is nothing to send: neither text nor media_urls.")
    return request_of(found, operation, _with_media(channel, found))


def _with_media(channel: Channel, found: Found) -> Channel:
    attached = found.media or any(each.kind == MEDIA_ID for each in found.opaque)
    return Channel.MMS if channel is Channel.SMS and attached else channel


def request_of(
    found: Found, operation: Operation, channel: Channel, by: Address | None = None
) -> OutboundRequest:
    """What a shape has found, as one message."""
    return OutboundRequest(
        provider="plivo",
        operation=operation.name,
        channel=channel,
        sender=by or found.senders[0],
        recipients=tuple(found.recipients),
        parts=tuple(found.parts),
        media=tuple(found.media),
        opaque=tuple(found.opaque),
        claims=tuple(found.claims),
    )
