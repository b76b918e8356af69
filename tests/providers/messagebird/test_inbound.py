"""What does the gate learn from MessageBird's webhooks?"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.messagebird.inbound import events, inbound
from gatekeeper.providers.webhook import Meaning

RECEIVED: dict[str, Any] = {
    "id": "e8077d80",
    "originator": "12122000211",
    "recipient": "13122000201",
    "body": "STOP",
}
REPORT: dict[str, Any] = {
    "id": "e8077d80",
    "originator": "13122000201",
    "recipient": "12122000211",
    "status": "delivery_failed",
    "statusErrorCode": "103",
}
MESSAGE: dict[str, Any] = {
    "id": "e8077d80",
    "channelId": "c-1",
    "platform": "whatsapp",
    "direction": "received",
    "from": "12122000211",
    "to": "13122000203",
    "content": {"text": "STOP"},
}


def by_query(said: dict[str, Any]) -> RawRequest:
    return RawRequest("GET", f"/v1/inbound/messagebird/app?{urlencode(said)}", (), b"")


def by_json(said: dict[str, Any]) -> RawRequest:
    headers = (("Content-Type", "application/json"),)
    return RawRequest("POST", "/v1/inbound/messagebird/app", headers, json.dumps(said).encode())


def by_form(said: dict[str, Any]) -> RawRequest:
    headers = (("Content-Type", "application/x-www-form-urlencoded"),)
    return RawRequest("POST", "/v1/inbound/messagebird/app", headers, urlencode(said).encode())


@pytest.mark.parametrize("way", [by_query, by_json, by_form])
def test_what_a_person_wrote_is_heard_however_it_comes(way: Any) -> None:
    (event,) = events(way(RECEIVED))
    assert (event.meaning, event.text, event.channel) == (Meaning.MESSAGE, "STOP", Channel.SMS)
    assert event.person.value == "+12122000211"
    assert [each.value for each in event.senders] == ["+13122000201"]
    assert inbound(way(RECEIVED)).account == ""


@pytest.mark.parametrize(
    ("code", "meaning"), [("103", Meaning.OPTED_OUT), ("5", Meaning.OTHER), ("x", Meaning.OTHER)]
)
def test_a_report_tells_of_the_persons_will_by_its_code(code: str, meaning: Meaning) -> None:
    (event,) = events(by_query({**REPORT, "statusErrorCode": code}))
    assert event.meaning is meaning
    assert event.person.value == "+12122000211"


def test_a_report_about_nobodys_message_is_left_out() -> None:
    silent = {name: value for name, value in REPORT.items() if name != "originator"}
    assert events(by_query(silent)) == ()
    assert events(by_query({"ping": "1"})) == ()


def test_a_conversations_message_is_heard_under_its_channel() -> None:
    (event,) = events(by_json({"type": "message.created", "message": MESSAGE}))
    assert (event.meaning, event.text, event.channel) == (
        Meaning.MESSAGE,
        "STOP",
        Channel.WHATSAPP,
    )
    assert [each.value for each in event.senders] == ["c-1", "+13122000203"]
    ours = {**MESSAGE, "direction": "sent", "from": "13122000203", "to": "12122000211"}
    (sent,) = events(by_json({"type": "message.updated", "message": ours}))
    assert (sent.meaning, sent.person.value) == (Meaning.OTHER, "+12122000211")
    assert events(by_json({"type": "conversation.created", "message": MESSAGE})) == ()
    assert events(by_json({"type": "message.created", "message": {"platform": "line"}})) == ()


@pytest.mark.parametrize(
    "said",
    [
        {**RECEIVED, "id": "<a>"},
        {**RECEIVED, "recipient": ""},
        {**RECEIVED, "body": ["STOP"]},
        {"type": "message.created", "message": {**MESSAGE, "from": None}},
    ],
)
def test_what_cannot_be_read_is_not_heard(said: Any) -> None:
    with pytest.raises(AmbiguousRequest):
        events(by_json(said))


def test_a_parameter_that_is_given_twice_has_no_one_meaning() -> None:
    raw = by_query(RECEIVED)
    with pytest.raises(AmbiguousRequest, match="twice"):
        inbound(RawRequest("GET", raw.target + "&body=hello", (), b""))
    with pytest.raises(AmbiguousRequest):
        inbound(RawRequest("PUT", raw.target, (), b""))
