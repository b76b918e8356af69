"""What does a Sinch webhook tell? People's messages, opt-outs, and what became of what was sent.

SMS: an object with a `type` (`mo_text`, `recipient_delivery_report_sms`, ...) that names no plan.
Conversation: an object that names its project and app, with one member for what happened
(developers.sinch.com, "Callbacks"). What bears on nobody's consent or delivery tells of nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.reply import ReplyKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.numbers import international, recipient_of, sender_of
from gatekeeper.providers.sinch.conversation import CHANNELS
from gatekeeper.providers.sinch.mobile_originated import said_in
from gatekeeper.providers.sinch.paths import ID
from gatekeeper.providers.webhook import InboundEvent, InboundOperation, Meaning

_ACCOUNT = re.compile(ID)
_CODE = re.compile(r"[0-9]{1,6}|[A-Z_]{1,60}")
_NOT_READ = "The webhook is not one that the gate can read."

Told = Mapping[str, Any]


def inbound(raw: RawRequest) -> InboundOperation:
    """The project of a Conversation webhook; one of SMS names nobody."""
    if raw.method != "POST":
        raise AmbiguousRequest("Have the provider call this address by POST.", status=405)
    project = read_object(raw, any_type=True).get("project_id", "")
    if not isinstance(project, str) or (project and not _ACCOUNT.fullmatch(project)):
        raise AmbiguousRequest("The webhook names no one account.")
    return InboundOperation(project, answered=False)


def events(raw: RawRequest) -> tuple[InboundEvent, ...]:
    """What happened; raises AmbiguousRequest for what is not plain."""
    body = read_object(raw, any_type=True)
    kind, whole = body.get("type"), sha256(raw.body).hexdigest()[:32]
    if isinstance(kind, str) and "app_id" not in body:
        return tuple(_sms(kind, body, whole))
    return tuple(_conversation(body, whole))


def _sms(kind: str, body: Told, whole: str) -> Iterator[InboundEvent]:
    if kind.startswith("mo_"):
        yield InboundEvent(
            id=_text(body, "id", need=True),
            meaning=Meaning.MESSAGE,
            channel=Channel.MMS if kind == "mo_media" else Channel.SMS,
            person=_person(_text(body, "from", need=True), "from"),
            senders=(sender_of(international(_text(body, "to", need=True)), "to"),),
            text=said_in(kind, body),
            at=_instant(body.get("received_at")),
        )
    elif kind.startswith("recipient_delivery_report_"):
        recipient = _text(body, "recipient", need=True)
        own = _text(body, "applied_originator")
        yield InboundEvent(
            id=f"{_text(body, 'batch_id', need=True)}/{whole[:16]}",
            meaning=Meaning.OTHER,
            channel=Channel.MMS if kind.endswith("_mms") else Channel.SMS,
            person=_person(recipient, "recipient"),
            senders=(sender_of(international(own), "applied_originator"),) if own else (),
            code=_code(body.get("code")),
            at=_instant(body.get("at")),
        )


def _conversation(body: Told, whole: str) -> Iterator[InboundEvent]:
    app = Address(AddressKind.SERVICE, _text(body, "app_id"), "app_id")
    for name, read in _READERS.items():
        told = body.get(name)
        if told is None:
            continue
        if not isinstance(told, dict):
            raise AmbiguousRequest(_NOT_READ)
        if (event := read(told, app, whole)) is not None:
            yield event


def _message(told: Told, app: Address, whole: str) -> InboundEvent | None:
    who = _identity(_object(told, "channel_identity"))
    if who is None:
        return None
    channel, person = who
    own = _text(told, "sender_id")
    named = (sender_of(international(own), "message/sender_id"),) if own else ()
    return InboundEvent(
        id=_text(told, "id", need=True),
        meaning=Meaning.MESSAGE,
        channel=channel,
        person=person,
        senders=(*named, app),
        text=said_in("conversation", _object(told, "contact_message")),
        at=_instant(told.get("accept_time")),
    )


def _opt_out(told: Told, app: Address, whole: str) -> InboundEvent | None:
    return _opted(told, app, whole, "OPT_OUT_FAILED", Meaning.OPTED_OUT, None)


def _opt_in(told: Told, app: Address, whole: str) -> InboundEvent | None:
    return _opted(told, app, whole, "OPT_IN_FAILED", Meaning.MESSAGE, ReplyKind.START)


def _opted(
    told: Told, app: Address, whole: str, failed: str, meaning: Meaning, said: ReplyKind | None
) -> InboundEvent | None:
    who = _identity(told)
    if who is None or told.get("status") == failed:
        return None
    own = _text(told, "request_id") or whole
    return InboundEvent(own, meaning, who[0], who[1], (app,), said=said)


def _delivered(told: Told, app: Address, whole: str) -> InboundEvent | None:
    who = _identity(_object(told, "channel_identity"))
    if who is None:
        return None
    message, code = _text(told, "message_id", need=True), _object(told, "reason").get("code")
    return InboundEvent(message, Meaning.OTHER, *who, (app,), code=_code(code))


_READERS: Mapping[str, Callable[[Told, Address, str], InboundEvent | None]] = {
    "message": _message,
    "opt_out_notification": _opt_out,
    "opt_in_notification": _opt_in,
    "message_delivery_report": _delivered,
}


def _identity(told: Told) -> tuple[Channel, Address] | None:
    """Channel and person; None for a channel on which nothing is sent here."""
    channel = CHANNELS.get(_text(told, "channel"))
    if channel is None:
        return None
    kind = AddressKind.PSID if channel is Channel.MESSENGER else AddressKind.PHONE
    return channel, recipient_of(_text(told, "identity", need=True), "identity", kind)


def _person(value: str, path: str) -> Address:
    return Address(AddressKind.PHONE, international(value), path)


def _object(told: Told, name: str) -> Told:
    value = told.get(name)
    if value is not None and not isinstance(value, dict):
        raise AmbiguousRequest(_NOT_READ)
    return value or {}


def _text(told: Told, name: str, *, need: bool = False) -> str:
    value = told.get(name) or ""
    if not isinstance(value, str) or (need and not value):
        raise AmbiguousRequest(_NOT_READ)
    return value


def _code(value: Any) -> str:
    """A provider's code, empty for what is none."""
    written = str(value) if isinstance(value, str | int) else ""
    return written if _CODE.fullmatch(written) else ""


def _instant(value: Any) -> datetime | None:
    """A time that the provider tells; without one, or if it cannot be read, the receipt counts."""
    try:
        read = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return read.astimezone(UTC) if read is not None and read.tzinfo else None
