"""Is a call read with all who hear it and all that is said? (See also the cases.)"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.domain.words import Technology
from gatekeeper.errors import AmbiguousRequest
from tests.support.telnyx_requests import captured, parsed, request

CALL = {"connection_id": "c", "from": "+13122000201", "to": "+12122000211"}


def call(**more: Any) -> Any:
    """A call with these fields more."""
    return parsed(request("/v2/calls", CALL | more))


@pytest.mark.parametrize(("send", "people"), [("call", 1), ("call_many", 2)])
def test_every_call_of_the_sdk_is_read(send: str, people: int) -> None:
    assert len(parsed(captured()[send]).recipients) == people


def test_a_command_id_is_the_calls_own_key() -> None:
    assert parsed(captured()["call"]).natural_key == "891510ac-f3e4-11e8-af5b-de00688a4901"
    assert call().natural_key is None


@pytest.mark.parametrize(
    "more",
    [
        {"record": "record-from-answer"},
        {"transcription": True},
        {"stream_url": "wss://a.example"},
        {"transcription_config": {"transcription_engine": "A"}},
    ],
)
def test_whatever_hands_the_voices_on_counts_as_a_recording(more: dict[str, Any]) -> None:
    assert call(**more).record
    assert not call(transcription=False).record


def test_what_is_played_is_prerecorded_and_what_an_assistant_says_is_not() -> None:
    assert call(media_name="hold").technology is Technology.PRERECORDED
    assert call(media_name="hold").opaque[0].kind == "media_name"
    assert call(assistant={"id": "a"}).technology is Technology.AI_VOICE


@pytest.mark.parametrize(
    "more",
    [
        {"assistant": {"greeting": "hi"}},
        {"assistant": {"id": "a", "tools": []}},
        {"conversation_relay_config": {"url": "wss://a.example"}},
        {"dialogflow_config": {}},
        {"supervisor_role": "whisper"},
        {"send_digits_on_answer": "call me"},
        {"conference_config": {"conference_name": "c", "text": "hi"}},
        {"sip_auth_password": 7},
    ],
)
def test_what_cannot_be_checked_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(AmbiguousRequest):
        call(**more)


def test_a_caller_id_may_be_a_sip_address() -> None:
    assert call(**{"from": "sip:a@b.example"}).sender.kind == "sip"
