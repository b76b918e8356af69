"""Does a command on a live call reach whom Plivo names, and nobody else?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers import PLIVO
from gatekeeper.providers.contract import RawRequest, Reply
from gatekeeper.providers.plivo.live_calls import PlivoLookup
from tests.support.plivo_requests import ROOT, captured, parsed, request

LOOKUP = PlivoLookup()
SPEAK = request("Call/93b35e56/Speak/", {"text": "hi"})


def question(raw: RawRequest) -> RawRequest | None:
    """What Plivo is asked about a request."""
    operation = PLIVO.match(raw)
    assert operation is not None
    return LOOKUP.question(raw, operation)


def answer(body: Any) -> Reply:
    """What Plivo says of a live call."""
    return Reply(200, (), json.dumps(body).encode())


def test_the_sdks_speech_is_read_before_its_people_are_known() -> None:
    read = parsed(captured()["speak"])
    assert read.recipients == ()
    assert "Your parcel arrives today." in [part.text for part in read.parts]


def test_the_live_call_is_asked_for_under_the_apps_credential() -> None:
    asked = question(SPEAK)
    assert asked is not None
    assert (asked.method, asked.target) == ("GET", f"{ROOT}Call/93b35e56/?status=live")
    assert asked.header("Authorization") == SPEAK.header("Authorization")
    assert asked.body == b""
    assert question(request("Message/", {})) is None


@pytest.mark.parametrize(
    ("direction", "person"), [("outbound", "+12122000211"), ("inbound", "+13122000201")]
)
def test_the_other_end_is_who_hears_it(direction: str, person: str) -> None:
    told = answer({"direction": direction, "from": "13122000201", "to": "12122000211"})
    read = LOOKUP.answered(parsed(SPEAK), told)
    assert [each.value for each in read.recipients] == [person]
    assert read.sender.value != person


@pytest.mark.parametrize(
    "body",
    [[], {}, {"direction": "sideways", "from": "1", "to": "2"}, {"direction": "outbound"},
     {"direction": "outbound", "from": "", "to": "2"},
     {"direction": "outbound", "from": 1, "to": 2}],
)  # fmt: skip
def test_an_answer_that_names_nobody_is_refused(body: Any) -> None:
    with pytest.raises(AmbiguousRequest, match="cannot be read"):
        LOOKUP.answered(parsed(SPEAK), answer(body))
    with pytest.raises(AmbiguousRequest):
        LOOKUP.answered(parsed(SPEAK), Reply(200, (), b"{"))


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("Speak/", {"text": "hi", "legs": "bleg"}),
        ("Speak/", {}),
        ("Play/", {"urls": "a", "legs": "both"}),
        ("DTMF/", {"digits": "call me"}),
        ("", {"legs": "both", "aleg_url": "a"}),
        ("", {"bleg_url": "a"}),
    ],
)
def test_what_reaches_somebody_else_or_says_nothing_is_refused(path: str, body: Any) -> None:
    with pytest.raises(AmbiguousRequest):
        parsed(request(f"Call/93b35e56/{path}", body))
