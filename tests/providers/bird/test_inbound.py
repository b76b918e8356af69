"""What does the gate learn from Bird's webhooks?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.domain.message import AddressKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.bird.inbound import events, inbound
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.webhook import Meaning

SMS: dict[str, Any] = {"sms_id": "sms_1", "from": "+12122000211", "to": "+13122000201"}
SENT: dict[str, Any] = {"sms_id": "sms_1", "from": "+13122000201", "to": "+12122000211"}
WHATSAPP: dict[str, Any] = {
    "whatsapp_id": "wam_1",
    "from": {"phone_number": "+12122000211"},
    "to": {"phone_number": "+13122000203"},
    "text": {"body": "STOP"},
}


def hook(kind: Any, data: Any) -> RawRequest:
    body = {"type": kind, "timestamp": "2026-01-02T03:04:05Z", "data": data}
    return RawRequest("POST", "/v1/inbound/bird/app", (), json.dumps(body).encode())


def test_what_a_person_wrote_is_heard_with_its_signed_time() -> None:
    (event,) = events(hook("sms.received", {**SMS, "text": "STOP"}))
    assert (event.meaning, event.text, event.channel) == (Meaning.MESSAGE, "STOP", Channel.SMS)
    assert event.person.value == "+12122000211"
    assert [each.value for each in event.senders] == ["+13122000201"]
    assert event.at is not None
    assert event.at.year == 2026


def test_a_whatsapp_message_is_heard_from_a_person_without_a_number_too() -> None:
    (event,) = events(hook("whatsapp.received", WHATSAPP))
    assert (event.text, event.channel) == ("STOP", Channel.WHATSAPP)
    (other,) = events(hook("whatsapp.received", {**WHATSAPP, "from": {"bsuid": "US.1"}}))
    assert (other.person.kind, other.person.value) == (AddressKind.BSUID, "US.1")


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("recipient_opted_out", Meaning.OPTED_OUT),
        ("blocked_by_recipient", Meaning.OPTED_OUT),
        ("landline_unreachable", Meaning.OTHER),
        ("<a>", Meaning.OTHER),
    ],
)
def test_a_failure_tells_of_the_persons_will_by_its_code(code: str, meaning: Meaning) -> None:
    (event,) = events(hook("sms.failed", {**SENT, "error": {"code": code}}))
    assert event.meaning is meaning
    assert event.person.value == "+12122000211"


def test_a_suppression_is_an_opt_out_from_the_sender_that_it_names() -> None:
    data = {"suppression_id": "sup_1", "destination": "+12122000211", "originator": "+13122000201"}
    (event,) = events(hook("sms_suppression.created", data))
    assert (event.meaning, event.person.value) == (Meaning.OPTED_OUT, "+12122000211")
    assert events(hook("sms_suppression.created", {**data, "originator": None})) == ()


def test_other_kinds_are_left_out() -> None:
    assert events(hook("email.opened", {})) == ()
    assert events(hook("sms.imagined", SMS)) == ()


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (7, SMS),
        ("sms.received", "x"),
        ("sms.received", {**SMS, "sms_id": "<a>"}),
        ("sms.received", {**SMS, "from": ""}),
        ("whatsapp.received", {**WHATSAPP, "from": {}}),
    ],
)
def test_what_cannot_be_read_is_not_heard(kind: Any, data: Any) -> None:
    with pytest.raises(AmbiguousRequest):
        events(hook(kind, data))


def test_a_webhook_is_posted() -> None:
    assert inbound(hook("sms.received", SMS)).account == ""
    with pytest.raises(AmbiguousRequest):
        inbound(RawRequest("GET", "/", (), b"{}"))
