"""Does the sandbox carrier speak as IntelePeer does?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest, Simulated
from gatekeeper.providers.intelepeer import INTELEPEER
from gatekeeper.providers.intelepeer.carrier import IntelePeerCarrier

SID = "0123456789abcdef" * 2
HEADERS = (("Content-Type", "application/json"),)
CARRIER = IntelePeerCarrier()


def accepted(target: str, body: dict[str, str]) -> tuple[int, object]:
    raw = RawRequest("POST", target, HEADERS, json.dumps(body).encode())
    operation = INTELEPEER.match(raw)
    assert operation is not None
    reply = CARRIER.accepted(raw, operation, INTELEPEER.parse(raw, operation), SID)
    return reply.status, json.loads(reply.body)


def test_a_message_is_queued_under_an_id() -> None:
    status, body = accepted("/sms/v4/send", {"from": "+1312", "to": "+1212", "text": "hi"})
    assert (status, body) == (202, {"state": "CREATED", "refid": "SM" + SID[:30].upper()})


def test_a_flow_has_begun() -> None:
    start = {"flowId": "f", "ANI": "+1212", "DNIS": "+1312"}
    assert accepted("/v2/api/apitriggers", start) == (202, True)


def test_what_sends_nothing_finds_nothing() -> None:
    raw = RawRequest("GET", "/_rest/v4/app/sms/mdr", HEADERS, b"")
    operation = INTELEPEER.match(raw)
    assert operation is not None
    assert json.loads(CARRIER.passed(raw, operation).body) == []


def test_a_person_writes() -> None:
    wrote = Simulated(SID, Channel.SMS, "+12122000211", "+13122000201", "STOP")
    signed = INTELEPEER.resign(CARRIER.wrote(wrote), "https://gate.example/in", "code")
    (event,) = INTELEPEER.events(signed)
    assert (event.person.value, event.text) == ("+12122000211", "STOP")
    with pytest.raises(AmbiguousRequest):
        CARRIER.delivered(wrote)
