"""Is nothing of a call left unread?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.bandwidth.calls import parse_call, parse_code
from gatekeeper.providers.contract import Handling, Operation, RawRequest

CALL = Operation("call", Handling.DECIDE, Channel.VOICE)
PLAIN = {"to": "+12122000211", "from": "+13122000201", "answerUrl": "https://app.example/a"}


def asked(**body: object) -> RawRequest:
    headers = (("Content-Type", "application/json"),)
    return RawRequest("POST", "/", headers, json.dumps(body).encode())


@pytest.mark.parametrize("missing", sorted(PLAIN))
def test_a_call_has_two_ends_and_something_to_say(missing: str) -> None:
    body = {name: value for name, value in PLAIN.items() if name != missing}
    with pytest.raises(AmbiguousRequest, match=f"The field {missing} is missing"):
        parse_call(asked(**body), CALL)


def test_what_a_call_says_is_opaque_and_its_passwords_are_no_text() -> None:
    request = parse_call(asked(**PLAIN, username="app", password="secret"), CALL)
    assert [each.ref for each in request.opaque] == ["https://app.example/a"]
    assert not request.parts


def test_a_code_needs_its_message() -> None:
    with pytest.raises(AmbiguousRequest, match="message is missing"):
        parse_code(asked(to="+12122000211", **{"from": "+13122000201"}), CALL)
