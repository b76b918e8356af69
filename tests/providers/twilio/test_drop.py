"""Is a binding left out of a notification, and nothing else changed?"""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from gatekeeper.providers import TWILIO
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.twilio.drop import drop, unrecorded
from tests.support.twilio_requests import BASE, CALL, CALLS, MESSAGES, SMS, form, parsed, request

TARGET = f"/v1/Services/IS{'1b' * 16}/Notifications"
PEOPLE = ["+12122000211", "+12122000212", "+12122000213"]


def notification() -> RawRequest:
    bindings = [json.dumps({"binding_type": "sms", "address": each}) for each in PEOPLE]
    pairs = [
        ("ToBinding", bindings[0]),
        ("Body", "a & b"),
        *[("ToBinding", b) for b in bindings[1:]],
    ]
    return request(TARGET, urlencode(pairs).encode())


def operation(raw: RawRequest) -> Operation:
    found = TWILIO.match(raw)
    assert found is not None
    return found


@pytest.mark.parametrize("indexes", [(0,), (1,), (2,), (0, 2), ()])
def test_the_others_and_the_text_stay_as_they_were(indexes: tuple[int, ...]) -> None:
    raw = notification()
    left = drop(raw, operation(raw), indexes)
    assert left is not None
    kept = [each for n, each in enumerate(PEOPLE) if n not in indexes]
    assert [each.value for each in parsed(left).recipients] == kept
    assert b"Body=a+%26+b" in left.body
    assert left.headers == raw.headers
    assert set(left.body.split(b"&")) <= set(raw.body.split(b"&"))


def test_what_has_one_recipient_stands_or_falls_as_a_whole() -> None:
    raw = form(MESSAGES, dict(SMS))
    assert drop(raw, operation(raw), (0,)) is None


def test_a_recording_is_left_out_of_a_call_and_nothing_else() -> None:
    fields = {**CALL, "Twiml": "<Response/>", "Record": "true", "RecordingChannels": "dual"}
    raw = form(CALLS, dict(fields))
    left = unrecorded(raw, operation(raw))
    assert left is not None
    assert not parsed(left).record
    assert left.body == raw.body.replace(b"&Record=true", b"")


def test_a_recording_is_left_out_of_a_conference() -> None:
    raw = form(
        f"{BASE}/Conferences/desk/Participants.json",
        {**CALL, "ConferenceRecord": "record-from-start", "Record": "true"},
    )
    left = unrecorded(raw, operation(raw))
    assert left is not None
    assert not parsed(left).record


def test_what_is_no_call_has_no_recording() -> None:
    raw = form(MESSAGES, dict(SMS))
    assert unrecorded(raw, operation(raw)) is None
