"""What is read of a call into a conference?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.message import Opaque, OutboundRequest
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from tests.support.twilio_requests import BASE, sent

ANA, SHOP = "+12122000211", "+13122000201"


def participant(**fields: object) -> OutboundRequest:
    given = {"To": ANA, "From": SHOP, **fields}
    return sent(f"{BASE}/Conferences/desk/Participants.json", **given)


def test_it_is_a_call_to_its_recipient() -> None:
    read = participant(Label="customer", CallReason="Your order", CallerDisplayName="Acme")
    assert (read.channel, read.sender.value) == (Channel.VOICE, SHOP)
    assert [each.value for each in read.recipients] == [ANA]
    assert {part.path: part.role for part in read.parts} == {
        "CallReason": Role.SUBJECT,
        "CallerDisplayName": Role.SUBJECT,
        "Conference": Role.REFERENCE,
        "Label": Role.REFERENCE,
    }


@pytest.mark.parametrize(
    ("fields", "recorded"),
    [
        ({}, False),
        ({"Record": "true"}, True),
        ({"ConferenceRecord": "record-from-start"}, True),
        ({"ConferenceRecord": "true"}, True),
        ({"ConferenceRecord": "do-not-record"}, False),
        ({"RecordingConfigurationId": "RC" + "1b" * 16}, True),
    ],
)
def test_a_recorded_conference_is_a_recorded_call(fields: dict[str, str], recorded: bool) -> None:
    assert participant(**fields).record is recorded


def test_what_is_heard_while_waiting_is_opaque() -> None:
    read = participant(WaitUrl="https://a.example/music")
    assert read.opaque == (Opaque("twiml_url", "https://a.example/music", "WaitUrl"),)


@pytest.mark.parametrize(
    "fields",
    [
        {"To": None},
        {"From": None},
        {"CallerId": "+14152000199"},
        {"To": "app:x"},
        {"ConferenceRecord": "perhaps"},
        {"EmergencyName": "Ana"},
        {"Url": "https://a.example"},
    ],
)
def test_a_call_without_one_meaning_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(AmbiguousRequest):
        participant(**fields)
