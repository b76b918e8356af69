"""What is learned from Vonage's webhooks?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.domain.message import AddressKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.vonage.inbound import events, inbound
from gatekeeper.providers.webhook import InboundEvent, Meaning


def raw(told: Any, method: str = "POST") -> RawRequest:
    kind = (("Content-Type", "application/json"),)
    return RawRequest(method, "/", kind, json.dumps(told).encode())


def event(**told: Any) -> InboundEvent:
    (found,) = events(raw(told))
    return found


def message(**more: Any) -> InboundEvent:
    told = {"channel": "sms", "message_uuid": "m1", "from": "12122000211", "to": "13122000201"}
    return event(**told, **more)


def test_a_message_is_from_the_person_to_our_number() -> None:
    seen = message(text="STOP", message_type="text", timestamp="2026-11-25T12:00:00Z")
    assert (seen.meaning, seen.text, seen.channel) == (Meaning.MESSAGE, "STOP", Channel.SMS)
    assert (seen.person.value, seen.senders[0].value) == ("+12122000211", "+13122000201")
    assert seen.at is not None and seen.at.hour == 12


@pytest.mark.parametrize(
    ("more", "text"),
    [({"reply": {"id": "1", "title": "Yes"}}, "Yes"), ({"button": {"text": "No"}}, "No"), ({}, "")],
)
def test_a_tapped_button_is_what_was_written(more: dict[str, Any], text: str) -> None:
    assert message(**more).text == text


def test_a_status_is_about_a_message_of_ours() -> None:
    told = {"channel": "sms", "message_uuid": "m1", "to": "12122000211", "from": "13122000201"}
    page = "https://developer.vonage.com/api-errors/messages#1050"
    seen = event(**told, status="rejected", error={"type": page}, timestamp="yesterday")
    assert (seen.meaning, seen.code, seen.at) == (Meaning.OPTED_OUT, "1050", None)
    assert (seen.person.value, seen.senders[0].value) == ("+12122000211", "+13122000201")
    assert event(**told, status="delivered", error={"type": page}).code == ""


def test_messenger_has_pages_and_people_without_numbers() -> None:
    ends = {"from": {"id": "55512345678"}, "to": {"id": "110022"}}
    seen = event(channel="messenger", message_uuid="m1", text="hi", **ends)
    assert (seen.person.kind, seen.person.value) == (AddressKind.PSID, "55512345678")
    assert (seen.senders[0].kind, seen.senders[0].value) == (AddressKind.PAGE, "110022")


def test_a_receipt_tells_of_an_opt_out_by_its_code() -> None:
    told = {"msisdn": "12122000211", "to": "Acme", "messageId": "0A", "status": "rejected"}
    seen = event(**told, **{"err-code": "9"})
    assert (seen.meaning, seen.code) == (Meaning.OPTED_OUT, "9")
    assert event(**told, **{"err-code": "0"}).meaning is Meaning.OTHER


def test_an_sms_that_came_in_is_a_message() -> None:
    seen = event(msisdn="12122000211", to="13122000201", messageId="0A", text="stop")
    assert (seen.meaning, seen.text, seen.senders[0].value) == (
        Meaning.MESSAGE,
        "stop",
        "+13122000201",
    )


@pytest.mark.parametrize("told", [{}, {"channel": "viber_service", "message_uuid": "m"}])
def test_what_is_about_no_message_of_ours_tells_nothing(told: dict[str, Any]) -> None:
    assert events(raw(told)) == ()


@pytest.mark.parametrize("told", [{"msisdn": "1", "messageId": "a b"}, [], "x"])
def test_what_cannot_be_read_is_refused(told: Any) -> None:
    with pytest.raises(AmbiguousRequest):
        events(raw(told))


def test_a_webhook_may_name_the_account_and_is_a_post() -> None:
    assert inbound(raw({"api-key": "a1b2"})).account == "a1b2"
    assert inbound(raw({})).answered is False
    with pytest.raises(AmbiguousRequest) as caught:
        inbound(raw({}, "GET"))
    assert caught.value.status == 405
