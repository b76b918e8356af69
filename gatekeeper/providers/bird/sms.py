"""What does an SMS at Bird say, to whom and from whom? Alone, or in a batch."""

from __future__ import annotations

from typing import Any

from gatekeeper.domain.message import AddressKind, OutboundRequest, TextPart
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.batches import found_in, several, together
from gatekeeper.providers.bird.fields import LABELS, named, request_of, template_of
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.fields import e164, identifier, later
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.shape import (
    Found,
    anything,
    claim,
    each,
    maybe_none,
    media,
    members,
    read,
    reference,
    refused,
    sender,
    setting,
    text,
)

_UNSEEN = refused("names people whom the gate does not see")

_TEMPLATE = members(
    {
        "id": named,
        "slug": named,
        "name": named,
        "language": setting(),
        "parameters": maybe_none(anything(Role.TEMPLATE_VAR)),
    }
)


def _template(value: Any, path: str, found: Found) -> None:
    """A template with what is put into it."""
    _TEMPLATE(value, path, found)
    if sum(value.get(name) is not None for name in ("id", "slug", "name")) != 1:
        raise AmbiguousRequest("The field template has not exactly one of id, slug and name.")
    template_of(value, path, found)


MESSAGE = members(
    {
        "to": e164(),
        "from": sender(),
        "messaging_profile_id": sender(AddressKind.SERVICE),
        "text": text(Role.BODY),
        "template": _template,
        "personalization": maybe_none(anything(Role.TEMPLATE_VAR)),
        "media_urls": maybe_none(each(media())),
        "category": claim("category"),
        "validity_period": setting(),
        "scheduled_at": later(),
        "options": members(
            {
                "smart_encoding": setting(),
                "track_clicks": claim("track_clicks"),
                "max_price_per_segment": setting(),
                "ignore_suppression": claim("ignore_suppression"),
                "ignore_delivery_window": claim("ignore_delivery_window"),
                "callback_url": reference(),
            }
        ),
        "broadcast_id": _UNSEEN,
        "audience_id": _UNSEEN,
        "campaign_id": identifier(),
        "contact_id": identifier(),
        "topic_id": identifier(),
        **LABELS,
    },
    need=("to",),
)

BATCH_FIELD = "messages"


def parse_sms(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The message with its one meaning; raises AmbiguousRequest otherwise."""
    return _request(read(MESSAGE, read_object(raw)), operation)


def parse_batch(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The first message of a batch with the others beside it."""
    body = read_object(raw)
    if body.keys() != {BATCH_FIELD}:
        raise AmbiguousRequest("A batch has the field messages and no other.")

    def one(value: Any, path: str) -> list[OutboundRequest]:
        return [_request(found_in(MESSAGE, value, path), operation)]

    return together(several(body[BATCH_FIELD], BATCH_FIELD, one), Found())


def _request(found: Found, operation: Operation) -> OutboundRequest:
    said = any(part.text for part in found.parts if part.role is Role.BODY)
    if said + bool(found.opaque) != 1 and not (found.media and not found.opaque):
        raise AmbiguousRequest("Exactly one of these fields must be given: text, template.")
    # A number that is named goes before the profile, which is then a label only.
    found.senders.sort(key=lambda each: each.kind is AddressKind.SERVICE)
    found.parts += [TextPart(each.path, Role.REFERENCE, each.value) for each in found.senders[1:]]
    return request_of(found, operation, Channel.MMS if found.media else Channel.SMS)
