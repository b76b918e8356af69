"""Does the sandbox answer as Bandwidth's SDK wants it?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.providers import BANDWIDTH
from gatekeeper.providers.bandwidth.inbound import events
from gatekeeper.providers.contract import Operation, RawRequest, Reply, Simulated
from gatekeeper.providers.webhook import Meaning

JSON = (("Content-Type", "application/json"),)
ENDS = {"from": "+13122000201"}
ONE = {"to": "+12122000211", **ENDS}


def accepted(target: str, body: Any) -> Reply:
    raw = RawRequest("POST", target, JSON, json.dumps(body).encode())
    operation = BANDWIDTH.match(raw)
    assert operation is not None
    assert BANDWIDTH.carrier is not None
    return BANDWIDTH.carrier.accepted(raw, operation, BANDWIDTH.parse(raw, operation), "a" * 32)


@pytest.mark.parametrize(
    ("target", "body", "status", "has"),
    [
        ("v2/users/7/messages", {**ONE, "text": "x"}, 202, {"id", "segmentCount", "direction"}),
        (
            "v2/users/7/messages/multiChannel",
            {
                "to": ONE["to"],
                "channelList": [{"channel": "SMS", "content": {"text": "x"}, **ENDS}],
            },
            202,
            {"data"},
        ),
        ("v2/accounts/7/calls", {**ONE, "answerUrl": "https://a.example"}, 201, {"callId"}),
        ("v1/accounts/7/code/messaging", {**ONE, "message": "x"}, 200, {"messageId"}),
        ("v1/accounts/7/code/voice", {**ONE, "message": "x"}, 200, {"callId"}),
    ],
)
def test_each_api_has_its_own_success(target: str, body: Any, status: int, has: set[str]) -> None:
    reply = accepted(f"/api/{target}", body)
    assert reply.status == status
    assert has <= json.loads(reply.body).keys()


def test_what_sends_nothing_is_answered_with_nothing() -> None:
    assert BANDWIDTH.carrier is not None
    for target, name, body in (
        ("/api/v2/users/7/messages", "read", {"totalCount": 0, "pageInfo": {}, "messages": []}),
        ("/api/v2/accounts/7/calls", "read", []),
        ("/api/v1/accounts/7/code/verify", "verify", {"valid": True}),
    ):
        operation = BANDWIDTH.match(RawRequest("GET", target, (), b""))
        assert operation is not None
        named = Operation(name, operation.handling)
        reply = BANDWIDTH.carrier.passed(RawRequest("GET", target, (), b""), named)
        assert (reply.status, json.loads(reply.body)) == (200, body)


def test_its_webhooks_are_read_as_bandwidths_own() -> None:
    assert BANDWIDTH.carrier is not None
    at = datetime(2026, 1, 2, tzinfo=UTC)
    said = Simulated("a" * 32, Channel.SMS, ONE["to"], ONE["from"], "STOP", at)
    (event,) = events(BANDWIDTH.carrier.wrote(said))
    assert (event.text, event.person.value, event.senders[0].value) == ("STOP", *ONE.values())
    failed = Simulated("a" * 32, Channel.SMS, ONE["to"], ONE["from"], code="4775")
    (state,) = events(BANDWIDTH.carrier.delivered(failed))
    assert (state.meaning, state.person.value) == (Meaning.OPTED_OUT, ONE["to"])
    (fine,) = events(
        BANDWIDTH.carrier.delivered(Simulated("a" * 32, Channel.MMS, ONE["to"], ONE["from"]))
    )
    assert fine.meaning is Meaning.OTHER
