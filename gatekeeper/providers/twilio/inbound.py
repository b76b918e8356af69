"""What does a Twilio webhook tell? A message that came in, or what became of one that went out.

Two forms are read: the form body of a number's, service's or conversation's webhook and of status
callbacks, and the JSON array of CloudEvents that an Event Streams sink posts (its events carry
their own time).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.reply import ReplyKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.form_body import Form, read_form
from gatekeeper.providers.twilio import address
from gatekeeper.providers.twilio.inbound_codes import meaning_of
from gatekeeper.providers.twilio.inbound_conversation import (
    STREAMED,
    by_a_person,
    is_conversation,
    written,
)
from gatekeeper.providers.twilio.inbound_signature import is_json
from gatekeeper.providers.twilio.paths import ACCOUNT
from gatekeeper.providers.webhook import InboundEvent, InboundOperation, Meaning

_ACCOUNT = re.compile(ACCOUNT)
_MESSAGE = re.compile(r"(?:SM|MM|IM)[0-9a-fA-F]{32}")
_CODE = re.compile(r"[0-9]{1,6}")
_CAME_IN = frozenset({"", "received", "receiving"})
"""Statuses of a message from a person; any other is of a message to one."""
_SAID = {"STOP": ReplyKind.STOP, "START": ReplyKind.START, "HELP": ReplyKind.HELP}

RECEIVED = "com.twilio.messaging.inbound-message.received"
STATUS = "com.twilio.messaging.message."
MAX_EVENTS = 1000
_NOT_READ = "The webhook is not one that the gate can read."


def inbound(raw: RawRequest) -> InboundOperation:
    """The account that a webhook names; raises AmbiguousRequest for none or several.

    A stream of events that say nothing of messages names none and needs none.
    """
    if raw.method != "POST":
        raise AmbiguousRequest("Have the provider call this address by POST.", status=405)
    accounts = {each.get("AccountSid", "") for each in _told(raw)}
    if not accounts:
        return InboundOperation("", answered=False)
    if len(accounts) != 1 or not _ACCOUNT.fullmatch(account := accounts.pop()):
        raise AmbiguousRequest("The webhook names no one account.")
    answered = not is_json(raw) and not is_conversation(read_form(raw))
    return InboundOperation(account, answered=answered)


def events(raw: RawRequest) -> tuple[InboundEvent, ...]:
    """Every event of the webhook, in its order; raises AmbiguousRequest for what is not plain."""
    return tuple(_event(fields) for fields in _told(raw))


def _event(fields: Mapping[str, str]) -> InboundEvent:
    message = fields.get("MessageSid") or fields.get("SmsSid") or ""
    if not _MESSAGE.fullmatch(message):
        raise AmbiguousRequest("The webhook names no message.")
    state = fields.get("MessageStatus") or fields.get("SmsStatus") or ""
    return _came_in(message, fields) if state in _CAME_IN else _went_out(message, fields)


def _came_in(message: str, fields: Mapping[str, str]) -> InboundEvent:
    channel, person = _party(fields, "From")
    return InboundEvent(
        id=message,
        meaning=Meaning.MESSAGE,
        channel=channel,
        person=address.message_recipient(channel, person),
        senders=_senders(fields, "To"),
        text=fields.get("Body", ""),
        said=_SAID.get(fields.get("OptOutType", "").upper()),
        at=_instant(fields.get("Timestamp")),
    )


def _went_out(message: str, fields: Mapping[str, str]) -> InboundEvent:
    channel, person = _party(fields, "To")
    code = fields.get("ErrorCode", "")
    code = code if _CODE.fullmatch(code) else ""
    return InboundEvent(
        id=message,
        meaning=meaning_of(code),
        channel=channel,
        person=address.message_recipient(channel, person),
        senders=_senders(fields, "From"),
        code=code,
        at=_instant(fields.get("Timestamp")),
    )


def _party(fields: Mapping[str, str], name: str) -> tuple[Channel, str]:
    value = fields.get(name, "")
    if not value:
        raise AmbiguousRequest(f"The webhook has no {name}.")
    return address.channel_of(value, name)


def _senders(fields: Mapping[str, str], name: str) -> tuple[Address, ...]:
    """Our number, and the messaging service that it belongs to."""
    found = []
    if fields.get(name):
        channel, value = _party(fields, name)
        found.append(address.message_sender(channel, value))
    if service := fields.get("MessagingServiceSid"):
        found.append(Address(AddressKind.SERVICE, service, "MessagingServiceSid"))
    if not found:
        raise AmbiguousRequest(f"The webhook has no {name}.")
    return tuple(found)


def _told(raw: RawRequest) -> list[Mapping[str, str]]:
    """The fields of each event, under the names that the form has."""
    if is_json(raw):
        return list(_stream(raw))
    form = read_form(raw)
    if is_conversation(form):
        return [said] if (said := written(form)) is not None else []
    return [_plain(form)]


def _plain(form: Form) -> Mapping[str, str]:
    """Each field's value; one that matters here and is given twice has no one meaning."""
    if any(len(form.get(name, ())) > 1 for name in _READ):
        raise AmbiguousRequest("The webhook gives a parameter twice.")
    return {name: form[name][0] for name in _READ if name in form}


_READ = (
    "AccountSid", "MessageSid", "SmsSid", "MessagingServiceSid", "From", "To", "Body",
    "MessageStatus", "SmsStatus", "ErrorCode", "OptOutType",
)  # fmt: skip
"""All that is read of a webhook."""


def _stream(raw: RawRequest) -> Iterator[Mapping[str, str]]:
    """What an Event Streams sink posts: an array of CloudEvents; other types are not ours."""
    try:
        said = json.loads(raw.body)
    except (ValueError, RecursionError):
        raise AmbiguousRequest(_NOT_READ) from None
    events = said if isinstance(said, list) else [said]
    if len(events) > MAX_EVENTS or not all(isinstance(event, dict) for event in events):
        raise AmbiguousRequest(_NOT_READ)
    for event in events:
        kind, data = event.get("type"), event.get("data")
        if isinstance(kind, str) and kind.startswith((RECEIVED, STATUS)):
            yield _streamed(data, came_in=kind == RECEIVED)
        elif kind == STREAMED and (said := by_a_person(_talked(data))) is not None:
            yield said


def _talked(data: Any) -> Mapping[str, str]:
    if not isinstance(data, dict):
        raise AmbiguousRequest(_NOT_READ)
    return {name: _word(data.get(key)) for key, name in _TALKED.items() if key in data}


def _streamed(data: Any, *, came_in: bool) -> Mapping[str, str]:
    if not isinstance(data, dict):
        raise AmbiguousRequest(_NOT_READ)
    fields = {name: _word(data.get(key)) for key, name in _STREAMED.items() if key in data}
    state = "received" if came_in else fields.get("MessageStatus") or "unknown"
    return {**fields, "MessageStatus": state}


_STREAMED = {
    "accountSid": "AccountSid", "messageSid": "MessageSid", "from": "From", "to": "To",
    "body": "Body", "messagingServiceSid": "MessagingServiceSid", "errorCode": "ErrorCode",
    "messageStatus": "MessageStatus", "timestamp": "Timestamp", "optOutType": "OptOutType",
}  # fmt: skip


_TALKED = {
    "AccountSid": "AccountSid", "MessageSid": "MessageSid", "Author": "Author",
    "MessageBody": "Body", "MessagingServiceSid": "MessagingServiceSid",
    "DateCreated": "Timestamp",
}  # fmt: skip


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise AmbiguousRequest(_NOT_READ)
    return str(value)


def _instant(text: str | None) -> datetime | None:
    """A time that the provider tells; without one, or if it cannot be read, the receipt counts."""
    try:
        read = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return read.astimezone(UTC) if read is not None and read.tzinfo else None
