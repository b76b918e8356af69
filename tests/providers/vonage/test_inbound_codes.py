"""Which states and answers tell that somebody does not want messages?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.providers.contract import Reply
from gatekeeper.providers.vonage.inbound_codes import code_of, meaning_of, told
from gatekeeper.providers.webhook import Meaning

ERRORS = "https://developer.vonage.com/api-errors/messages#"


def error(code: str, title: str) -> dict[str, Any]:
    """A rejected status of the Messages API."""
    return {"status": "rejected", "error": {"type": ERRORS + code, "title": title}}


@pytest.mark.parametrize(
    ("said", "meaning", "code"),
    [
        ({"status": "failed", "err-code": "9"}, Meaning.OPTED_OUT, "9"),
        ({"status": "failed", "err-code": 9}, Meaning.OPTED_OUT, "9"),
        ({"status": "delivered", "err-code": "0"}, Meaning.OTHER, ""),
        ({"status": "failed", "err-code": "6"}, Meaning.OTHER, "6"),
        (error("1050", "Number barred"), Meaning.OPTED_OUT, "1050"),
        (error("1240", "Illegal Number"), Meaning.OPTED_OUT, "1240"),
        (error("1999", "The user opted out"), Meaning.OPTED_OUT, "1999"),
        (error("1220", "Anti-Spam Rejection"), Meaning.OTHER, "1220"),
        ({"status": "rejected", "error": "opted out"}, Meaning.OTHER, ""),
        ({"status": "delivered", "error": {"title": "opted out"}}, Meaning.OTHER, ""),
    ],
)
def test_a_state_tells_of_an_opt_out(said: Any, meaning: Meaning, code: str) -> None:
    assert (meaning_of(said), code_of(said)) == (meaning, code)


@pytest.mark.parametrize(
    ("status", "body", "meaning"),
    [
        (422, {"type": ERRORS + "1050"}, Meaning.OPTED_OUT),
        (422, {"type": ERRORS + "1020"}, Meaning.OTHER),
        (202, {"type": ERRORS + "1050"}, Meaning.OTHER),
        (200, {"messages": [{"status": "7"}]}, Meaning.OPTED_OUT),
        (200, {"messages": [{"status": "0"}]}, Meaning.OTHER),
        (200, {"messages": []}, Meaning.OTHER),
        (500, {"messages": [{"status": "7"}]}, Meaning.OTHER),
        (422, [], Meaning.OTHER),
    ],
)
def test_an_answer_tells_of_a_barred_number(status: int, body: Any, meaning: Meaning) -> None:
    assert told(Reply(status, (), json.dumps(body).encode())) is meaning


def test_an_answer_that_is_no_json_tells_nothing() -> None:
    assert told(Reply(422, (), b"<html>")) is Meaning.OTHER
