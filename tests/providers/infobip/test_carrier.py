"""Does the sandbox answer as Infobip's SDK wants it?"""

from __future__ import annotations

import json
from typing import Any

from gatekeeper.domain.words import Channel
from gatekeeper.providers import INFOBIP
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Simulated
from gatekeeper.providers.infobip.inbound import events
from gatekeeper.providers.webhook import Meaning

JSON = (("Content-Type", "application/json"),)
ENDS = {"from": "13122000201", "to": "12122000211"}


def accepted(target: str, body: Any) -> dict[str, Any]:
    raw = RawRequest("POST", target, JSON, json.dumps(body).encode())
    operation = INFOBIP.match(raw)
    assert operation is not None
    assert INFOBIP.carrier is not None
    reply = INFOBIP.carrier.accepted(raw, operation, INFOBIP.parse(raw, operation), "a" * 32)
    assert reply.status == 200
    found: dict[str, Any] = json.loads(reply.body)
    return found


def test_each_destination_is_answered_once() -> None:
    to = [{"to": "12122000211"}, {"to": "12122000212"}]
    text = {"body": {"type": "TEXT", "text": "x"}}
    failover = [{"channel": "SMS", "sender": "a", "content": text}]
    message = {"channel": "RCS", "sender": "a", "destinations": to, "content": text}
    body = {"messages": [{**message, "failover": failover}]}
    answered = accepted("/messages-api/1/messages", body)["messages"]
    assert [each["destination"] for each in answered] == ["12122000211", "12122000212"]
    assert {each["status"]["groupName"] for each in answered} == {"PENDING"}


def test_each_api_has_its_own_success() -> None:
    assert accepted("/tts/3/single", {**ENDS, "text": "x"})["messages"][0]["to"] == ENDS["to"]
    assert accepted("/2fa/2/pin", {**ENDS, "messageId": "m"})["smsStatus"] == "MESSAGE_SENT"
    whatsapp = accepted("/whatsapp/1/message/text", {**ENDS, "content": {"text": "x"}})
    assert (whatsapp["to"], whatsapp["messageCount"]) == (ENDS["to"], 1)


def test_what_sends_nothing_is_answered_with_nothing() -> None:
    assert INFOBIP.carrier is not None
    raw = RawRequest("GET", "/", (), b"")
    for name, body in (
        ("read", {"results": []}),
        ("change", {}),
        ("verify", {"verified": True, "attemptsRemaining": 0}),
    ):
        reply = INFOBIP.carrier.passed(raw, Operation(name, Handling.PASS))
        assert json.loads(reply.body) == body


def test_its_webhooks_are_read_as_infobips_own() -> None:
    assert INFOBIP.carrier is not None
    said = Simulated("m-1", Channel.SMS, "+12122000211", "+13122000201", "STOP")
    (event,) = events(INFOBIP.carrier.wrote(said))
    assert (event.text, event.person.value) == ("STOP", "+12122000211")
    (fine,) = events(INFOBIP.carrier.delivered(said))
    assert fine.meaning is Meaning.OTHER
    stopped = Simulated("m-1", Channel.SMS, said.person, said.sender, code="REJECTED_DND")
    (state,) = events(INFOBIP.carrier.delivered(stopped))
    assert state.meaning is Meaning.OPTED_OUT
