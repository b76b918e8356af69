"""What does a request to Twilio's Calls resource say, to whom and from whom?"""

from __future__ import annotations

import re

from gatekeeper.domain.message import Address, AddressKind, Claim, Opaque, OutboundRequest, TextPart
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.form_body import Form, read_form
from gatekeeper.providers.twilio.address import call_party
from gatekeeper.providers.twilio.fields import (
    CALL_FIELDS,
    one,
    sort_fields,
    truth,
)
from gatekeeper.providers.twilio.messages import IDEMPOTENCY_HEADER
from gatekeeper.providers.twilio.twiml import Script, read_twiml

_SCRIPTS = ("Twiml", "Url", "ApplicationSid")
_OPAQUE = {"Url": "twiml_url", "FallbackUrl": "twiml_url", "ApplicationSid": "application"}
_DIGITS = re.compile(r"[0-9A-Da-dwW*#]{0,200}")


def parse_call(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The call with its one meaning; raises AmbiguousRequest otherwise."""
    form = read_form(raw)
    aside = sort_fields(form, CALL_FIELDS)
    recipient, sender = _ends(form)
    script = _script(form)
    return OutboundRequest(
        provider="twilio",
        operation=operation.name,
        channel=Channel.VOICE,
        sender=sender,
        recipients=(recipient, *script.recipients),
        parts=(*script.parts, *_said(form), *aside.references),
        media=tuple(script.media),
        opaque=(*_unseen(form), *script.opaque),
        claims=(*aside.claims, *_caller_ids(script, sender)),
        technology=script.technology,
        record=script.record or truth(form, "Record") or "RecordingConfigurationId" in form,
        natural_key=raw.header(IDEMPOTENCY_HEADER),
    )


def _ends(form: Form) -> tuple[Address, Address]:
    to, sender, caller = (one(form, name) for name in ("To", "From", "CallerId"))
    if to is None or sender is None:
        raise AmbiguousRequest("A call needs both To and From.")
    if caller is not None and caller != sender:
        raise AmbiguousRequest("CallerId and From name two senders.")
    return call_party(to, "To"), call_party(sender, "From")


def _script(form: Form) -> Script:
    given = [name for name in _SCRIPTS if one(form, name)]
    if len(given) != 1:
        raise AmbiguousRequest("A call needs exactly one of Twiml, Url and ApplicationSid.")
    twiml = one(form, "Twiml")
    return read_twiml(twiml) if twiml else Script()


def _unseen(form: Form) -> list[Opaque]:
    return [
        Opaque(kind, value, name) for name, kind in _OPAQUE.items() if (value := one(form, name))
    ]


def _said(form: Form) -> list[TextPart]:
    digits, reason = one(form, "SendDigits"), one(form, "CallReason")
    if digits and not _DIGITS.fullmatch(digits):
        raise AmbiguousRequest("SendDigits may hold digits, A to D, '#', '*' and 'w' only.")
    parts = [TextPart("SendDigits", Role.DIGITS, digits)] if digits else []
    return parts + ([TextPart("CallReason", Role.SUBJECT, reason)] if reason else [])


def _caller_ids(script: Script, sender: Address) -> list[Claim]:
    """A sender that the document sets itself must be the one of the request: one is checked."""
    for other in script.senders:
        if (other.kind, _plain(other)) != (sender.kind, _plain(sender)):
            raise AmbiguousRequest("TwiML sets another caller id than From.")
    return [Claim("caller_id", other.value) for other in script.senders]


def _plain(address: Address) -> str:
    if address.kind is AddressKind.PHONE:
        return re.sub(r"[\s().-]", "", address.value)
    return address.value
