"""Is a JSON text read with exactly one meaning?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from gatekeeper.errors import InputRejected
from gatekeeper.ledger.json_once import read_json

CANARY = "CANARY-4111"


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    n: int = 0


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str = ""
    size: float = 0.0
    inner: Inner = Inner()
    any: Any = None


@pytest.mark.parametrize(
    "raw",
    [
        b'{"text": "a", "text": "b"}',
        b'{"inner": {"n": 1, "n": 2}}',
        b'{"any": [[{"a": 1, "\\u0061": 2}]]}',
        b'{"size": NaN}',
        b'{"size": -Infinity}',
        b'{"size": 1',
        b"",
        b"\xff",
        '{"text": "hi"}'.encode("utf-16"),
        b'{"any": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"any": ' + b"9" * 10_000 + b"}",
        b"{'text': 'hi'}",
        b'{"text": "hi",}',
        b'{"text": "hi"} {}',
    ],
    ids=lambda raw: repr(raw[:24]),
)
def test_a_text_that_readers_may_understand_differently_is_refused(raw: bytes) -> None:
    with pytest.raises(InputRejected, match="not valid JSON with each key once"):
        read_json(raw, Body)


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b'{"text": 5}', "text: "),
        (b'{"inner": {"n": "CANARY-4111"}}', "inner.n: "),
        (b'{"extra": "CANARY-4111"}', "extra: "),
        (b'["CANARY-4111"]', "body: "),
        (b'{"text": "\\ud800CANARY-4111"}', "body: "),
    ],
)
def test_a_fault_is_told_by_its_place_and_not_repeated(raw: bytes, place: str) -> None:
    with pytest.raises(InputRejected) as caught:
        read_json(raw, Body)
    assert str(caught.value).startswith(place)
    assert CANARY not in str(caught.value)


@given(st.binary(max_size=200))
def test_no_bytes_do_anything_but_be_read_or_refused(raw: bytes) -> None:
    try:
        read_json(raw, Body)
    except InputRejected as error:
        assert len(str(error)) < 1000


@given(
    st.dictionaries(st.text(st.characters(codec="utf-8")), st.none() | st.text("ab"), max_size=5)
)
def test_whatever_json_says_it_is_read_as_it_says(inner: dict[str, str | None]) -> None:
    assert read_json(json.dumps({"any": inner}).encode(), Body).any == inner
