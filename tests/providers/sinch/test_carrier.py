"""Does the sandbox carrier speak as Sinch does?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import RawRequest, Simulated
from gatekeeper.providers.sinch import SINCH
from gatekeeper.providers.sinch.carrier import SinchCarrier

SID = "0123456789abcdef" * 2
CARRIER = SinchCarrier()
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)


def answer(method: str, target: str, body: object) -> tuple[int, Any]:
    headers = (("Content-Type", "application/json"),)
    raw = RawRequest(method, target, headers, json.dumps(body).encode())
    operation = SINCH.match(raw)
    assert operation is not None
    if operation.name in ("passed", "read"):
        reply = CARRIER.passed(raw, operation)
    else:
        reply = CARRIER.accepted(raw, operation, SINCH.parse(raw, operation), SID)
    return reply.status, json.loads(reply.body)


def test_a_batch_is_told_back_with_an_id() -> None:
    batch = {"to": ["+12122000211"], "from": "+13122000201", "body": "hi"}
    status, body = answer("POST", "/xms/v1/plan/batches", batch)
    assert status == 201
    assert body == batch | {
        "type": "mt_text", "id": SID[:26].upper(), "canceled": False, "delivery_report": "none",
        "created_at": body["created_at"], "modified_at": body["modified_at"],
    }  # fmt: skip
    assert answer("PUT", "/xms/v1/plan/batches/01FC", batch)[0] == 200


def test_a_message_has_an_id() -> None:
    who = {"identified_by": {"channel_identities": [{"channel": "SMS", "identity": "+1212"}]}}
    message = {"app_id": "A", "recipient": who, "message": {"text_message": {"text": "hi"}}}
    status, body = answer("POST", "/v1/projects/p/messages:send", message)
    assert (status, body["message_id"]) == (200, SID[:26].upper())


def test_a_trial_run_counts() -> None:
    batch = {"to": ["+12122000211", "+12122000212"], "body": "hi"}
    status, body = answer("POST", "/xms/v1/plan/batches/dry_run", batch)
    assert (status, body["number_of_recipients"]) == (200, 2)
    assert answer("DELETE", "/xms/v1/plan/batches/01FC", {})[0] == 200


def told(simulated: Simulated, *, state: bool = False) -> RawRequest:
    made = CARRIER.delivered(simulated) if state else CARRIER.wrote(simulated)
    signed = SINCH.resign(made, "https://gate.example/in", "secret")
    assert SINCH.verify(signed, "https://gate.example/in", "secret", AT)
    return signed


def test_a_person_writes_and_a_state_is_told_both_signed() -> None:
    for channel, sender in ((Channel.SMS, "+13122000201"), (Channel.WHATSAPP, "APP")):
        wrote = Simulated(SID, channel, "+12122000211", sender, "STOP", AT)
        (event,) = SINCH.events(told(wrote))
        assert (event.channel, event.person.value, event.text) == (channel, "+12122000211", "STOP")
        assert event.senders[0].value == sender
    state = Simulated(SID, Channel.SMS, "+12122000211", "+13122000201", at=AT, code="402")
    (event,) = SINCH.events(told(state, state=True))
    assert (event.code, event.person.value) == ("402", "+12122000211")
