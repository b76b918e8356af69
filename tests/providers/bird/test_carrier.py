"""Does the sandbox answer as Bird's strict SDK wants it?"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from gatekeeper.domain.words import Channel
from gatekeeper.providers import BIRD
from gatekeeper.providers.bird.inbound import events
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Simulated
from gatekeeper.providers.webhook import Meaning

JSON = (("Content-Type", "application/json"),)
SMS = {"to": "+12122000211", "from": "+13122000201", "text": "x"}
NEEDED = {
    "id", "direction", "status", "to", "from", "requested_language", "resolved_language",
    "template_id", "template_version_id", "template_content_hash", "segments", "created_at",
}  # fmt: skip


def accepted(target: str, body: Any) -> dict[str, Any]:
    raw = RawRequest("POST", target, JSON, json.dumps(body).encode())
    operation = BIRD.match(raw)
    assert operation is not None
    assert BIRD.carrier is not None
    reply = BIRD.carrier.accepted(raw, operation, BIRD.parse(raw, operation), "0f" * 16)
    assert reply.status == 202
    found: dict[str, Any] = json.loads(reply.body)
    return found


def test_an_sms_has_the_twelve_fields_and_an_id_of_its_kind() -> None:
    told = accepted("/v1/sms/messages", SMS)
    assert told.keys() >= NEEDED
    assert re.fullmatch("sms_[0-9a-hjkmnp-tv-z]{26}", told["id"])


def test_a_batch_is_answered_message_by_message() -> None:
    told = accepted("/v1/sms/batches", {"messages": [SMS, {**SMS, "to": "+12122000212"}]})
    assert [each["to"] for each in told["data"]] == ["+12122000211", "+12122000212"]
    assert len({each["id"] for each in told["data"]}) == 2
    assert told["summary"] == {"accepted_count": 2}


def test_a_whatsapp_message_has_addresses() -> None:
    told = accepted("/v1/whatsapp/messages", {**SMS, "text": {"body": "x"}})
    assert told["to"] == {"phone_number": "+12122000211"}
    assert re.fullmatch("wam_[0-9a-hjkmnp-tv-z]{26}", told["id"])


def test_a_read_is_answered_with_nothing() -> None:
    assert BIRD.carrier is not None
    raw = RawRequest("GET", "/v1/sms/messages", (), b"")
    reply = BIRD.carrier.passed(raw, Operation("read", Handling.PASS))
    assert json.loads(reply.body)["data"] == []


def test_its_webhooks_are_read_as_birds_own() -> None:
    assert BIRD.carrier is not None
    at = datetime(2026, 1, 2, tzinfo=UTC)
    said = Simulated("a" * 32, Channel.SMS, SMS["to"], SMS["from"], "STOP", at)
    (event,) = events(BIRD.carrier.wrote(said))
    assert (event.text, event.person.value, event.at) == ("STOP", SMS["to"], at)
    (fine,) = events(BIRD.carrier.delivered(said))
    assert fine.meaning is Meaning.OTHER
    code = "recipient_opted_out"
    stopped = Simulated("a" * 32, Channel.SMS, SMS["to"], SMS["from"], code=code)
    (state,) = events(BIRD.carrier.delivered(stopped))
    assert state.meaning is Meaning.OPTED_OUT
