"""Do the functions of the contract lead to IntelePeer's own?"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from gatekeeper.domain.match import Span
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.providers.contract import Credential, RawRequest, Refusal
from gatekeeper.providers.intelepeer import INTELEPEER

BODY = {"from": "+13122000201", "to": "+12122000211", "text": "Card 4111", "guid": "1"}
RAW = RawRequest(
    "POST",
    "/sms/v4/send",
    (("Content-Type", "application/json"), ("Authorization", "Bearer gk_1")),
    json.dumps(BODY).encode(),
)
NOW = datetime(2026, 11, 25, tzinfo=UTC)


def test_a_send_is_matched_read_and_put_under_a_token() -> None:
    operation = INTELEPEER.match(RAW)
    assert operation is not None
    assert INTELEPEER.credential(RAW) == Credential("", "gk_1")
    assert INTELEPEER.parse(RAW, operation).natural_key == "1"
    sent = INTELEPEER.swap(RAW, Credential("acme", "real"))
    assert (sent.header("authorization"), sent.body) == ("Bearer real", RAW.body)
    assert INTELEPEER.drop(RAW, operation, (0,)) is None


def test_a_text_is_masked_in_its_place() -> None:
    masked = INTELEPEER.redact(RAW, (Span("text", 5, 9),))
    assert masked is not None
    assert masked.body == RAW.body.replace(b"4111", b"****")


def test_a_refusal_and_a_webhook_are_its_own() -> None:
    assert INTELEPEER.refuse(Refusal(Reason.SUSPENDED, Verdict.BLOCK, "x")).status == 403
    hook = {"refid": "A" * 32, "from": "+12122000211", "to": "+13122000201", "message": "hi",
            "signature": "code"}  # fmt: skip
    raw = RawRequest("POST", "/", RAW.headers, json.dumps(hook).encode())
    assert INTELEPEER.inbound(raw).account == ""
    assert INTELEPEER.verify(raw, "https://gate.example/", "code", NOW)
    assert len(INTELEPEER.events(raw)) == 1
    assert INTELEPEER.reply().status == 200
