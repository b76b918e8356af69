"""Does the sandbox answer and call as Plivo does?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.providers import PLIVO
from gatekeeper.providers.contract import Simulated
from gatekeeper.providers.plivo.carrier import PlivoCarrier
from gatekeeper.providers.webhook import Meaning
from tests.support.plivo_requests import SECRET, URL, captured, parsed, request
from tests.support.telnyx_requests import NOW

ANA, NEWS = "+12122000211", "+13122000201"
CARRIER = PlivoCarrier()


@pytest.mark.parametrize(
    ("send", "status", "name", "count"),
    [
        ("sms", 202, "message_uuid", 1),
        ("sms_many", 202, "message_uuid", 2),
        ("call", 201, "request_uuid", None),
        ("call_many", 201, "request_uuid", 2),
        ("verify", 202, "session_uuid", None),
        ("speak", 202, "message", None),
    ],
)
def test_what_is_taken_is_answered_as_the_sdk_reads_it(
    send: str, status: int, name: str, count: int | None
) -> None:
    raw = captured()[send]
    operation = PLIVO.match(raw)
    assert operation is not None
    reply = CARRIER.accepted(raw, operation, parsed(raw), "ab" * 16)
    told: dict[str, Any] = json.loads(reply.body)
    assert (reply.status, "api_id" in told) == (status, True)
    assert (len(set(told[name])) == count) if count else isinstance(told[name], str)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("DELETE", "Call/u/", 204), ("GET", "Call/u/", 200), ("POST", "Verify/Session/u/", 200)],
)
def test_what_sends_nothing_is_answered_too(method: str, path: str, status: int) -> None:
    raw = request(path, method=method)
    operation = PLIVO.match(raw)
    assert operation is not None
    assert CARRIER.passed(raw, operation).status == status


def test_a_message_and_a_state_come_as_webhooks_that_verify() -> None:
    for code, meaning in (("", Meaning.OTHER), ("200", Meaning.OPTED_OUT)):
        raw = CARRIER.delivered(Simulated("m-1", Channel.SMS, ANA, NEWS, code=code))
        assert PLIVO.events(raw)[0].meaning is meaning
    raw = CARRIER.wrote(Simulated("m-1", Channel.WHATSAPP, ANA, NEWS, "STOP"))
    (told,) = PLIVO.events(raw)
    assert (told.channel, told.person.value, told.text) == (Channel.WHATSAPP, ANA, "STOP")
    made = PLIVO.resign(raw, URL, SECRET)
    assert PLIVO.verify(made, URL, SECRET, NOW)
