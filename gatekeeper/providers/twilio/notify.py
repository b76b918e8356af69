"""What does a Notify notification say, and to which of its bindings?"""

from __future__ import annotations

import re
from typing import Any

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest, TextPart
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers import shape
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.form_body import Form, read_form
from gatekeeper.providers.shape import Found
from gatekeeper.providers.twilio import address
from gatekeeper.providers.twilio.fields import one, sort_fields
from gatekeeper.providers.twilio.form_json import json_in
from gatekeeper.providers.twilio.product_fields import NOTIFICATION_FIELDS

MOST = 1000
"""Bindings of one notification."""
_SERVICE = re.compile(r"/Services/(IS[0-9a-fA-F]{32})/")
_SMS = shape.members(
    {
        "body": shape.text(Role.BODY),
        "media_urls": shape.maybe_none(shape.each(shape.media())),
        "status_callback": shape.reference(),
    }
)
"""What a notification may say to those that it reaches by SMS; another sender it may not name."""


def parse_notification(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """One message for each binding; raises AmbiguousRequest for an audience that is not named."""
    form = read_form(raw)
    aside = sort_fields(form, NOTIFICATION_FIELDS)
    service = _SERVICE.search(raw.path)
    if service is None:
        raise AmbiguousRequest("This path names no Notify service.")
    channel, people = _people(form)
    said = _said(form)
    if not said.parts:
        raise AmbiguousRequest("There is nothing to send: Body, or a body in Sms.")
    if channel is Channel.SMS and said.media:
        channel = Channel.MMS
    return OutboundRequest(
        provider="twilio",
        operation=operation.name,
        channel=channel,
        sender=Address(AddressKind.SERVICE, service[1], "Service"),
        recipients=people,
        parts=(*said.parts, *aside.references),
        media=tuple(said.media),
        claims=tuple(aside.claims),
    )


def _people(form: Form) -> tuple[Channel, tuple[Address, ...]]:
    given = form.get("ToBinding", ())
    if not 0 < len(given) <= MOST:
        raise AmbiguousRequest(f"Name the recipients by ToBinding, 1 to {MOST} of them.")
    read = [_person(json_in(text, "ToBinding"), n) for n, text in enumerate(given, 1)]
    channels = {channel for channel, _ in read}
    if len(channels) > 1:
        raise AmbiguousRequest("The bindings of ToBinding are on several channels: send each.")
    return channels.pop(), tuple([person for _, person in read])


def _person(binding: Any, place: int) -> tuple[Channel, Address]:
    path = f"ToBinding[{place}]"
    if not isinstance(binding, dict) or binding.keys() != {"binding_type", "address"}:
        raise AmbiguousRequest(f"{path} must be an object of binding_type and address.")
    value = shape.string(binding["address"], "ToBinding")
    if binding["binding_type"] != "sms" or not value:
        raise AmbiguousRequest(f"{path} is of a type that is not judged here: sms only.")
    channel, person = address.channel_of(value, path)
    kind = AddressKind.PSID if channel is Channel.MESSENGER else AddressKind.PHONE
    return channel, Address(kind, person, path)


def _said(form: Form) -> Found:
    found = Found()
    for name, role in (("Body", Role.BODY), ("Title", Role.SUBJECT)):
        if text := one(form, name):
            found.parts.append(TextPart(name, role, text))
    if override := one(form, "Sms"):
        _SMS(json_in(override, "Sms"), "Sms", found)
    return found
