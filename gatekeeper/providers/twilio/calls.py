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

CALLER_ID = "caller_id"
"""The claim of a document that sets its own caller id."""

_SCRIPTS = ("Twiml", "Url", "ApplicationSid")
_OPAQUE = {"Url": "twiml_url", "FallbackUrl": "twiml_url", "ApplicationSid": "application"}
_DIGITS = re.compile(r"[0-9A-Da-dwW*#]{0,200}")


def parse_call(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The call with its one meaning; raises AmbiguousRequest otherwise."""
    form = read_form(raw)
    aside = sort_fields(form, CALL_FIELDS)
    recipient, sender = ends_of(form)
    script = scripted(form)
    _require_own(script, sender)
    return OutboundRequest(
        provider="twilio",
        operation=operation.name,
        channel=Channel.VOICE,
        sender=sender,
        recipients=(recipient, *script.recipients),
        parts=(*script.parts, *_said(form), *aside.references),
        media=tuple(script.media),
        opaque=(*unseen(form), *script.opaque),
        claims=(*aside.claims, *caller_ids(script)),
        technology=script.technology,
        record=script.record or truth(form, "Record") or "RecordingConfigurationId" in form,
        natural_key=raw.header(IDEMPOTENCY_HEADER),
    )


def ends_of(form: Form) -> tuple[Address, Address]:
    """Who is called, and from which number."""
    to, sender, caller = (one(form, name) for name in ("To", "From", "CallerId"))
    if to is None or sender is None:
        raise AmbiguousRequest("A call needs both To and From.")
    if caller is not None and caller != sender:
        raise AmbiguousRequest("CallerId and From name two senders.")
    return call_party(to, "To"), call_party(sender, "From")


def scripted(form: Form) -> Script:
    """What the call's one script says, as far as it stands in the request."""
    given = [name for name in _SCRIPTS if one(form, name)]
    if len(given) != 1:
        raise AmbiguousRequest("A call needs exactly one of Twiml, Url and ApplicationSid.")
    twiml = one(form, "Twiml")
    return read_twiml(twiml) if twiml else Script()


def unseen(form: Form) -> list[Opaque]:
    """The scripts that Twilio will fetch."""
    return [
        Opaque(kind, value, name) for name, kind in _OPAQUE.items() if (value := one(form, name))
    ]


def _said(form: Form) -> list[TextPart]:
    reason = one(form, "CallReason")
    return digits_of(form) + ([TextPart("CallReason", Role.SUBJECT, reason)] if reason else [])


def digits_of(form: Form) -> list[TextPart]:
    """The keys that are pressed for the person who answers."""
    digits = one(form, "SendDigits")
    if digits and not _DIGITS.fullmatch(digits):
        raise AmbiguousRequest("SendDigits may hold digits, A to D, '#', '*' and 'w' only.")
    return [TextPart("SendDigits", Role.DIGITS, digits)] if digits else []


def _require_own(script: Script, sender: Address) -> None:
    """A sender that the document sets itself must be the one of the request: one is checked."""
    if any((other.kind, plain(other)) != (sender.kind, plain(sender)) for other in script.senders):
        raise AmbiguousRequest("TwiML sets another caller id than From.")


def caller_ids(script: Script) -> list[Claim]:
    """The senders that a document sets itself."""
    return [Claim(CALLER_ID, plain(other)) for other in script.senders]


def plain(address: Address) -> str:
    """An address without the fillers that a number may be written with."""
    if address.kind is AddressKind.PHONE:
        return re.sub(r"[\s().-]", "", address.value)
    return address.value
