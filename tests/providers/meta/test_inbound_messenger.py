"""Is everything that Messenger tells of a person read?"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.providers.meta.inbound_messenger import of_page
from gatekeeper.providers.webhook import InboundEvent, Meaning

ENDS = {"sender": {"id": "555"}, "recipient": {"id": "104"}, "timestamp": 1700000000000}


def told(place: str = "messaging", **event: Any) -> tuple[InboundEvent, ...]:
    return tuple(of_page({"id": "104", place: [{**ENDS, **event}]}))


@pytest.mark.parametrize("place", ["messaging", "standby"])
def test_a_message_is_the_persons_word_to_the_page(place: str) -> None:
    (event,) = told(place, message={"mid": "m_1", "text": "stop"})
    assert (event.channel, event.meaning, event.text) == (
        Channel.MESSENGER, Meaning.MESSAGE, "stop",
    )  # fmt: skip
    assert (event.person.value, event.senders[0].value) == ("555", "104")
    assert event.at is not None


def test_a_tap_is_a_word_too() -> None:
    (event,) = told(postback={"title": "Stop", "payload": "p"})
    assert (event.text, "555" in event.id) == ("Stop", False)


@pytest.mark.parametrize(
    "event",
    [
        {"message": {"mid": "m_1", "text": "hi", "is_echo": True}},
        {"delivery": {"mids": ["m_1"]}},
        {"optin": {"ref": "x"}},
        {"message": {"mid": "m_1"}, "sender": {}},
    ],
)
def test_an_echo_a_delivery_and_a_nobody_tell_nothing(event: dict[str, Any]) -> None:
    assert told(**event) == ()


@pytest.mark.parametrize(
    ("status", "meaning"),
    [("STOP_NOTIFICATIONS", Meaning.OPTED_OUT), ("RESUME_NOTIFICATIONS", Meaning.RESUMED)],
)
def test_a_choice_about_notifications_is_of_marketing(status: str, meaning: Meaning) -> None:
    (event,) = told(optin={"notification_messages_status": status})
    assert (event.meaning, event.purpose) == (meaning, Purpose.MARKETING)
