"""Is every text and every person in a message found, and every double meaning refused?"""

from __future__ import annotations

import timeit
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.message import Address, AddressKind, Claim, Opaque, TextPart
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers import TWILIO
from tests.support.twilio_requests import MESSAGES, form, message, parsed, request

from .conftest import Sdk

SERVICE = "MG" + "0a" * 16
CONTENT = "HX" + "0a" * 16


async def test_an_sms_of_the_real_sdk_reads_as_it_was_written(sdk: Sdk) -> None:
    """If the SDK sends a text with every awkward character, then the gate sees that text."""
    body = "Acme: 50% off + more = win; \\x41 é 😀\n&To=+1900"
    raw = await sdk(
        lambda client: client.messages.create(to="+12122000123", from_="+13122000100", body=body)
    )
    read = parsed(raw)
    assert (read.provider, read.operation, read.channel) == ("twilio", "message", Channel.SMS)
    assert [address.value for address in read.recipients] == ["+12122000123"]
    assert read.sender.value == "+13122000100"
    assert read.parts == (TextPart("Body", Role.BODY, body),)


async def test_an_mms_of_the_real_sdk_has_its_links_as_parts(sdk: Sdk) -> None:
    urls = ["https://m.example/4111%201111?ssn=078-05-1120", "https://m.example/b.png"]
    raw = await sdk(
        lambda client: client.messages.create(
            to="+12122000123", from_="+13122000100", media_url=urls
        )
    )
    read = parsed(raw)
    assert read.channel is Channel.MMS
    assert read.media == tuple(urls)
    assert [(part.path, part.role) for part in read.parts] == [
        ("MediaUrl[1]", Role.LINK),
        ("MediaUrl[2]", Role.LINK),
    ]
    assert read.parts[0].text == "https://m.example/4111 1111?ssn=078-05-1120"


async def test_a_whatsapp_template_of_the_real_sdk(sdk: Sdk) -> None:
    """The template itself is opaque; each of its variables is a part."""
    raw = await sdk(
        lambda client: client.messages.create(
            to="whatsapp:+12122000123",
            from_="whatsapp:+13122000100",
            content_sid=CONTENT,
            content_variables='{"1": "Ann", "due_date": "friday"}',
            status_callback="https://a.example/cb",
            risk_check="disable",
        )
    )
    read = parsed(raw)
    assert read.channel is Channel.WHATSAPP
    assert read.recipients[0].value == "+12122000123"
    assert read.opaque == (Opaque("content_sid", CONTENT, "ContentSid"),)
    assert read.claims == (Claim("RiskCheck", "disable"),)
    assert {part.path: part.text for part in read.parts} == {
        "ContentVariables/1": "Ann",
        "ContentVariables/due_date": "friday",
        "StatusCallback": "https://a.example/cb",
    }


async def test_a_messaging_service_of_the_real_sdk_is_the_sender(sdk: Sdk) -> None:
    raw = await sdk(
        lambda client: client.messages.create(
            to="+12122000123", messaging_service_sid=SERVICE, body="Hi", send_as_mms=True
        )
    )
    read = parsed(raw)
    assert (read.sender.kind, read.sender.value) == (AddressKind.SERVICE, SERVICE)
    assert read.channel is Channel.MMS


def test_an_empty_media_url_is_no_picture() -> None:
    assert message(MediaUrl="").channel is Channel.SMS


def test_a_from_beside_a_service_is_the_sender() -> None:
    assert message(MessagingServiceSid=SERVICE).sender.value == "+13122000100"


def test_the_natural_key_is_twilios_idempotency_header() -> None:
    raw = form(MESSAGES, {"To": "+1", "From": "+2", "Body": "x"})
    keyed = type(raw)(
        raw.method, raw.target, (*raw.headers, ("i-twilio-idempotency-token", "k1")), raw.body
    )
    assert parsed(keyed).natural_key == "k1"
    assert parsed(raw).natural_key is None


@pytest.mark.parametrize(
    "fields",
    [
        {"To": None},
        {"To": ""},
        {"From": None},
        {"Body": None},
        {"Body": ""},
        {"To": ["+12122000123", "+12122000124"]},
        {"ContentSid": CONTENT},
        {"ContentVariables": '{"1":"a"}'},
        {"From": "whatsapp:+13122000100"},
        {"To": "whatsapp:+12122000123"},
        {"SendAt": "2026-12-01T00:00:00Z"},
        {"ScheduleType": "fixed"},
        {"SendAt": "2026-12-01T00:00:00", "ScheduleType": "fixed"},
        {"SendAt": "tomorrow", "ScheduleType": "fixed"},
        {"SendAt": "2026-12-01T00:00:00Z", "ScheduleType": "optimize"},
        {"FallbackFrom": "whatsapp:+13122000100"},
        {"FallbackFrom": ["+13122000100", "+13122000101"]},
        {"MessagingServiceSid": "words"},
        {"SendAsMms": "perhaps"},
        {"Unknown": "x"},
    ],
)
def test_a_message_with_no_or_two_readings_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(AmbiguousRequest):
        message(**fields)


@pytest.mark.parametrize(
    "variables",
    [
        "{",
        "[]",
        '"a"',
        '{"1": 2}',
        '{"1": {"a": "b"}}',
        '{"1": "a", "1": "b"}',
        '{"bad name!": "a"}',
        '{"1": "\\u0000"}',
        '{"1": "\\ud800"}',
        '{"1": NaN}',
        "[" * 100_000,
    ],
)
def test_content_variables_are_one_plain_object_of_strings(variables: str) -> None:
    with pytest.raises(AmbiguousRequest):
        message(Body=None, ContentSid=CONTENT, ContentVariables=variables)


def test_a_message_for_later_has_its_instant() -> None:
    scheduled = message(SendAt="2026-12-01T07:00:00-05:00", ScheduleType="fixed")
    assert scheduled.send_at == datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    assert message().send_at is None


@pytest.mark.parametrize(
    ("ends", "channels"),
    [
        ({}, [Channel.SMS, Channel.SMS]),
        ({"MediaUrl": "https://a.example/x.png"}, [Channel.MMS, Channel.MMS]),
        ({"To": "rcs:+12122000123", "From": "rcs:agent"}, [Channel.RCS, Channel.SMS]),
    ],
)
def test_a_second_sender_is_a_second_message(
    ends: dict[str, object], channels: list[Channel]
) -> None:
    first = message(FallbackFrom="+13122000199", **ends)
    every = (first, *first.also)
    assert [each.channel for each in every] == channels
    assert every[1].sender == Address(AddressKind.PHONE, "+13122000199", "FallbackFrom")
    assert every[1].recipients == first.recipients
    assert every[1].parts == first.parts


@given(st.binary(max_size=300))
def test_no_bytes_bring_anything_but_an_ambiguous_request(body: bytes) -> None:
    raw = request(MESSAGES, b"To=%2B12122000123&From=%2B13122000100&" + body)
    operation = TWILIO.match(raw)
    assert operation is not None
    try:
        TWILIO.parse(raw, operation)
    except AmbiguousRequest:
        return


@given(st.text(max_size=60))
def test_no_refusal_repeats_what_was_sent(text: str) -> None:
    secret = f"4111111111111111{text}"
    try:
        message(**{"ContentSid": CONTENT, "ContentVariables": secret, secret or "x": secret})
    except (AmbiguousRequest, UnicodeEncodeError) as refused:
        if isinstance(refused, AmbiguousRequest):
            assert "4111" not in str(refused)


def test_parsing_costs_no_more_than_reading_the_form_three_times() -> None:
    """The hot path, measured against urllib on the same body in turn, so that load cancels out."""
    body = (
        b"To=%2B12122000123&From=%2B13122000100&StatusCallback=https%3A%2F%2Fapp.example%2Fcb"
        b"&Body=Acme%3A+20%25+off+today.+Reply+STOP+to+opt+out.+https%3A%2F%2Facme.example%2Fx"
    )
    raw = request(MESSAGES, body)
    operation = TWILIO.match(raw)
    assert operation is not None
    plain, ours = [], []
    for _ in range(40):
        plain.append(timeit.timeit(lambda: parse_qsl(body.decode()), number=100) * 1e4)
        ours.append(timeit.timeit(lambda: TWILIO.parse(raw, operation), number=100) * 1e4)
    print(f"parse: {min(ours):.1f} us; parse_qsl alone: {min(plain):.1f} us")
    assert min(ours) < 3 * min(plain)
