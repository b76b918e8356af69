"""What is read of a change of a live call, and of a message into it?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.message import Opaque, OutboundRequest
from gatekeeper.domain.words import Channel, Role, Technology
from gatekeeper.errors import AmbiguousRequest
from tests.support.twilio_requests import BASE, sent

CA = "CA" + "1b" * 16


def change(**fields: object) -> OutboundRequest:
    return sent(f"{BASE}/Calls/{CA}.json", **fields)


def told(**fields: object) -> OutboundRequest:
    return sent(f"{BASE}/Calls/{CA}/UserDefinedMessages.json", **fields)


def test_the_new_words_are_read_and_their_people_are_not_known_yet() -> None:
    read = change(Twiml="<Response><Say>Hello</Say><Record/></Response>")
    assert [(part.path, part.text) for part in read.parts] == [("Twiml/Response/Say[1]", "Hello")]
    assert (read.channel, read.technology) == (Channel.VOICE, Technology.ARTIFICIAL)
    assert read.record
    assert read.recipients == ()


def test_a_script_elsewhere_is_opaque() -> None:
    read = change(Url="https://a.example/x", Method="GET", FallbackUrl="https://a.example/y")
    assert read.opaque == (
        Opaque("twiml_url", "https://a.example/x", "Url"),
        Opaque("twiml_url", "https://a.example/y", "FallbackUrl"),
    )


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"Url": "https://a.example", "Twiml": "<Response/>"},
        {"Status": "completed", "Url": "https://a.example"},
        {"Status": "ringing"},
        {"status": "completed"},
        {"FallbackUrl": "https://a.example"},
        {"To": "+12122000211", "Twiml": "<Response/>"},
        {"Twiml": "<Response>"},
    ],
)
def test_a_change_with_more_or_less_than_one_meaning_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(AmbiguousRequest):
        change(**fields)


def test_a_message_into_a_call_is_read_text_by_text() -> None:
    read = told(Content='{"text":"Hello","n":{"x":[1]}}', IdempotencyKey="k-1")
    assert [(part.path, part.role, part.text) for part in read.parts] == [
        ("Content/text", Role.BODY, "Hello"),
        ("Content/n/x/0", Role.BODY, "1"),
        ("IdempotencyKey", Role.REFERENCE, "k-1"),
    ]
    assert read.natural_key == "k-1"


@pytest.mark.parametrize("content", [None, "", "words", "[]", "{}", '{"a":1,"a":2}'])
def test_a_message_into_a_call_without_one_meaning_is_refused(content: str | None) -> None:
    with pytest.raises(AmbiguousRequest, match="Content"):
        told(Content=content)
