"""Is everybody judged whom a contact's message may reach?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest, Reply
from gatekeeper.providers.sinch.conversation import parse_conversation
from gatekeeper.providers.sinch.lookup import SinchLookup
from gatekeeper.providers.sinch.paths import match

LOOKUP = SinchLookup()
HEADERS = (("Content-Type", "application/json"), ("Authorization", "Bearer gk_1"))
ANA = {"channel": "SMS", "identity": "12122000211", "app_id": "APP"}
ALSO = {"channel": "WHATSAPP", "identity": "12122000212", "app_id": ""}
ELSEWHERE = {"channel": "TELEGRAM", "identity": "@ana"}


def asking(contact: str | None = "01EKA07N79", **more: Any) -> RawRequest:
    who = {"contact_id": contact} if contact else {"identified_by": {"channel_identities": [ANA]}}
    message = {"text_message": {"text": "hi"}}
    body = {"app_id": "APP", "recipient": who, "message": message} | more
    target = "/v1/projects/p-1/messages:send"
    return RawRequest("POST", target, HEADERS, json.dumps(body).encode(), "conversation")


def reached(*identities: object, **more: Any) -> list[tuple[Channel, str, list[str]]]:
    raw = asking(**more)
    told = Reply(200, (), json.dumps({"channel_identities": identities}).encode())
    request = LOOKUP.answered(parse_conversation(raw, match(raw)), told)
    every = (request, *request.also)
    return [(e.channel, e.sender.value, [r.value for r in e.recipients]) for e in every]


def test_the_contact_is_asked_for_under_the_apps_credential() -> None:
    raw = asking()
    question = LOOKUP.question(raw, match(raw))
    assert question is not None
    assert (question.method, question.target) == ("GET", "/v1/projects/p-1/contacts/01EKA07N79")
    assert question.header("authorization") == "Bearer gk_1"
    assert question.service == "conversation"


def test_nobody_is_asked_for_where_the_request_tells() -> None:
    batch = RawRequest("POST", "/xms/v1/plan/batches", HEADERS, b"{}")
    assert LOOKUP.question(batch, match(batch)) is None
    raw = asking(None)
    assert LOOKUP.question(raw, match(raw)) is None


def test_each_channel_that_may_be_tried_is_a_message() -> None:
    own = {"SMS_SENDER": "+13122000201"}
    assert reached(ALSO, ANA, channel_properties=own) == [
        (Channel.SMS, "+13122000201", ["+12122000211"]),
        (Channel.WHATSAPP, "APP", ["+12122000212"]),
    ]


def test_only_the_channels_that_are_named_are_tried() -> None:
    order = ["WHATSAPP", "WHATSAPP"]
    found = reached(ANA, ALSO, ELSEWHERE, channel_priority_order=order)
    assert found == [(Channel.WHATSAPP, "APP", ["+12122000212"])]


def test_two_identities_on_one_channel_are_both_judged() -> None:
    other = ANA | {"identity": "12122000213"}
    assert reached(ANA, other) == [(Channel.SMS, "APP", ["+12122000211", "+12122000213"])]


@pytest.mark.parametrize(
    "identities", [(), (ANA, ELSEWHERE), ("x",), ({"channel": "SMS"},), ({"channel": 1},)]
)
def test_who_cannot_be_judged_gets_nothing(identities: tuple[object, ...]) -> None:
    with pytest.raises(AmbiguousRequest):
        reached(*identities)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"channel_identities": {}}', b"\xff"])
def test_an_answer_that_cannot_be_read_names_nobody(body: bytes) -> None:
    raw = asking()
    with pytest.raises(AmbiguousRequest):
        LOOKUP.answered(parse_conversation(raw, match(raw)), Reply(200, (), body))


@pytest.mark.parametrize("contact", ["../apps/1", "a b", "a?b", "x" * 65, "é"])
def test_an_id_that_is_none_is_not_asked_for(contact: str) -> None:
    raw = asking(contact)
    with pytest.raises(AmbiguousRequest, match="contact_id is no id"):
        parse_conversation(raw, match(raw))
