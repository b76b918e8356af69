"""Do the functions of the contract lead to Sinch's own?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from gatekeeper.domain.match import Span
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.providers.contract import Credential, Operation, RawRequest, Refusal
from gatekeeper.providers.sinch import SINCH

HEADERS = (("Content-Type", "application/json"), ("Authorization", "Bearer gk_1"))
BATCH = {"to": ["+12122000211", "+12122000212"], "from": "+13122000201", "body": "Card 4111"}
TALK = {
    "app_id": "APP",
    "recipient": {"identified_by": {"channel_identities": [{"channel": "SMS", "identity": "+1"}]}},
    "message": {"text_message": {"text": "Card 4111"}},
}


def asked(target: str, body: dict[str, Any]) -> tuple[RawRequest, Operation]:
    raw = RawRequest("POST", target, HEADERS, json.dumps(body).encode())
    operation = SINCH.match(raw)
    assert operation is not None
    return raw, operation


def test_a_batch_is_read_masked_thinned_out_and_put_under_a_token() -> None:
    raw, operation = asked("/xms/v1/plan/batches", BATCH)
    assert SINCH.credential(raw) == Credential("plan", "gk_1")
    assert len(SINCH.parse(raw, operation).recipients) == 2
    assert SINCH.swap(raw, Credential("plan", "real")).header("authorization") == "Bearer real"
    masked, thinned = SINCH.redact(raw, (Span("body", 5, 9),)), SINCH.drop(raw, operation, (1,))
    assert masked is not None
    assert thinned is not None
    assert json.loads(masked.body)["body"] == "Card ****"
    assert json.loads(thinned.body)["to"] == ["+12122000211"]


def test_a_message_is_read_and_masked_and_never_thinned_out() -> None:
    raw, operation = asked("/v1/projects/p/messages:send", TALK)
    assert SINCH.parse(raw, operation).sender.value == "APP"
    masked = SINCH.redact(raw, (Span("message/text_message/text", 5, 9),))
    assert masked is not None
    assert masked.body == raw.body.replace(b"4111", b"****")
    assert SINCH.drop(raw, operation, (0,)) is None


def test_a_refusal_and_a_webhook_are_its_own() -> None:
    refused = SINCH.refuse(Refusal(Reason.SUSPENDED, Verdict.BLOCK, "x"))
    assert json.loads(refused.body) == {"code": "forbidden", "text": "x"}
    raw, _ = asked("/", {"type": "delivery_report_sms"})
    now = datetime(2026, 11, 25, tzinfo=UTC)
    assert SINCH.inbound(raw).account == ""
    assert not SINCH.verify(raw, "https://gate.example/", "secret", now)
    assert SINCH.events(raw) == ()
    assert SINCH.reply().status == 200
