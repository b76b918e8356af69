"""Are recipients left out, and texts masked, with every other byte as it was?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from gatekeeper.domain.match import Span
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.sinch.batches import drop, parse_batch, redact
from gatekeeper.providers.sinch.paths import match

MANY = (
    '{ "to": ["+12122000211", "12122000212",  "+12122000213"], "from" : "+13122000201",\n'
    ' "body": "Hi ${n}", "parameters": {"n": {"12122000211": "Ana","+12122000212":"Bob",'
    ' "default": "you"}} }'
)


def raw(body: str) -> RawRequest:
    headers = (("Content-Type", "application/json"),)
    return RawRequest("POST", "/xms/v1/plan/batches", headers, body.encode())


def dropped(*indexes: int) -> str | None:
    left = drop(raw(MANY), indexes)
    return left.body.decode() if left else None


def test_a_recipient_goes_with_what_is_said_to_it_alone() -> None:
    assert dropped(0) == MANY.replace('"+12122000211", ', "").replace('"12122000211": "Ana",', "")
    assert dropped(1) == MANY.replace(', "12122000212"', "").replace(',"+12122000212":"Bob"', "")


def test_what_is_left_is_read_as_the_others_alone() -> None:
    rest = drop(raw(MANY), (0, 2))
    assert rest is not None
    read = parse_batch(rest, match(rest))
    assert [each.value for each in read.recipients] == ["+12122000212"]
    assert "Ana" not in [part.text for part in read.parts]


@pytest.mark.parametrize("indexes", [(0, 1, 2), (3,), (-1,)])
def test_nobody_left_or_nobody_there_is_none(indexes: Sequence[int]) -> None:
    assert dropped(*indexes) is None


def test_who_stands_there_twice_keeps_what_is_said_to_it() -> None:
    values = '"parameters": {"n": {"12122000211": "a"}}'
    body = f'{{"to": ["+12122000211", "12122000211"], "body": "${{n}}", {values}}}'
    left = drop(raw(body), (0,))
    assert left is not None
    assert json.loads(left.body)["parameters"] == {"n": {"12122000211": "a"}}


def test_a_text_and_a_parameter_are_masked_in_their_places() -> None:
    masked = redact(raw(MANY), (Span("parameters/n/1", 0, 2), Span("body", 0, 2)))
    assert masked is not None
    assert masked.body.decode() == MANY.replace('"Bob"', '"**b"').replace('"Hi ', '"** ')


def test_a_text_that_is_put_together_cannot_be_masked() -> None:
    assert redact(raw(MANY), (Span("body/0", 0, 2),)) is None
    binary = '{"to": ["+12122000211"], "type": "mt_binary", "body": "SGVsbG8=", "udh": ""}'
    assert redact(raw(binary), (Span("body", 0, 2),)) is None


def test_ten_thousand_recipients_are_refused() -> None:
    body: dict[str, Any] = {"to": ["+12122000211"] * 10_000, "body": "hi"}
    with pytest.raises(AmbiguousRequest, match="field to must have"):
        parse_batch(raw(json.dumps(body)), match(raw("{}")))
