"""What is read of Twilio's webhooks, in both forms that they have?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from gatekeeper.domain.message import AddressKind
from gatekeeper.domain.reply import ReplyKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers import TWILIO
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.webhook import Meaning

ACCOUNT = "AC" + "1f" * 16
SERVICE = "MG" + "2e" * 16
SID = "SM" + "3d" * 16
MESSAGE = {
    "AccountSid": ACCOUNT, "MessageSid": SID, "From": "+12122000111", "To": "+13122000200",
    "Body": "Stop", "SmsStatus": "received",
}  # fmt: skip
STATUS = {
    "AccountSid": ACCOUNT, "MessageSid": SID, "To": "+12122000111", "From": "+13122000200",
    "MessageStatus": "undelivered", "ErrorCode": "21610",
}  # fmt: skip


def form(fields: Any, method: str = "POST") -> RawRequest:
    body = urlencode(fields).encode()
    headers = (("Content-Type", "application/x-www-form-urlencoded"),)
    return RawRequest(method, "/", headers, body)


def stream(*events: Any) -> RawRequest:
    headers = (("Content-Type", "application/json"),)
    return RawRequest("POST", "/", headers, json.dumps(list(events)).encode())


def received(**data: Any) -> dict[str, Any]:
    said = {
        "messageSid": SID, "accountSid": ACCOUNT, "from": "+12122000111", "to": "+13122000200",
        "body": "Stop", "timestamp": "2026-11-20T12:00:00.5Z",
    }  # fmt: skip
    return {"type": "com.twilio.messaging.inbound-message.received", "data": said | data}


def test_a_message_that_came_in() -> None:
    raw = form(MESSAGE | {"MessagingServiceSid": SERVICE, "OptOutType": "STOP"})
    assert TWILIO.inbound(raw).account == ACCOUNT
    (event,) = TWILIO.events(raw)
    assert (event.id, event.meaning, event.channel) == (SID, Meaning.MESSAGE, Channel.SMS)
    assert (event.person.value, event.text) == ("+12122000111", "Stop")
    assert [each.value for each in event.senders] == ["+13122000200", SERVICE]
    assert (event.said, event.at) == (ReplyKind.STOP, None)


def test_the_channel_is_told_by_the_prefix() -> None:
    told = {"From": "whatsapp:+12122000111", "To": "whatsapp:+13122000200"}
    (event,) = TWILIO.events(form(MESSAGE | told))
    assert (event.channel, event.person.value) == (Channel.WHATSAPP, "+12122000111")
    told = {"From": "messenger:123", "To": "messenger:456"}
    (event,) = TWILIO.events(form(MESSAGE | told))
    assert event.person.kind is AddressKind.PSID


@pytest.mark.parametrize(
    ("code", "meaning"),
    [("21610", Meaning.OPTED_OUT), ("63014", Meaning.OPTED_OUT), ("30003", Meaning.OTHER),
     ("30005", Meaning.OTHER), ("30006", Meaning.OTHER), ("", Meaning.OTHER),
     ("x" * 200, Meaning.OTHER)],
)  # fmt: skip
def test_a_delivery_that_failed(code: str, meaning: Meaning) -> None:
    (event,) = TWILIO.events(form(STATUS | {"ErrorCode": code}))
    assert (event.meaning, event.person.value) == (meaning, "+12122000111")
    assert event.senders[0].value == "+13122000200"


def test_a_stream_of_events_tells_its_own_time() -> None:
    told = {"errorCode": 21610, "messageStatus": "UNDELIVERED", "from": "+13122000200"}
    data = received()["data"] | told | {"to": "+12122000112"}
    failed = {"type": "com.twilio.messaging.message.undelivered", "data": data}
    raw = stream(received(), {"type": "com.twilio.voice.status", "data": 1}, failed)
    assert TWILIO.inbound(raw).account == ACCOUNT
    came, went = TWILIO.events(raw)
    assert came.at == datetime(2026, 11, 20, 12, 0, 0, 500_000, tzinfo=UTC)
    assert (went.meaning, went.person.value) == (Meaning.OPTED_OUT, "+12122000112")
    assert TWILIO.inbound(stream()).account == ""


@pytest.mark.parametrize(
    "raw",
    [
        form(MESSAGE | {"AccountSid": "AC1"}),
        form(MESSAGE | {"AccountSid": ""}),
        form([*MESSAGE.items(), ("AccountSid", ACCOUNT)]),
        form(MESSAGE, method="GET"),
        stream(received(), received(accountSid="AC" + "9" * 32)),
        stream(received(accountSid=["x"])),
        stream(1),
        stream(*[received()] * 1001),
        RawRequest("POST", "/", (("Content-Type", "application/json"),), b"{" * 100_000),
        RawRequest("POST", "/", (("Content-Type", "text/plain"),), b"AccountSid=AC"),
    ],
    ids=range(10),
)
def test_whose_it_is_must_be_plain(raw: RawRequest) -> None:
    with pytest.raises(AmbiguousRequest):
        TWILIO.inbound(raw)


@pytest.mark.parametrize(
    "changed",
    [{"MessageSid": ""}, {"MessageSid": "CA" + "1" * 32}, {"From": ""}, {"To": ""},
     {"From": "viber:1"}],
)  # fmt: skip
def test_a_message_without_a_plain_meaning_is_no_event(changed: dict[str, str]) -> None:
    with pytest.raises(AmbiguousRequest):
        TWILIO.events(form(MESSAGE | changed))


@pytest.mark.parametrize("when", ["yesterday", "2026-11-20T12:00:00", ""])
def test_a_time_that_tells_no_instant_is_not_taken(when: str) -> None:
    (event,) = TWILIO.events(stream(received(timestamp=when)))
    assert event.at is None
