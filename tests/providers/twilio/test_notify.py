"""What is read of a Notify notification?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from tests.support.twilio_requests import sent

IS, ANA, BEN = "IS" + "1b" * 16, "+12122000211", "+12122000212"


def to(address: Any, kind: str = "sms") -> str:
    return json.dumps({"binding_type": kind, "address": address})


def notification(**fields: object) -> OutboundRequest:
    given = {"ToBinding": to(ANA), "Body": "Hello", **fields}
    return sent(f"/v1/Services/{IS}/Notifications", **given)


def test_each_binding_is_a_recipient() -> None:
    read = notification(ToBinding=[to(ANA), to(BEN)])
    assert read.recipients == (
        Address(AddressKind.PHONE, ANA, "ToBinding[1]"),
        Address(AddressKind.PHONE, BEN, "ToBinding[2]"),
    )
    assert read.sender == Address(AddressKind.SERVICE, IS, "Service")
    assert read.channel is Channel.SMS


def test_what_stands_in_sms_is_read_too() -> None:
    sms = {"body": "Hello you", "media_urls": ["https://a.example/x.png"], "status_callback": "u"}
    read = notification(Sms=json.dumps(sms), Title="News")
    assert {part.path: part.role for part in read.parts} == {
        "Body": Role.BODY,
        "Title": Role.SUBJECT,
        "Sms/body": Role.BODY,
        "Sms/media_urls/0": Role.LINK,
        "Sms/status_callback": Role.REFERENCE,
    }
    assert read.channel is Channel.MMS


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"ToBinding": None}, "ToBinding"),
        ({"ToBinding": [to(ANA)] * 1001}, "1001|1 to 1000|more than"),
        ({"ToBinding": "words"}, "ToBinding"),
        ({"ToBinding": "[]"}, "ToBinding"),
        ({"ToBinding": to(ANA, "apn")}, "ToBinding"),
        ({"ToBinding": to("")}, "ToBinding"),
        ({"ToBinding": to(7)}, "ToBinding"),
        ({"ToBinding": [to(ANA), to(f"whatsapp:{BEN}")]}, "several channels"),
        ({"ToBinding": '{"binding_type":"sms","address":"+1","address":"+2"}'}, "ToBinding"),
        ({"Identity": "ana"}, "Identity"),
        ({"Tag": "all"}, "Tag"),
        ({"Segment": "all"}, "Segment"),
        ({"Sms": '{"from":"+14152000199"}'}, "from"),
        ({"Sms": '{"messaging_service_sid":"MG1"}'}, "messaging_service_sid"),
        ({"Body": None}, "nothing to send"),
        ({"FacebookMessenger": "{}"}, "FacebookMessenger"),
    ],
)
def test_an_audience_or_text_that_is_not_plain_is_refused(
    fields: dict[str, object], named: str
) -> None:
    with pytest.raises(AmbiguousRequest, match=named):
        notification(**fields)
