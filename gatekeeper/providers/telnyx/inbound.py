"""What does a Telnyx webhook tell? A message that came in, or what became of one that went out.

One event each (developers.telnyx.com, "Receiving webhooks for messaging"): `message.received`
from a person, `message.sent` and `message.finalized` about one to them. Its time is signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.reply import ReplyKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.numbers import sender_of
from gatekeeper.providers.telnyx.inbound_codes import Told, told_by
from gatekeeper.providers.webhook import InboundEvent, InboundOperation, Meaning

RECEIVED = "message.received"
WENT_OUT = frozenset({"message.sent", "message.finalized"})

_CHANNELS = {
    "SMS": Channel.SMS,
    "MMS": Channel.MMS,
    "RCS": Channel.RCS,
    "WHATSAPP": Channel.WHATSAPP,
}
_SAID = {
    "STOP": ReplyKind.STOP,
    "OPT_OUT": ReplyKind.STOP,
    "START": ReplyKind.START,
    "OPT_IN": ReplyKind.START,
    "HELP": ReplyKind.HELP,
    "INFO": ReplyKind.HELP,
}
_ID = re.compile(r"[A-Za-z0-9_.:=-]{1,200}")
_FAILED = frozenset({"sending_failed", "delivery_failed", "expired"})
_MOST = 100

_NOT_READ = "The webhook is not one that the gate can read."

Fields = Mapping[str, Any]


def inbound(raw: RawRequest) -> InboundOperation:
    """No account: an event names none, and Telnyx sends nothing of what it is answered."""
    if raw.method != "POST":
        raise AmbiguousRequest("Have the provider call this address by POST.", status=405)
    _data(raw)
    return InboundOperation("", answered=False)


def events(raw: RawRequest) -> tuple[InboundEvent, ...]:
    """What the event says of each person; empty if it is about no message."""
    data = _data(raw)
    kind = data.get("event_type")
    if kind != RECEIVED and kind not in WENT_OUT:
        return ()
    payload = data.get("payload")
    if not isinstance(payload, dict):
        raise AmbiguousRequest(_NOT_READ)
    channel = _CHANNELS.get(_word(payload, "type").upper() or "SMS")
    name = _word(payload, "id")
    if channel is None or not _ID.fullmatch(name):
        raise AmbiguousRequest(_NOT_READ)
    at = _instant(_word(data, "occurred_at"))
    if kind == RECEIVED:
        return (_came_in(name, channel, payload, at),)
    return tuple(_went_out(name, channel, payload, at))


def _came_in(name: str, channel: Channel, payload: Fields, at: datetime | None) -> InboundEvent:
    body = _object(payload.get("body"))
    sender = _object(payload.get("from"))
    number = _word(sender, "phone_number") or _word(body, "from")
    person = _person(number) if number else _hidden(body)
    ours = [_word(each, "phone_number") or _word(each, "agent_id") for each in _listed(payload)]
    return InboundEvent(
        id=name,
        meaning=Meaning.MESSAGE,
        channel=channel,
        person=person,
        senders=_senders(ours, channel, payload),
        text=_word(payload, "text") or _text(body),
        said=_SAID.get(_word(payload, "autoresponse_type").upper().replace("-", "_")),
        at=at,
    )


def _went_out(
    name: str, channel: Channel, payload: Fields, at: datetime | None
) -> Iterator[InboundEvent]:
    sender = _object(payload.get("from"))
    senders = _senders(
        [_word(sender, "phone_number") or _word(sender, "agent_id")], channel, payload
    )
    people = _listed(payload)
    for place, each in enumerate(people):
        said = told_by(payload.get("errors"), place if len(people) > 1 else None)
        if _word(each, "status") not in _FAILED and said.code:
            said = Told(Meaning.OTHER, said.code)
        yield InboundEvent(
            id=name,
            meaning=said.meaning,
            channel=channel,
            person=_person(_word(each, "phone_number")),
            senders=senders,
            code=said.code,
            at=at,
        )


def _text(body: Fields) -> str:
    """What a person wrote or chose in RCS or WhatsApp."""
    said = body.get("text")
    if isinstance(said, dict):
        return _word(said, "body")
    chosen = _object(body.get("suggestion_response"))
    pressed = _object(body.get("button"))
    return _word(body, "text") or _word(chosen, "text") or _word(pressed, "text")


def _senders(ours: list[str], channel: Channel, payload: Fields) -> tuple[Address, ...]:
    """Our numbers, and the profile that they belong to."""
    kind = AddressKind.UNKNOWN if channel is Channel.RCS else None
    found = [sender_of(value, "to", kind) for value in ours if value]
    if profile := _word(payload, "messaging_profile_id"):
        found.append(Address(AddressKind.SERVICE, profile, "messaging_profile_id"))
    if not found:
        raise AmbiguousRequest("The webhook names no sender of ours.")
    return tuple(found)


def _person(value: str) -> Address:
    if not value:
        raise AmbiguousRequest("The webhook names no person.")
    return Address(AddressKind.PHONE, value, "from")


def _hidden(body: Fields) -> Address:
    """A WhatsApp user who does not show the number."""
    user = _word(body, "from_user_id")
    if not user:
        raise AmbiguousRequest("The webhook names no person.")
    return Address(AddressKind.BSUID, user, "from_user_id")


def _listed(payload: Fields) -> list[Fields]:
    """The other ends: an array of them, or one number (as WhatsApp has it)."""
    to = payload.get("to")
    if isinstance(to, str):
        return [{"phone_number": to}]
    if not isinstance(to, list) or len(to) > _MOST:
        raise AmbiguousRequest(_NOT_READ)
    return [_object(each) for each in to]


def _data(raw: RawRequest) -> Fields:
    data = read_object(raw).get("data")
    if not isinstance(data, dict):
        raise AmbiguousRequest(_NOT_READ)
    return data


def _object(value: Any) -> Fields:
    return value if isinstance(value, dict) else {}


def _word(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _instant(text: str) -> datetime | None:
    """The time of the event; if it cannot be read, that of the receipt counts."""
    try:
        read = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return read.astimezone(UTC) if read is not None and read.tzinfo else None
