"""Which answers to a send say that the recipient opted out?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.providers import TWILIO
from gatekeeper.providers.contract import Reply
from gatekeeper.providers.twilio.inbound_codes import meaning_of
from gatekeeper.providers.webhook import Meaning


@pytest.mark.parametrize(
    ("status", "body", "meaning"),
    [
        (400, {"code": 21610, "status": 400}, Meaning.OPTED_OUT),
        (400, {"code": 21211}, Meaning.OTHER),
        (201, {"code": 21610}, Meaning.OTHER),
        (503, {"code": 21610}, Meaning.OTHER),
        (400, [21610], Meaning.OTHER),
        (400, {"code": "21610"}, Meaning.OTHER),
        (400, None, Meaning.OTHER),
    ],
)
def test_only_a_refusal_with_the_code_says_so(status: int, body: object, meaning: Meaning) -> None:
    assert TWILIO.told(Reply(status, (), json.dumps(body).encode())) is meaning


def test_what_is_no_json_says_nothing() -> None:
    assert TWILIO.told(Reply(400, (), b"<html>21610")) is Meaning.OTHER


@pytest.mark.parametrize("code", ["30003", "30004", "30005", "30006", "30007", "63016", ""])
def test_no_more_is_learned_than_the_code_says(code: str) -> None:
    assert meaning_of(code) is Meaning.OTHER
