"""What does a Vonage webhook tell? A message that came in, or what became of one that went out.

Messages API: JSON with `message_uuid` and `channel`; a status has `status`, and `error` where it
failed. SMS API: `messageId` with `msisdn` (who wrote, or was written to); a receipt has `err-code`,
in which 9 says that the person has opted out ("Illegal number ... opted out").
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
from gatekeeper.providers.vonage.sms_body import fields_of
from gatekeeper.providers.webhook import InboundEvent, InboundOperation, Meaning

OPTED_OUT = "9"
"""The SMS API's `err-code` of a receipt for somebody who has opted out."""

_CHANNELS = {
    "sms": Channel.SMS,
    "mms": Channel.MMS,
    "rcs": Channel.RCS,
    "whatsapp": Channel.WHATSAPP,
    "messenger": Channel.MESSENGER,
}
_FAILED = frozenset({"rejected", "undeliverable", "failed", "expired"})
_CODE = re.compile(r"#([0-9]{1,8})$")
_ID = re.compile(r"[A-Za-z0-9_.:=-]{1,200}")
_NOT_READ = "The webhook is not one that the gate can read."


def inbound(raw: RawRequest) -> InboundOperation:
    """The account that a webhook names, if it does; Vonage sends nothing of what it is answered."""
    if raw.method != "POST":
        raise AmbiguousRequest("Have the provider call this address by POST.", status=405)
    return InboundOperation(_word(fields_of(raw), "api-key"), answered=False)


def events(raw: RawRequest) -> tuple[InboundEvent, ...]:
    """What the webhook says; empty if it is about no message."""
    told = fields_of(raw)
    if "message_uuid" in told:
        return _message(told)
    return _sms(told) if "msisdn" in told else ()


def _message(told: dict[str, Any]) -> tuple[InboundEvent, ...]:
    channel = _CHANNELS.get(_word(told, "channel"))
    if channel is None:
        return ()
    status = _word(told, "status")
    # A status is about what we sent: its `from` is ours, and its `to` the person's.
    person, ours = ("to", "from") if status else ("from", "to")
    error = told.get("error")
    code = _CODE.search(_word(error, "type")) if isinstance(error, dict) else None
    return (
        InboundEvent(
            id=_id(told, "message_uuid"),
            meaning=Meaning.OTHER if status else Meaning.MESSAGE,
            channel=channel,
            person=_person(channel, _end(told, person), person),
            senders=(_sender(channel, _end(told, ours), ours),),
            text=_text(told),
            code=code[1] if code and status in _FAILED else "",
            at=_instant(_word(told, "timestamp")),
        ),
    )


def _sms(told: dict[str, Any]) -> tuple[InboundEvent, ...]:
    code = _word(told, "err-code")
    receipt = bool(code or _word(told, "status"))
    opted_out = receipt and code == OPTED_OUT
    said = Meaning.OPTED_OUT if opted_out else Meaning.OTHER if receipt else Meaning.MESSAGE
    return (
        InboundEvent(
            id=_id(told, "messageId"),
            meaning=said,
            channel=Channel.SMS,
            person=recipient_of(_word(told, "msisdn"), "msisdn"),
            senders=(sender_of(_word(told, "to"), "to"),),
            text="" if receipt else _word(told, "text"),
            code=code if code not in ("", "0") else "",
        ),
    )


def _text(told: dict[str, Any]) -> str:
    """What a person wrote, or the button that was tapped."""
    written = _word(told, "text")
    for name in ("reply", "button"):
        chosen = told.get(name)
        if not written and isinstance(chosen, dict):
            written = _word(chosen, "title") or _word(chosen, "text") or _word(chosen, "payload")
    return written


def _end(told: dict[str, Any], name: str) -> str:
    """One end, which older webhooks write as an object."""
    value = told.get(name)
    if isinstance(value, dict):
        return _word(value, "number") or _word(value, "id")
    return _word(told, name)


def _person(channel: Channel, value: str, path: str) -> Address:
    kind = AddressKind.PSID if channel is Channel.MESSENGER else AddressKind.PHONE
    return recipient_of(value, path, kind)


def _sender(channel: Channel, value: str, path: str) -> Address:
    if channel is Channel.MESSENGER:
        return Address(AddressKind.PAGE, value, path)
    return sender_of(value, path)


def _id(told: dict[str, Any], name: str) -> str:
    value = _word(told, name)
    if not _ID.fullmatch(value):
        raise AmbiguousRequest(_NOT_READ)
    return value


def _word(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
