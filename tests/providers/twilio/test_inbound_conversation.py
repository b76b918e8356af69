"""What is read of a webhook of Conversations?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers import TWILIO
from gatekeeper.providers.webhook import Meaning
from tests.providers.twilio.test_inbound import ACCOUNT, SERVICE, form, stream

IM, CH = "IM" + "3d" * 16, "CH" + "3d" * 16
ADDED = {
    "EventType": "onMessageAdded", "AccountSid": ACCOUNT, "ConversationSid": CH, "MessageSid": IM,
    "MessagingServiceSid": SERVICE, "Author": "+12122000111", "Body": "Stop", "Index": "3",
}  # fmt: skip
EVENT = {
    "type": "com.twilio.conversations.message.added",
    "data": {
        "AccountSid": ACCOUNT, "Author": "+12122000111", "MessageSid": IM, "MessageBody": "Stop",
        "MessagingServiceSid": SERVICE, "DateCreated": "2026-11-20T12:00:00Z", "Index": 10,
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("author", "channel", "person"),
    [
        ("+12122000111", Channel.SMS, "+12122000111"),
        ("whatsapp:+12122000111", Channel.WHATSAPP, "+12122000111"),
        ("messenger:5551234567890123", Channel.MESSENGER, "5551234567890123"),
    ],
)
def test_what_a_person_wrote_is_their_message(author: str, channel: Channel, person: str) -> None:
    raw = form(ADDED | {"Author": author})
    (event,) = TWILIO.events(raw)
    assert (event.id, event.meaning, event.text) == (IM, Meaning.MESSAGE, "Stop")
    assert (event.channel, event.person.value) == (channel, person)
    assert [each.value for each in event.senders] == [SERVICE]


def test_its_answer_is_sent_to_nobody() -> None:
    asked = TWILIO.inbound(form(ADDED))
    assert (asked.account, asked.answered) == (ACCOUNT, False)


@pytest.mark.parametrize(
    "fields",
    [
        {"Author": "system"},
        {"Author": "ana"},
        {"Author": ""},
        {"EventType": "onMessageAdd"},
        {"EventType": "onParticipantAdded"},
        {"EventType": "onDeliveryUpdated"},
        {"MessagingServiceSid": ""},
    ],
)
def test_any_other_event_tells_nothing(fields: dict[str, str]) -> None:
    raw = form(ADDED | fields)
    assert TWILIO.events(raw) == ()
    assert not TWILIO.inbound(raw).answered


def test_a_field_given_twice_is_refused() -> None:
    for name in ("EventType", "Author", "Body", "AccountSid"):
        with pytest.raises(AmbiguousRequest, match="twice"):
            TWILIO.events(form([*ADDED.items(), (name, "x")]))


def test_a_message_without_an_id_is_refused() -> None:
    with pytest.raises(AmbiguousRequest, match="names no message"):
        TWILIO.events(form(ADDED | {"MessageSid": "IM1"}))


def test_a_stream_tells_the_same() -> None:
    raw = stream(EVENT, EVENT | {"data": EVENT["data"] | {"Author": "system"}})  # type: ignore[operator]
    assert TWILIO.inbound(raw).account == ACCOUNT
    (event,) = TWILIO.events(raw)
    assert (event.id, event.text, event.person.value) == (IM, "Stop", "+12122000111")
    assert event.at is not None
    wrong: list[object] = [None, [], {"Author": 1.5}]
    for data in wrong:
        with pytest.raises(AmbiguousRequest):
            TWILIO.events(stream(EVENT | {"data": data}))
