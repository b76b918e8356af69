"""Is a recipient left out of a text of numbers or of an array, and all else left as it is?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.providers import MESSAGEBIRD
from gatekeeper.providers.contract import RawRequest

JSON = (("Content-Type", "application/json"),)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"12122000211,+12122000212, 12122000213"', '"12122000211, 12122000213"'),
        ('[12122000211, "12122000212", "12122000213"]', '[12122000211, "12122000213"]'),
    ],
)
def test_the_others_stay_as_they_were_written(before: str, after: str) -> None:
    body = '{"originator":"a", "recipients": %s ,"body":"Ça"}'
    raw = RawRequest("POST", "/messages", JSON, (body % before).encode())
    operation = MESSAGEBIRD.match(raw)
    assert operation is not None
    dropped = MESSAGEBIRD.drop(raw, operation, [1])
    assert dropped is not None
    assert dropped.body.decode() == body % after
    assert MESSAGEBIRD.drop(raw, operation, [0, 1, 2]) is None


def test_a_single_number_cannot_be_left_out() -> None:
    told = {"originator": "a", "recipients": 12122000211, "body": "x"}
    raw = RawRequest("POST", "/messages", JSON, json.dumps(told).encode())
    operation = MESSAGEBIRD.match(raw)
    assert operation is not None
    assert MESSAGEBIRD.parse(raw, operation).recipients[0].value == "+12122000211"
    assert MESSAGEBIRD.drop(raw, operation, [0]) is None
