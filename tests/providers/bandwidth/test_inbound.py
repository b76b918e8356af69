"""What does the gate learn from Bandwidth's webhooks?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.bandwidth.inbound import MOST, events, inbound
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.webhook import Meaning

MESSAGE = {
    "id": "14762070468292kw2fuqty55yp2b2",
    "owner": "+13122000201",
    "to": ["+13122000201"],
    "from": "+12122000211",
    "text": "STOP",
}
RECEIVED = {"type": "message-received", "to": "+13122000201", "message": MESSAGE}
FAILED = {
    "type": "message-failed",
    "to": "+12122000211",
    "errorCode": 4775,
    "message": {**MESSAGE, "from": "+13122000201", "to": ["+12122000211"]},
}


def hook(*said: Any) -> RawRequest:
    return RawRequest("POST", "/v1/inbound/bandwidth/app", (), json.dumps(said).encode())


def test_what_a_person_wrote_is_heard() -> None:
    (event,) = events(hook(RECEIVED))
    assert (event.meaning, event.text, event.channel) == (Meaning.MESSAGE, "STOP", Channel.SMS)
    assert event.person.value == "+12122000211"
    assert [each.value for each in event.senders] == ["+13122000201"]
    assert event.at is None


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        (4775, Meaning.OPTED_OUT),
        (4482, Meaning.OPTED_OUT),
        (4721, Meaning.REASSIGNED),
        (4720, Meaning.OTHER),
        (None, Meaning.OTHER),
    ],
)
def test_a_failure_tells_of_the_persons_will_by_its_code(
    code: int | None, meaning: Meaning
) -> None:
    (event,) = events(hook({**FAILED, "errorCode": code}))
    assert event.meaning is meaning
    assert event.person.value == "+12122000211"
    assert event.code == (str(code) if code else "")


def test_a_chosen_suggestion_is_what_the_person_said() -> None:
    inner = {**MESSAGE, "text": None, "channel": "RBM", "suggestionResponse": {"text": "STOP"}}
    (event,) = events(hook({**RECEIVED, "type": "suggestion-response", "message": inner}))
    assert (event.text, event.channel) == ("STOP", Channel.RCS)


def test_events_of_other_kinds_are_left_out() -> None:
    assert events(hook({"type": "requested-location-response"}, RECEIVED, FAILED))[0].text == "STOP"


@pytest.mark.parametrize(
    "said",
    [
        "x",
        {**RECEIVED, "message": "x"},
        {**RECEIVED, "message": {**MESSAGE, "id": "<a>"}},
        {**RECEIVED, "message": {**MESSAGE, "from": ""}},
        {**RECEIVED, "message": {**MESSAGE, "text": 7}},
    ],
)
def test_what_is_no_event_is_not_heard(said: Any) -> None:
    with pytest.raises(AmbiguousRequest):
        events(hook(said))


def test_a_webhook_is_a_list_of_bounded_length_that_was_posted() -> None:
    assert inbound(hook(RECEIVED)).account == ""
    for raw in (
        RawRequest("GET", "/", (), b"[]"),
        RawRequest("POST", "/", (), b"{}"),
        hook(*[{}] * (MOST + 1)),
    ):
        with pytest.raises(AmbiguousRequest):
            inbound(raw)
