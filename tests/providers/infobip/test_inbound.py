"""What does the gate learn from Infobip's webhooks?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.domain.message import AddressKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.infobip.inbound import MOST, events, inbound
from gatekeeper.providers.webhook import Meaning

RECEIVED: dict[str, Any] = {
    "messageId": "817790313235066447",
    "from": "12122000211",
    "to": "13122000201",
    "text": "STOP now",
    "cleanText": "now",
    "keyword": "STOP",
}
WORDLESS = {name: value for name, value in RECEIVED.items() if name != "text"}
REPORT: dict[str, Any] = {
    "messageId": "a-1",
    "to": "12122000211",
    "sender": "13122000201",
    "status": {"groupId": 5, "groupName": "REJECTED", "id": 10, "name": "REJECTED_DND"},
    "error": {"groupId": 0, "groupName": "OK", "id": 0, "name": "NO_ERROR"},
}


def hook(*said: Any) -> RawRequest:
    body = json.dumps({"results": list(said)}).encode()
    return RawRequest("POST", "/v1/inbound/infobip/app", (), body)


def test_what_a_person_wrote_is_heard_whole() -> None:
    (event,) = events(hook(RECEIVED))
    assert (event.meaning, event.text, event.channel) == (Meaning.MESSAGE, "STOP now", Channel.SMS)
    assert event.person.value == "+12122000211"
    assert [each.value for each in event.senders] == ["+13122000201"]


def test_a_message_of_another_channel_is_heard() -> None:
    (event,) = events(hook({**WORDLESS, "channel": "MESSENGER", "content": [{"text": "STOP"}]}))
    assert (event.channel, event.text) == (Channel.MESSENGER, "STOP")
    assert event.person.kind is AddressKind.PSID
    whatsapp = {**WORDLESS, "integrationType": "WHATSAPP", "message": {"text": "STOP"}}
    (event,) = events(hook(whatsapp))
    assert (event.channel, event.text) == (Channel.WHATSAPP, "STOP")


@pytest.mark.parametrize(
    ("status", "error", "meaning", "code"),
    [
        ("REJECTED_DND", "NO_ERROR", Meaning.OPTED_OUT, "REJECTED_DND"),
        ("REJECTED_DESTINATION", "EC_DEST_ADDRESS_BLACKLISTED", Meaning.OPTED_OUT, "EC_DEST"),
        ("DELIVERED_TO_HANDSET", None, Meaning.OTHER, "DELIVERED"),
        ("<script>", None, Meaning.OTHER, ""),
    ],
)
def test_a_report_tells_of_the_persons_will_by_its_names(
    status: str, error: str | None, meaning: Meaning, code: str
) -> None:
    said = {**REPORT, "status": {"name": status}, "error": {"name": error} if error else None}
    (event,) = events(hook(said))
    assert event.meaning is meaning
    assert event.code.startswith(code)
    assert event.person.value == "+12122000211"


def test_results_that_say_nothing_of_anybody_are_left_out() -> None:
    silent = {name: value for name, value in REPORT.items() if name != "sender"}
    assert events(hook({"seenAt": "x", "messageId": "a"}, silent)) == ()


@pytest.mark.parametrize(
    "said",
    [
        {**RECEIVED, "messageId": None},
        {**RECEIVED, "from": ""},
        {**RECEIVED, "to": 7},
        {**RECEIVED, "channel": "FAX"},
    ],
)
def test_what_cannot_be_read_is_not_heard(said: Any) -> None:
    with pytest.raises(AmbiguousRequest):
        events(hook(said))


def test_a_webhook_is_a_bounded_list_that_was_posted() -> None:
    assert inbound(hook(RECEIVED)).account == ""
    for raw in (
        RawRequest("GET", "/", (), b'{"results":[]}'),
        RawRequest("POST", "/", (), b"[]"),
        RawRequest("POST", "/", (), b'{"results":["x"]}'),
        hook(*[{}] * (MOST + 1)),
    ):
        with pytest.raises(AmbiguousRequest):
            inbound(raw)
