"""Is every identity that may get a message a recipient? (See also the cases.)"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.sinch.conversation import parse_conversation
from gatekeeper.providers.sinch.paths import match


def parsed(*identities: dict[str, Any], **more: Any) -> OutboundRequest:
    body = {
        "app_id": "APP",
        "recipient": {"identified_by": {"channel_identities": list(identities)}},
        "message": {"text_message": {"text": "hi"}},
    } | more
    headers = (("Content-Type", "application/json"),)
    raw = RawRequest("POST", "/v1/projects/p/messages:send", headers, json.dumps(body).encode())
    return parse_conversation(raw, match(raw))


def who(channel: str, identity: str = "+12122000211") -> dict[str, Any]:
    return {"channel": channel, "identity": identity}


def test_each_identity_is_a_message_of_its_own() -> None:
    first = parsed(who("RCS"), who("MMS", "+12122000212"), who("SMS", "+12122000213"))
    every = (first, *first.also)
    assert [each.channel for each in every] == [Channel.RCS, Channel.MMS, Channel.SMS]
    assert [each.recipients[0].value[-3:] for each in every] == ["211", "212", "213"]
    assert all(each.parts == first.parts for each in every)


def test_a_channel_is_sent_from_its_own_number_or_from_the_app() -> None:
    own = {"SMS_SENDER": "+13122000201"}
    first = parsed(who("SMS"), who("MMS"), channel_properties=own)
    assert [each.sender.value for each in (first, *first.also)] == ["+13122000201", "APP"]


@pytest.mark.parametrize(
    "more",
    [
        {"recipient": {"contact_id": "C", "identified_by": {"channel_identities": []}}},
        {"recipient": {}},
        {"recipient": {"identified_by": {"channel_identities": []}}},
        {"channel_properties": {"WHATSAPP_RECIPIENT_TYPE": "group"}},
        {"channel_priority_order": ["WHATSAPP"]},
        {"message": {}},
        {"scheduled_at": "2026-11-26T03:00:00Z"},
    ],
)
def test_what_could_reach_another_or_say_another_thing_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(AmbiguousRequest):
        parsed(who("SMS"), **more)


def test_an_identity_without_its_channel_is_refused() -> None:
    with pytest.raises(AmbiguousRequest, match="channel is missing"):
        parsed({"identity": "+12122000211"})
