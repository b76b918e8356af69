"""Does the sandbox answer as MessageBird's SDK wants it?"""

from __future__ import annotations

import json
from typing import Any

from gatekeeper.domain.words import Channel
from gatekeeper.providers import MESSAGEBIRD
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Simulated
from gatekeeper.providers.messagebird.inbound import events
from gatekeeper.providers.webhook import Meaning

JSON = (("Content-Type", "application/json"),)


def accepted(target: str, body: Any) -> dict[str, Any]:
    raw = RawRequest("POST", target, JSON, json.dumps(body).encode())
    operation = MESSAGEBIRD.match(raw)
    assert operation is not None
    carrier = MESSAGEBIRD.carrier
    assert carrier is not None
    reply = carrier.accepted(raw, operation, MESSAGEBIRD.parse(raw, operation), "a" * 32)
    assert reply.status == 201
    found: dict[str, Any] = json.loads(reply.body)
    return found


def test_each_recipient_is_answered() -> None:
    told = {"originator": "a", "body": "x", "recipients": "12122000211,12122000212"}
    people = accepted("/messages", told)["recipients"]
    assert people["totalSentCount"] == 2
    assert [each["recipient"] for each in people["items"]] == [12122000211, 12122000212]


def test_each_api_has_its_own_success() -> None:
    verify = accepted("/verify", {"recipient": "12122000211", "originator": "a"})
    assert (verify["recipient"], verify["status"]) == (12122000211, "sent")
    start = {"to": "12122000211", "channelId": "c", "content": {"text": "x"}}
    assert accepted("/v1/conversations/start", start)["status"] == "active"
    flow = {"title": "a", "steps": [{"action": "hangup"}]}
    call = {"source": "13122000201", "destination": "12122000211", "callFlow": flow}
    assert accepted("/calls", call)["data"][0]["status"] == "queued"


def test_what_sends_nothing_is_answered_with_nothing() -> None:
    carrier = MESSAGEBIRD.carrier
    assert carrier is not None
    raw = RawRequest("GET", "/messages", (), b"")
    assert carrier.passed(raw, Operation("delete", Handling.PASS)).status == 204
    assert json.loads(carrier.passed(raw, Operation("read", Handling.PASS)).body)["items"] == []


def test_its_webhooks_are_read_as_messagebirds_own() -> None:
    carrier = MESSAGEBIRD.carrier
    assert carrier is not None
    said = Simulated("a" * 32, Channel.SMS, "+12122000211", "+13122000201", "STOP")
    (event,) = events(carrier.wrote(said))
    assert (event.text, event.person.value) == ("STOP", "+12122000211")
    (fine,) = events(carrier.delivered(said))
    assert fine.meaning is Meaning.OTHER
    stopped = Simulated("a" * 32, Channel.SMS, said.person, said.sender, code="103")
    (state,) = events(carrier.delivered(stopped))
    assert state.meaning is Meaning.OPTED_OUT
