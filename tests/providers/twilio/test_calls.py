"""Is every text, digit and person of a call found, and every double meaning refused?"""

from __future__ import annotations

import contextlib
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml.voice_response import VoiceResponse

from gatekeeper.domain.message import AddressKind, Claim, Opaque, TextPart
from gatekeeper.domain.words import Channel, Role, Technology
from gatekeeper.errors import AmbiguousRequest
from tests.support.twilio_requests import CALLS, call, parsed, request, twiml

from .conftest import Sdk

HANG_UP = "<Response><Hangup/></Response>"


async def test_a_call_of_the_real_sdk_with_inline_twiml(sdk: Sdk) -> None:
    """What the SDK's own builder writes: spoken text, dialled people, digits."""
    script = VoiceResponse()
    script.say("Your card 4111 1111 1111 1111", voice="Polly.Joanna")
    dial = script.dial(caller_id="+13122000100", record="record-from-answer")
    dial.number("+12122000199", send_digits="wwww1928")
    dial.sip("sip:desk@acme.example")
    raw = await sdk(
        lambda client: client.calls.create(
            to="+12122000123",
            from_="+13122000100",
            twiml=str(script),
            send_digits="1w2",
            call_reason="Your order",
            status_callback="https://a.example/cb",
            status_callback_event=["ringing", "completed"],
            machine_detection="Enable",
        )
    )
    read = parsed(raw)
    assert (read.operation, read.channel) == ("call", Channel.VOICE)
    assert [(to.kind, to.value, to.path) for to in read.recipients] == [
        (AddressKind.PHONE, "+12122000123", "To"),
        (AddressKind.PHONE, "+12122000199", "Twiml/Response/Dial[1]/Number[1]"),
        (AddressKind.SIP, "sip:desk@acme.example", "Twiml/Response/Dial[1]/Sip[1]"),
    ]
    assert read.parts == (
        TextPart("Twiml/Response/Say[1]", Role.TTS, "Your card 4111 1111 1111 1111"),
        TextPart("Twiml/Response/Dial[1]/Number[1]/@sendDigits", Role.DIGITS, "wwww1928"),
        TextPart("SendDigits", Role.DIGITS, "1w2"),
        TextPart("CallReason", Role.SUBJECT, "Your order"),
        TextPart("StatusCallback", Role.REFERENCE, "https://a.example/cb"),
    )
    assert read.claims == (Claim("MachineDetection", "Enable"), Claim("caller_id", "+13122000100"))
    assert read.technology is Technology.ARTIFICIAL
    assert read.record
    assert read.opaque == ()


async def test_a_url_of_the_real_sdk_is_opaque(sdk: Sdk) -> None:
    raw = await sdk(
        lambda client: client.calls.create(
            to="+12122000123",
            from_="+13122000100",
            url="https://a.example/voice",
            fallback_url="https://b.example/voice",
            record=True,
        )
    )
    read = parsed(raw)
    assert read.opaque == (
        Opaque("twiml_url", "https://a.example/voice", "Url"),
        Opaque("twiml_url", "https://b.example/voice", "FallbackUrl"),
    )
    assert read.technology is Technology.UNKNOWN
    assert read.record


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"Twiml": HANG_UP, "Url": "https://a.example"},
        {"Url": "https://a.example", "ApplicationSid": "AP1"},
        {"Twiml": HANG_UP, "From": None},
        {"Twiml": HANG_UP, "To": None},
        {"Twiml": HANG_UP, "To": "app:AP1"},
        {"Twiml": HANG_UP, "CallerId": "+13122000999"},
        {"Twiml": HANG_UP, "SendDigits": "call me"},
        {"Twiml": HANG_UP, "Body": "Hello"},
        {"Twiml": [HANG_UP, HANG_UP]},
    ],
)
def test_a_call_with_no_or_two_readings_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(AmbiguousRequest):
        call(**fields)


def test_an_application_is_opaque() -> None:
    assert call(ApplicationSid="AP1").opaque == (Opaque("application", "AP1", "ApplicationSid"),)


def test_a_recording_configuration_records() -> None:
    assert call(Twiml=HANG_UP, RecordingConfigurationId="RC1").record
    assert not call(Twiml=HANG_UP, Record="false").record


def test_another_caller_id_in_the_script_is_refused() -> None:
    """Only the From of the request is checked against what the tenant owns."""
    with pytest.raises(AmbiguousRequest, match="caller id"):
        twiml('<Dial callerId="+13122000999"><Number>+12122000199</Number></Dial>')
    assert twiml('<Dial callerId="+1 (312) 200-0100">+12122000199</Dial>').claims


def test_secrets_of_the_call_are_not_parts() -> None:
    read = call(Twiml=HANG_UP, SipAuthUsername="desk", SipAuthPassword="hunter2")
    assert [part.text for part in read.parts] == ["desk"]


@given(st.binary(max_size=200), st.text(max_size=80))
def test_no_bytes_bring_anything_but_an_ambiguous_request(body: bytes, script: str) -> None:
    fields = urlencode({"To": "+12122000123", "From": "+13122000100", "Twiml": script})
    raw = request(CALLS, fields.encode() + b"&" + body)
    with contextlib.suppress(AmbiguousRequest):
        parsed(raw)
