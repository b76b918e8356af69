"""Does the sandbox answer and call as Telnyx does?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.providers import TELNYX
from gatekeeper.providers.contract import Simulated
from gatekeeper.providers.telnyx.carrier import TelnyxCarrier
from gatekeeper.providers.telnyx.signature import resign, verify
from gatekeeper.providers.webhook import Meaning
from tests.support.telnyx_requests import NOW, captured, parsed, request

ANA, NEWS = "+12122000211", "+13122000201"
CARRIER = TelnyxCarrier()


def accepted(send: str) -> dict[str, object]:
    """What the sandbox answers to a request of the SDK."""
    raw = captured()[send]
    operation = TELNYX.match(raw)
    assert operation is not None
    reply = CARRIER.accepted(raw, operation, parsed(raw), "ab" * 16)
    assert reply.status == 200
    told: dict[str, object] = json.loads(reply.body)["data"]
    return told


@pytest.mark.parametrize("send", ["sms", "group_mms", "rcs", "whatsapp"])
def test_a_message_is_queued_to_each_recipient(send: str) -> None:
    told = accepted(send)
    assert told["record_type"] == "message"
    assert told["id"] == "abababab-abab-abab-abab-abababababab"
    assert isinstance(told["to"], list)
    assert told["to"][0]["status"] == "queued"


def test_a_call_has_all_that_the_model_requires() -> None:
    told = accepted("call")
    assert told["record_type"] == "call"
    assert told.keys() == {
        "record_type", "call_control_id", "call_leg_id", "call_session_id", "is_alive",
    }  # fmt: skip


def test_a_verification_waits() -> None:
    raw = request("/v2/verifications/sms", {"phone_number": ANA, "verify_profile_id": "p"})
    operation = TELNYX.match(raw)
    assert operation is not None
    told = json.loads(CARRIER.accepted(raw, operation, parsed(raw), "ab" * 16).body)["data"]
    assert (told["status"], told["type"], told["phone_number"]) == ("pending", "sms", ANA)


@pytest.mark.parametrize(
    ("method", "path", "key"),
    [
        ("GET", "/v2/messages/m-1", "id"),
        ("DELETE", "/v2/messages/m-1", "status"),
        ("POST", "/v2/calls/v3:a/actions/hangup", "result"),
    ],
)
def test_what_sends_nothing_is_answered_too(method: str, path: str, key: str) -> None:
    raw = request(path, method=method)
    operation = TELNYX.match(raw)
    assert operation is not None
    assert key in json.loads(CARRIER.passed(raw, operation).body)["data"]


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.WHATSAPP])
def test_a_persons_message_comes_as_a_webhook_that_verifies(channel: Channel) -> None:
    raw = CARRIER.wrote(Simulated("m-1", channel, ANA, NEWS, "STOP", NOW))
    (told,) = TELNYX.events(raw)
    assert (told.channel, told.person.value, told.text) == (channel, ANA, "STOP")
    assert told.senders[0].value == NEWS
    assert verify(resign(raw, "https://gate.example/in", "secret"), "secret", NOW)


@pytest.mark.parametrize(
    ("code", "meaning"),
    [("", Meaning.OTHER), ("40300", Meaning.OPTED_OUT), ("40001", Meaning.OTHER)],
)
def test_a_state_comes_as_a_webhook(code: str, meaning: Meaning) -> None:
    raw = CARRIER.delivered(Simulated("m-1", Channel.SMS, ANA, NEWS, at=NOW, code=code))
    (told,) = TELNYX.events(raw)
    assert (told.meaning, told.code, told.person.value) == (meaning, code, ANA)
