"""Do the sandbox's answers and webhooks read as Twilio's own?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.providers import TWILIO
from gatekeeper.providers.contract import Handling, RawRequest, Simulated
from gatekeeper.providers.twilio.carrier import OWN, PERSON, TwilioCarrier
from gatekeeper.providers.twilio.inbound import events
from gatekeeper.providers.twilio.lookup import TwilioLookup
from gatekeeper.providers.webhook import Meaning
from tests.support.golden import golden
from tests.support.twilio_requests import ACCOUNT, BASE, form, request

CARRIER, LOOKUP = TwilioCarrier(), TwilioLookup()
PREFIXES = {
    "sms": "SM", "sms_service": "SM", "mms": "MM", "whatsapp": "SM", "messenger": "SM", "rcs": "SM",
    "whatsapp_template": "SM", "call_twiml": "CA", "call_url": "CA", "live_call": "CA",
    "conversation": "IM", "verify": "VE", "studio": "FN", "notify": "NT",
}  # fmt: skip


def sent(name: str) -> RawRequest:
    """The golden request of this send."""
    kept = golden("twilio", name)
    pairs = tuple(tuple(line.split(": ", 1)) for line in kept["headers"])
    service = kept["service"].removeprefix("twilio").removeprefix("-")
    return RawRequest(kept["method"], kept["target"], pairs, kept["body"].encode(), service)


def accepted(raw: RawRequest) -> dict[str, Any]:
    operation = TWILIO.match(raw)
    assert operation is not None
    assert operation.handling is Handling.DECIDE, operation
    read = TWILIO.parse(raw, operation)
    question = LOOKUP.question(raw, operation)
    if question is not None:
        asked = TWILIO.match(question)
        assert asked is not None
        read = LOOKUP.answered(read, CARRIER.passed(question, asked))
        assert [each.value for each in read.recipients] == [PERSON]
        assert read.sender.value == OWN
    reply = CARRIER.accepted(raw, operation, read, "0" * 32)
    assert reply.status == 201
    told: dict[str, Any] = json.loads(reply.body)
    return told


@pytest.mark.parametrize(("name", "prefix"), PREFIXES.items())
def test_every_golden_send_of_the_sdk_is_taken(name: str, prefix: str) -> None:
    assert accepted(sent(name))["sid"] == prefix + "0" * 32


def test_a_participant_is_named_by_its_call() -> None:
    assert accepted(sent("participant"))["call_sid"] == "CA" + "0" * 32


def test_a_message_into_a_call_names_the_call() -> None:
    call = "CA" + "1b" * 16
    raw = form(f"{BASE}/Calls/{call}/UserDefinedMessages.json", {"Content": '{"a":"b"}'})
    assert accepted(raw)["call_sid"] == call


@pytest.mark.parametrize("name", ["cancel", "redact", "fetch"])
def test_what_sends_nothing_is_answered_with_the_thing(name: str) -> None:
    raw = sent(name)
    operation = TWILIO.match(raw)
    assert operation is not None
    assert json.loads(CARRIER.passed(raw, operation).body)["sid"] == "SM" + "0" * 32


def test_a_deletion_has_no_answer() -> None:
    raw = request(f"{BASE}/Messages/SM{'1b' * 16}.json", method="DELETE")
    operation = TWILIO.match(raw)
    assert operation is not None
    assert CARRIER.passed(raw, operation).status == 204


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.WHATSAPP])
def test_its_webhooks_are_read_as_twilios(channel: Channel) -> None:
    wrote = Simulated("SM" + "1b" * 16, channel, PERSON, OWN, text="STOP", account=ACCOUNT)
    (event,) = events(CARRIER.wrote(wrote))
    assert (event.meaning, event.text, event.channel) == (Meaning.MESSAGE, "STOP", channel)
    assert (event.person.value, event.senders[0].value) == (PERSON, OWN)
    assert TWILIO.inbound(CARRIER.wrote(wrote)).account == ACCOUNT
    state = Simulated("SM" + "1b" * 16, channel, PERSON, OWN, code="21610", account=ACCOUNT)
    (event,) = events(CARRIER.delivered(state))
    assert (event.meaning, event.code) == (Meaning.OPTED_OUT, "21610")
    assert event.person.value == PERSON
