"""What does a request to Twilio's Messages resource say, to whom and from whom?"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any, NoReturn
from urllib.parse import unquote

from msgspec.structs import replace

from gatekeeper.domain.message import Address, Opaque, OutboundRequest, TextPart
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.form_body import Form, read_form
from gatekeeper.providers.instants import ASKED, instant
from gatekeeper.providers.twilio import address
from gatekeeper.providers.twilio.fields import (
    MESSAGE_FIELDS,
    one,
    sort_fields,
    truth,
)

IDEMPOTENCY_HEADER = "I-Twilio-Idempotency-Token"

_VARIABLE = re.compile(r"[A-Za-z0-9_.-]{1,64}")


def parse_message(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The message with its one meaning; raises AmbiguousRequest otherwise."""
    form = read_form(raw)
    aside = sort_fields(form, MESSAGE_FIELDS)
    channel, sender, recipient = _ends(form)
    media = tuple(filter(None, form.get("MediaUrl", ())))
    if channel is Channel.SMS and (media or truth(form, "SendAsMms")):
        channel = Channel.MMS
    request = OutboundRequest(
        provider="twilio",
        operation=operation.name,
        channel=channel,
        sender=sender,
        recipients=(recipient,),
        parts=(*text_of(form, media=bool(media)), *_links(media), *aside.references),
        media=media,
        opaque=template_of(form),
        claims=tuple(aside.claims),
        natural_key=raw.header(IDEMPOTENCY_HEADER),
        send_at=_later(form),
    )
    other = form.get("FallbackFrom")
    return _or_from(request, other[0]) if other and other[0] else request


def _or_from(request: OutboundRequest, other: str) -> OutboundRequest:
    """A message that Twilio sends as an SMS from another sender where the first cannot."""
    channel, own = address.channel_of(other, "FallbackFrom")
    if channel is not Channel.SMS:
        raise AmbiguousRequest("FallbackFrom must be a sender of SMS.")
    if request.channel not in (Channel.SMS, Channel.MMS):
        channel = Channel.MMS if request.media else Channel.SMS
    else:
        channel = request.channel
    sender = Address(address.message_sender(channel, own).kind, own, "FallbackFrom")
    return replace(request, also=(replace(request, channel=channel, sender=sender),))


def _later(form: Form) -> datetime | None:
    """When Twilio is to send it, if not at once."""
    if "SendAt" not in form and "ScheduleType" not in form:
        return None
    at, kind = one(form, "SendAt"), one(form, "ScheduleType")
    if at is None and kind is None:
        return None
    read = instant(at) if at else None
    if read is None:
        raise AmbiguousRequest(f"The parameter SendAt {ASKED}.")
    if kind != "fixed":
        raise AmbiguousRequest("The parameter ScheduleType must be fixed where SendAt is given.")
    return read


def _ends(form: Form) -> tuple[Channel, Address, Address]:
    to, sender, pool = one(form, "To"), one(form, "From"), one(form, "MessagingServiceSid")
    if to is None:
        raise AmbiguousRequest("The parameter To is missing.")
    channel, person = address.channel_of(to, "To")
    recipient = address.message_recipient(channel, person)
    service = address.service(pool) if pool else None
    if sender is None:
        if service is None:
            raise AmbiguousRequest("From or MessagingServiceSid is missing.")
        return channel, service, recipient
    sender_channel, own = address.channel_of(sender, "From")
    if sender_channel is not channel:
        raise AmbiguousRequest("To and From name different channels.")
    return channel, address.message_sender(channel, own), recipient


def text_of(form: Form, *, media: bool) -> list[TextPart]:
    """The text, or the variables of a template; AmbiguousRequest if there is nothing to send."""
    body, template = one(form, "Body"), one(form, "ContentSid")
    variables = one(form, "ContentVariables")
    if body and template:
        raise AmbiguousRequest("Body and ContentSid are both given: one text only.")
    if variables and not template:
        raise AmbiguousRequest("ContentVariables is given without ContentSid.")
    if not (body or template or media):
        raise AmbiguousRequest("There is nothing to send: no Body, no media and no ContentSid.")
    parts = [TextPart("Body", Role.BODY, body)] if body else []
    return parts + _variables(variables) if variables else parts


def _links(media: tuple[str, ...]) -> list[TextPart]:
    return [link(f"MediaUrl[{n}]", url) for n, url in enumerate(media, 1)] if media else []


def link(path: str, url: str) -> TextPart:
    """A URL as text, with its escapes undone: path, query and file name may carry data."""
    return TextPart(path, Role.LINK, unquote(url, errors="replace") if "%" in url else url)


def template_of(form: Form) -> tuple[Opaque, ...]:
    """The template whose text stands at Twilio."""
    template = one(form, "ContentSid")
    return (Opaque("content_sid", template, "ContentSid"),) if template else ()


def _variables(text: str) -> list[TextPart]:
    """Each value of the JSON object; keys stand in paths, so they must be plain words."""
    parts: list[TextPart] = []
    for key, value in _object(text):
        if not (isinstance(key, str) and isinstance(value, str) and _VARIABLE.fullmatch(key)):
            raise AmbiguousRequest("ContentVariables must map plain names to strings.")
        if "\0" in value or not _encodes(value):
            raise AmbiguousRequest("ContentVariables has a NUL or a lone surrogate in it.")
        parts.append(TextPart(f"ContentVariables/{key}", Role.TEMPLATE_VAR, value))
    if len({part.path for part in parts}) != len(parts):
        raise AmbiguousRequest("ContentVariables names a variable twice.")
    return parts


class _Pairs(list[tuple[str, Any]]):
    """A JSON object that still shows doubled keys."""


def _object(text: str) -> _Pairs:
    try:
        read = json.loads(text, object_pairs_hook=_Pairs, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise AmbiguousRequest("ContentVariables is not valid JSON.") from None
    if not isinstance(read, _Pairs):
        raise AmbiguousRequest("ContentVariables is not a JSON object.")
    return read


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
