"""What does a Plivo webhook tell? A message that came in, or what became of one that went out.

A form (plivo.com/docs, "Receive a message", "Message status callbacks"): `Status` stands only in
the second. Numbers come without a plus.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.form_body import read_form
from gatekeeper.providers.numbers import recipient_of, sender_of
from gatekeeper.providers.plivo.signature import signs_what_is_told
from gatekeeper.providers.webhook import InboundEvent, InboundOperation, Meaning

MEANINGS: Mapping[str, Meaning] = {"200": Meaning.OPTED_OUT}
"""200: the person has sent STOP to this number. All others say nothing of anybody's will."""

_READ = (
    "MessageUUID", "From", "To", "Text", "Body", "Type", "Status", "ErrorCode", "PowerpackUUID",
)  # fmt: skip
"""All that is read of a webhook."""
_CHANNELS = {"sms": Channel.SMS, "mms": Channel.MMS, "whatsapp": Channel.WHATSAPP}
_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_CODE = re.compile(r"[0-9]{1,6}")
_FAILED = frozenset({"failed", "undelivered", "rejected"})


def inbound(raw: RawRequest) -> InboundOperation:
    """No account, since a webhook names none. Plivo sends what a person's message is answered."""
    if raw.method != "POST":
        raise AmbiguousRequest("Have the provider call this address by POST.", status=405)
    fields = _fields(raw)
    return InboundOperation("", answered="MessageUUID" in fields and "Status" not in fields)


def events(raw: RawRequest) -> tuple[InboundEvent, ...]:
    """The one event of the webhook; none of a call's."""
    fields = _fields(raw)
    if "MessageUUID" not in fields:
        return ()
    if not _ID.fullmatch(fields["MessageUUID"]):
        raise AmbiguousRequest("The webhook names no message.")
    channel = _CHANNELS.get(fields.get("Type", "sms").lower() or "sms")
    if channel is None:
        raise AmbiguousRequest("The webhook is about a kind of message that the gate cannot read.")
    weak = not signs_what_is_told(raw)
    return ((_went_out if "Status" in fields else _came_in)(fields, channel, weak),)


def _came_in(fields: Mapping[str, str], channel: Channel, weak: bool) -> InboundEvent:
    return InboundEvent(
        id=fields["MessageUUID"],
        meaning=Meaning.MESSAGE,
        channel=channel,
        person=recipient_of(_named(fields, "From"), "From"),
        senders=_senders(fields, "To"),
        text=fields.get("Text") or fields.get("Body", ""),
        weak=weak,
    )


def _went_out(fields: Mapping[str, str], channel: Channel, weak: bool) -> InboundEvent:
    code = fields.get("ErrorCode", "")
    code = code if _CODE.fullmatch(code) else ""
    failed = fields["Status"].lower() in _FAILED
    return InboundEvent(
        id=fields["MessageUUID"],
        meaning=MEANINGS.get(code, Meaning.OTHER) if failed else Meaning.OTHER,
        channel=channel,
        person=recipient_of(_named(fields, "To"), "To"),
        senders=_senders(fields, "From"),
        code=code,
        weak=weak,
    )


def _senders(fields: Mapping[str, str], name: str) -> tuple[Address, ...]:
    """Our number, and the Powerpack that it belongs to."""
    ours = [sender_of(_named(fields, name), name)]
    if pack := fields.get("PowerpackUUID"):
        ours.append(Address(AddressKind.SERVICE, pack, "PowerpackUUID"))
    return tuple(ours)


def _named(fields: Mapping[str, str], name: str) -> str:
    value = fields.get(name, "")
    if not value:
        raise AmbiguousRequest(f"The webhook has no {name}.")
    return value


def _fields(raw: RawRequest) -> Mapping[str, str]:
    """Each field's value; one that matters here and is given twice has no one meaning."""
    form = read_form(raw)
    if any(len(form.get(name, ())) > 1 for name in _READ):
        raise AmbiguousRequest("The webhook gives a parameter twice.")
    return {name: form[name][0] for name in _READ if name in form}
