"""Do Twilio's functions fit together as one provider?"""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers import PROVIDERS, TWILIO
from gatekeeper.providers.contract import Credential, Handling
from gatekeeper.providers.twilio import fields, product_fields
from tests.support.twilio_requests import ACCOUNT, BASE, CALLS, MESSAGES, SECRET, form, request

SID = "1b" * 16
SENDS = {
    MESSAGES: fields.MESSAGE_FIELDS,
    CALLS: fields.CALL_FIELDS,
    f"{BASE}/Calls/CA{SID}.json": product_fields.LIVE_CALL_FIELDS,
    f"{BASE}/Calls/CA{SID}/UserDefinedMessages.json": product_fields.USER_MESSAGE_FIELDS,
    f"{BASE}/Conferences/desk/Participants.json": product_fields.PARTICIPANT_FIELDS,
    f"/v1/Conversations/CH{SID}/Messages": product_fields.CONVERSATION_FIELDS,
    f"/v2/Services/VA{SID}/Verifications": product_fields.VERIFICATION_FIELDS,
    f"/v2/Flows/FW{SID}/Executions": product_fields.EXECUTION_FIELDS,
    f"/v1/Services/IS{SID}/Notifications": product_fields.NOTIFICATION_FIELDS,
}
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["+12122000211", "sms", "true", "", "{}", "<Response/>", "client:a", "fixed"]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
        max_leaves=8,
    ).map(json.dumps),
)


@pytest.mark.parametrize("target", SENDS)
@given(data=st.data())
def test_no_form_brings_anything_but_a_request_or_an_ambiguous_one(
    target: str, data: st.DataObject
) -> None:
    names = st.sampled_from([*SENDS[target], "Unknown"])
    given_fields = data.draw(st.dictionaries(names, VALUES, max_size=8))
    raw = form(target, dict(given_fields))
    operation = TWILIO.match(raw)
    assert operation is not None
    if operation.handling is Handling.DECIDE:
        with contextlib.suppress(AmbiguousRequest):
            TWILIO.parse(raw, operation)


@pytest.mark.parametrize("target", SENDS)
@given(body=st.binary(max_size=120))
def test_no_bytes_bring_anything_else(target: str, body: bytes) -> None:
    raw = request(target, b"To=%2B12122000123&From=%2B13122000100&Channel=sms&" + body)
    operation = TWILIO.match(raw)
    assert operation is not None
    if operation.handling is Handling.DECIDE:
        with contextlib.suppress(AmbiguousRequest):
            TWILIO.parse(raw, operation)


ENDS = {"To": "+12122000211", "From": "+13122000201"}
BINDING = '{"binding_type":"sms","address":"+12122000211"}'
PLAIN: dict[str, dict[str, object]] = {
    MESSAGES: {**ENDS, "Body": "x"},
    CALLS: {**ENDS, "Twiml": "<Response/>"},
    f"{BASE}/Calls/CA{SID}.json": {"Twiml": "<Response/>"},
    f"{BASE}/Calls/CA{SID}/UserDefinedMessages.json": {"Content": '{"a":"b"}'},
    f"{BASE}/Conferences/desk/Participants.json": dict(ENDS),
    f"/v1/Conversations/CH{SID}/Messages": {"Body": "x"},
    f"/v2/Services/VA{SID}/Verifications": {"To": "+12122000211", "Channel": "sms"},
    f"/v2/Flows/FW{SID}/Executions": dict(ENDS),
    f"/v1/Services/IS{SID}/Notifications": {"ToBinding": BINDING, "Body": "x"},
}
SECRETS = frozenset({"SipAuthPassword", "Passports", "CallToken"})
"""What Twilio itself reads, and nobody is told."""


@pytest.mark.parametrize(
    ("target", "name"),
    [(target, name) for target, known in SENDS.items() for name in known if name not in SECRETS],
)
@pytest.mark.parametrize("value", ["Quizzaciously!", '{"a":"Quizzaciously!"}'])
def test_no_field_hides_a_text(target: str, name: str, value: str) -> None:
    """Whatever stands in a field is read as something, or the request is refused."""
    raw = form(target, {**PLAIN[target], name: value})
    operation = TWILIO.match(raw)
    assert operation is not None
    with contextlib.suppress(AmbiguousRequest):
        assert operation.handling is Handling.DECIDE
        assert "Quizzaciously!" in repr(TWILIO.parse(raw, operation))


@pytest.mark.parametrize("target", SENDS)
def test_a_plain_request_is_read(target: str) -> None:
    raw = form(target, PLAIN[target])
    operation = TWILIO.match(raw)
    assert operation is not None
    assert TWILIO.parse(raw, operation).provider == "twilio"


def test_twilio_is_among_the_providers() -> None:
    assert TWILIO in PROVIDERS
    assert TWILIO.name == "twilio"


def test_the_operation_decides_how_the_body_is_read() -> None:
    fields: dict[str, object] = {"To": "+1", "From": "+2"}
    for target, extra, channel in (
        (MESSAGES, {"Body": "x"}, Channel.SMS),
        (CALLS, {"Twiml": "<Response/>"}, Channel.VOICE),
    ):
        raw = form(target, {**fields, **extra})
        operation = TWILIO.match(raw)
        assert operation is not None
        assert TWILIO.parse(raw, operation).channel is channel


def test_a_swapped_request_is_the_same_operation_under_another_credential() -> None:
    raw = request(MESSAGES, b"To=1")
    swapped = TWILIO.swap(raw, Credential(ACCOUNT, "real"))
    assert TWILIO.credential(raw) == Credential(ACCOUNT, SECRET)
    assert TWILIO.credential(swapped) == Credential(ACCOUNT, "real")
    assert TWILIO.match(swapped) == TWILIO.match(raw)
