"""Does a spoken message say what it says, by a voice or a recording and never both?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers import INFOBIP
from gatekeeper.providers.contract import RawRequest

JSON = (("Content-Type", "application/json"),)
ENDS = {"from": "13122000201", "to": "12122000211"}


def parse(target: str, body: object) -> OutboundRequest:
    raw = RawRequest("POST", target, JSON, json.dumps(body).encode())
    operation = INFOBIP.match(raw)
    assert operation is not None
    return INFOBIP.parse(raw, operation)


@pytest.mark.parametrize("say", [{}, {"text": "a", "audioFileUrl": "https://a.example"}])
def test_it_says_one_thing(say: dict[str, str]) -> None:
    with pytest.raises(AmbiguousRequest, match="Exactly one"):
        parse("/tts/3/single", {**ENDS, **say})


def test_several_are_messages_of_their_own() -> None:
    body = {"messages": [{**ENDS, "text": "a"}, {**ENDS, "text": "b"}]}
    request = parse("/tts/3/multi", body)
    assert [part.text for part in (*request.parts, *request.also[0].parts)] == ["a", "b"]
