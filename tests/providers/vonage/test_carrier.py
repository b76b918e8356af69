"""Does the sandbox answer as Vonage, and are its webhooks those that the gate reads?"""

from __future__ import annotations

import json

from gatekeeper.domain.words import Channel
from gatekeeper.providers import VONAGE
from gatekeeper.providers.contract import RawRequest, Simulated
from gatekeeper.providers.vonage.carrier import VonageCarrier
from gatekeeper.providers.vonage.paths import CALL, MESSAGE, SMS, match
from gatekeeper.providers.webhook import Meaning
from tests.support.twilio_requests import message
from tests.support.vonage_app import NOW, SIGNED

CARRIER = VonageCarrier()
RAW = RawRequest("GET", "/v1/calls/abc", (), b"")
SID = "0123456789abcdef" * 2


def test_each_api_takes_a_send_in_its_own_shape() -> None:
    asked = message(To="+12122000211", From="+13122000201", Body="x")
    replies = [CARRIER.accepted(RAW, op, asked, SID) for op in (MESSAGE, SMS, CALL)]
    assert [reply.status for reply in replies] == [202, 200, 201]
    sent, sms, call = (json.loads(reply.body) for reply in replies)
    assert sent == {"message_uuid": "01234567-89ab-cdef-0123-456789abcdef"}
    assert (sms["message-count"], sms["messages"][0]["status"]) == ("1", "0")
    assert set(call) == {"uuid", "status", "direction", "conversation_uuid"}


def test_a_read_and_a_change_pass() -> None:
    assert json.loads(CARRIER.passed(RAW, match(RAW)).body)["uuid"] == "abc"
    assert CARRIER.passed(RAW, CALL).status == 204


def test_its_webhooks_are_signed_and_read() -> None:
    told = Simulated("m1", Channel.SMS, "+12122000211", "+13122000201", "STOP", NOW)
    raw = VONAGE.resign(CARRIER.wrote(told), "https://gate.example/in", SIGNED)
    assert VONAGE.verify(raw, "https://gate.example/in", SIGNED, NOW)
    (seen,) = VONAGE.events(raw)
    assert (seen.meaning, seen.text, seen.person.value) == (Meaning.MESSAGE, "STOP", told.person)
    failed = Simulated("m1", Channel.SMS, "+12122000211", "+13122000201", code="1050")
    (state,) = VONAGE.events(CARRIER.delivered(failed))
    assert (state.code, state.person.value) == ("1050", "+12122000211")
    fine = Simulated("m1", Channel.SMS, "+12122000211", "+13122000201")
    assert VONAGE.events(CARRIER.delivered(fine))[0].code == ""
