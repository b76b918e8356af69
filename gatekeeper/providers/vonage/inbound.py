"""What does a Vonage webhook tell? A message that came in, or what became of one that went out.

Messages API: JSON with `message_uuid` and `channel`; a status has `status`, and `error` where it
failed. SMS API: `messageId` with `msisdn` (who wrote, or was written to); a receipt has `err-code`.
Which of these tell of an opt-out, `inbound_codes` says.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.numbers import recipient_of, sender_of
from gatekeeper.providers.vonage.inbound_codes import code_of, meaning_of, word
from gatekeeper.providers.vonage.sms_body import fields_of
from gatekeeper.providers.webhook import InboundEvent, InboundOperation, Meaning

_CHANNELS = {
    "sms": Channel.SMS,
    "mms": Channel.MMS,
    "rcs": Channel.RCS,
    "whatsapp": Channel.WHATSAPP,
    "messenger": Channel.MESSENGER,
}
_BSUID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9]{1,128}")
_ID = re.compile(r"[A-Za-z0-9_.:=-]{1,200}")
_NOT_READ = "The webhook is not one that the gate can read."


def inbound(raw: RawRequest) -> InboundOperation:
    """The account that a webhook names, if it does; Vonage sends nothing of what it is answered."""
    if raw.method != "POST":
        raise AmbiguousRequest("Have the provider call this address by POST.", status=405)
    return InboundOperation(word(fields_of(raw), "api-key"), answered=False)


def events(raw: RawRequest) -> tuple[InboundEvent, ...]:
    """What the webhook says; empty if it is about no message."""
    told = fields_of(raw)
    if "message_uuid" in told:
        return _message(told)
    return _sms(told) if "msisdn" in told else ()


def _message(told: dict[str, Any]) -> tuple[InboundEvent, ...]:
    channel = _CHANNELS.get(word(told, "channel"))
    if channel is None:
        return ()
    status = word(told, "status")
    # A status is about what we sent: its `from` is ours, and its `to` the person's.
    person, ours = ("to", "from") if status else ("from", "to")
    return (
        InboundEvent(
            id=_id(told, "message_uuid"),
            meaning=meaning_of(told) if status else Meaning.MESSAGE,
            channel=channel,
            person=_person(channel, _end(told, person), person),
            senders=(_sender(channel, _end(told, ours), ours),),
            text=_text(told),
            code=code_of(told) if status else "",
            at=_instant(word(told, "timestamp")),
        ),
    )


def _sms(told: dict[str, Any]) -> tuple[InboundEvent, ...]:
    receipt = bool(word(told, "err-code") or word(told, "status"))
    return (
        InboundEvent(
            id=_id(told, "messageId"),
            meaning=meaning_of(told) if receipt else Meaning.MESSAGE,
            channel=Channel.SMS,
            person=recipient_of(word(told, "msisdn"), "msisdn"),
            senders=(sender_of(word(told, "to"), "to"),),
            text="" if receipt else word(told, "text"),
            code=code_of(told) if receipt else "",
        ),
    )


def _text(told: dict[str, Any]) -> str:
    """What a person wrote, or the button that was tapped."""
    written = word(told, "text")
    for name in ("reply", "button"):
        chosen = told.get(name)
        if not written and isinstance(chosen, dict):
            written = word(chosen, "title") or word(chosen, "text") or word(chosen, "payload")
    return written


def _end(told: dict[str, Any], name: str) -> str:
    """One end, which older webhooks write as an object."""
    value = told.get(name)
    if isinstance(value, dict):
        return word(value, "number") or word(value, "id")
    return word(told, name)


def _person(channel: Channel, value: str, path: str) -> Address:
    kind = AddressKind.PSID if channel is Channel.MESSENGER else AddressKind.PHONE
    if channel is Channel.WHATSAPP and _BSUID.fullmatch(value):
        kind = AddressKind.BSUID
    return recipient_of(value, path, kind)


def _sender(channel: Channel, value: str, path: str) -> Address:
    if channel is Channel.MESSENGER:
        return Address(AddressKind.PAGE, value, path)
    return sender_of(value, path, AddressKind.UNKNOWN if channel is Channel.RCS else None)


def _id(told: dict[str, Any], name: str) -> str:
    value = word(told, name)
    if not _ID.fullmatch(value):
        raise AmbiguousRequest(_NOT_READ)
    return value


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
