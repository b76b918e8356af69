"""Is what the SDK sends read, whole, and nothing of it dropped? (See also the cases.)"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from tests.support.telnyx_requests import captured, parsed, request

SENT = ("schedule", "alphanumeric", "group_mms", "long_code", "mms", "number_pool", "rcs",
        "short_code", "sms", "sms_profile", "whatsapp", "whatsapp_template")  # fmt: skip
SMS = {"to": "+12122000211", "from": "+13122000201", "text": "hi"}


@pytest.mark.parametrize("send", SENT)
def test_every_message_of_the_sdk_is_read(send: str) -> None:
    raw = captured()[send]
    read, sent = parsed(raw), json.loads(raw.body)
    to = sent["to"] if isinstance(sent["to"], list) else [sent["to"]]
    assert [each.value for each in read.recipients] == to
    if "text" in sent:
        assert sent["text"] in [part.text for part in read.parts]


def test_a_fallback_is_a_message_of_its_own_to_the_same_person() -> None:
    read = parsed(captured()["rcs"])
    (fallback,) = read.also
    assert (read.channel, fallback.channel) == (Channel.RCS, Channel.SMS)
    assert fallback.recipients == read.recipients


def test_a_fallback_without_a_sender_of_any_kind_is_refused() -> None:
    body = {
        "to": "+12122000211",
        "agent_id": "a",
        "agent_message": {"content_message": {"text": "hi"}},
        "sms_fallback": {"text": "hi"},
    }
    with pytest.raises(AmbiguousRequest, match="The field from is missing"):
        parsed(request("/v2/messages/rcs", body))


@pytest.mark.parametrize("count", [101, 10_000])
def test_a_group_has_an_end(count: int) -> None:
    body = SMS | {"to": ["+12122000211"] * count}
    with pytest.raises(AmbiguousRequest, match="The field to must have"):
        parsed(request("/v2/messages/group_mms", body))


@pytest.mark.parametrize("value", [None, 7, True, {}, [["+12122000211"]]])
def test_a_recipient_of_another_type_is_refused(value: object) -> None:
    with pytest.raises(AmbiguousRequest, match="The field to"):
        parsed(request("/v2/messages", SMS | {"to": value}))


@pytest.mark.parametrize("path", ["/v2/messages", "/v2/messages/schedule"])
def test_a_message_for_later_is_judged_for_that_instant(path: str) -> None:
    read = parsed(request(path, SMS | {"send_at": "2026-12-01T12:00:00-05:00"}))
    assert read.send_at == datetime(2026, 12, 1, 17, tzinfo=UTC)
    assert parsed(captured()["schedule"]).send_at is not None
