"""What does it mean to call somebody into a conference?"""

from __future__ import annotations

import re

from gatekeeper.domain.message import Opaque, OutboundRequest, TextPart
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.form_body import Form, read_form
from gatekeeper.providers.twilio.calls import ends_of
from gatekeeper.providers.twilio.fields import one, sort_fields, truth
from gatekeeper.providers.twilio.product_fields import PARTICIPANT_FIELDS

_CONFERENCE = re.compile(r"/Conferences/([^/]+)/")
_RECORDED = {"true": True, "record-from-start": True, "false": False, "do-not-record": False}
_SHOWN = {"CallReason": Role.SUBJECT, "CallerDisplayName": Role.SUBJECT}


def parse_participant(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The call with its one meaning; raises AmbiguousRequest otherwise."""
    form = read_form(raw)
    aside = sort_fields(form, PARTICIPANT_FIELDS)
    recipient, sender = ends_of(form)
    room, music = _CONFERENCE.search(raw.path), one(form, "WaitUrl")
    parts = [
        TextPart(name, role, text) for name, role in _SHOWN.items() if (text := one(form, name))
    ]
    if room is not None:
        parts.append(TextPart("Conference", Role.REFERENCE, room[1]))
    return OutboundRequest(
        provider="twilio",
        operation=operation.name,
        channel=Channel.VOICE,
        sender=sender,
        recipients=(recipient,),
        parts=(*parts, *aside.references),
        opaque=(Opaque("twiml_url", music, "WaitUrl"),) if music else (),
        claims=tuple(aside.claims),
        record=truth(form, "Record") or _recorded(form) or "RecordingConfigurationId" in form,
    )


def _recorded(form: Form) -> bool:
    value = one(form, "ConferenceRecord") or "false"
    if value not in _RECORDED:
        raise AmbiguousRequest("The parameter ConferenceRecord is not a word that the gate knows.")
    return _RECORDED[value]
