"""Is a text of a batch masked where it stands?"""

from __future__ import annotations

import json

from gatekeeper.domain.match import Span
from gatekeeper.providers import BIRD
from gatekeeper.providers.contract import RawRequest

JSON = (("Content-Type", "application/json"),)


def test_the_second_text_is_masked_and_all_else_stays() -> None:
    one = {"to": "+12122000211", "from": "+13122000201", "text": "x"}
    body = json.dumps({"messages": [one, {**one, "text": "pay 4111"}]})
    raw = RawRequest("POST", "/v1/sms/batches", JSON, body.encode())
    masked = BIRD.redact(raw, [Span("messages/1/text", 4, 8)])
    assert masked is not None
    assert masked.body.decode() == body.replace("4111", "****")
    operation = BIRD.match(raw)
    assert operation is not None
    assert BIRD.drop(raw, operation, [1]) is None


def test_a_time_to_send_at_is_kept() -> None:
    told = {"to": "+12122000211", "from": "a", "text": "x", "scheduled_at": "2026-12-01T12:00:00Z"}
    raw = RawRequest("POST", "/v1/sms/messages", JSON, json.dumps(told).encode())
    operation = BIRD.match(raw)
    assert operation is not None
    at = BIRD.parse(raw, operation).send_at
    assert at is not None
    assert (at.month, at.hour) == (12, 12)
