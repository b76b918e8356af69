"""What do Sinch's webhooks tell of people, in either API?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from gatekeeper.domain.reply import ReplyKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.sinch.inbound import events, inbound
from gatekeeper.providers.webhook import InboundEvent, Meaning

MO = {"type": "mo_text", "id": "01XXXXX21XXXXX119Z8P1XXXXX", "from": "12122000211",
      "to": "13122000201", "body": "STOP", "received_at": "2026-11-25T12:00:00.123Z",
      "operator_id": "310410"}  # fmt: skip
APP = {"app_id": "APP", "project_id": "p-1", "accepted_time": "2026-11-25T12:00:00Z"}
ANA = {"channel": "SMS", "identity": "12122000211", "app_id": "APP"}


def hook(body: object) -> RawRequest:
    return RawRequest("POST", "/", (), json.dumps(body).encode())


def one(body: dict[str, Any]) -> InboundEvent:
    (event,) = events(hook(body))
    return event


def test_a_text_is_from_a_person_to_our_number() -> None:
    event = one(MO)
    assert (event.id, event.meaning, event.channel) == (MO["id"], Meaning.MESSAGE, Channel.SMS)
    assert (event.person.value, event.senders[0].value) == ("+12122000211", "+13122000201")
    assert (event.text, event.weak) == ("STOP", False)
    assert event.at == datetime(2026, 11, 25, 12, 0, 0, 123000, UTC)
    assert inbound(hook(MO)).account == ""


def test_a_delivery_has_its_code() -> None:
    report = {"type": "recipient_delivery_report_sms", "batch_id": "B", "recipient": "12122000211",
              "code": 402, "status": "Aborted", "applied_originator": "13122000201",
              "at": "2026-11-25T12:00:00Z"}  # fmt: skip
    event = one(report)
    assert (event.meaning, event.code, event.person.value) == (
        Meaning.OTHER, "402", "+12122000211")  # fmt: skip
    assert "12122000211" not in event.id
    other = one(report | {"recipient": "12122000212"})
    assert other.id != event.id


def test_a_message_of_the_conversation_api_names_its_project() -> None:
    body = APP | {"message": {"id": "M", "channel_identity": ANA | {"channel": "WHATSAPP"},
                              "sender_id": "13122000201", "accept_time": "2026-11-25T12:00:00Z",
                              "contact_message": {"text_message": {"text": "hi"}}}}  # fmt: skip
    assert inbound(hook(body)).account == "p-1"
    event = one(body)
    assert (event.channel, event.text) == (Channel.WHATSAPP, "hi")
    assert [each.value for each in event.senders] == ["+13122000201", "APP"]


def test_an_opt_out_and_an_opt_in_are_what_they_are() -> None:
    told = {"request_id": "R", "status": "OPT_OUT_SUCCEEDED", **ANA}
    event = one(APP | {"opt_out_notification": told})
    assert (event.id, event.meaning, event.senders[0].value) == ("R", Meaning.OPTED_OUT, "APP")
    back = one(APP | {"opt_in_notification": told | {"status": "OPT_IN_SUCCEEDED"}})
    assert (back.meaning, back.said) == (Meaning.MESSAGE, ReplyKind.START)


def test_an_opt_out_that_is_told_again_is_the_same_even_without_an_id() -> None:
    told = APP | {"opt_out_notification": ANA}
    assert one(told).id == one(told).id
    assert one(told).id != one(told | {"accepted_time": "2026-11-25T13:00:00Z"}).id


def test_a_failed_delivery_says_nothing_of_ones_will() -> None:
    told = {"message_id": "M", "status": "FAILED", "channel_identity": ANA,
            "reason": {"code": "RECIPIENT_NOT_REACHABLE"}}  # fmt: skip
    event = one(APP | {"message_delivery_report": told})
    assert (event.meaning, event.code) == (Meaning.OTHER, "RECIPIENT_NOT_REACHABLE")


@pytest.mark.parametrize(
    "body",
    [
        {"type": "delivery_report_sms", "batch_id": "B", "statuses": []},
        APP | {"contact_create_notification": {}},
        APP | {"opt_out_notification": ANA | {"status": "OPT_OUT_FAILED"}},
        APP | {"opt_out_notification": ANA | {"channel": "TELEGRAM"}},
        APP | {"message": {"channel_identity": {"channel": "LINE", "identity": "x"}}},
        APP | {"message_delivery_report": {"channel_identity": {"channel": "LINE"}}},
        {},
    ],
)
def test_what_bears_on_nobody_here_tells_of_nothing(body: dict[str, Any]) -> None:
    assert events(hook(body)) == ()


@pytest.mark.parametrize(
    "body",
    [
        [],
        MO | {"id": ""},
        MO | {"from": 12122000211},
        MO | {"to": None},
        APP | {"message": []},
        APP | {"message": {"channel_identity": "x"}},
        APP | {"opt_out_notification": {"channel": "SMS", "identity": ""}},
        APP | {"message": {"id": "", "channel_identity": ANA}},
    ],
)
def test_what_is_not_plain_is_not_read(body: object) -> None:
    with pytest.raises(AmbiguousRequest):
        events(hook(body))


def test_a_webhook_is_posted_and_names_one_account() -> None:
    with pytest.raises(AmbiguousRequest):
        inbound(RawRequest("GET", "/", (), b"{}"))
    for project in (7, "a b", "x" * 65):
        with pytest.raises(AmbiguousRequest):
            inbound(hook(APP | {"project_id": project}))


def test_a_code_or_time_that_is_none_is_left_out() -> None:
    report = {"type": "recipient_delivery_report_mms", "batch_id": "B", "recipient": "12122000211",
              "code": "no code", "at": "yesterday"}  # fmt: skip
    event = one(report)
    assert (event.code, event.at, event.senders, event.channel) == ("", None, (), Channel.MMS)
