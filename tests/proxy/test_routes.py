"""Is a JSON body read with exactly one meaning?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from gatekeeper.errors import CredentialInvalid, InputRejected
from gatekeeper.providers.contract import RawRequest
from gatekeeper.proxy.routes import Call, body_of, json_response, read_json

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


def posted(body: bytes, kind: str | None = "application/json") -> RawRequest:
    headers = () if kind is None else (("content-type", kind),)
    return RawRequest("POST", "/v1/x", headers, body)


def test_a_good_body_becomes_its_model() -> None:
    body = body_of(posted(b'{"text": "hi", "inner": {"n": 2}}'), Body)
    assert (body.text, body.inner.n) == ("hi", 2)


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


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "json"])
def test_only_json_is_read(kind: str | None) -> None:
    with pytest.raises(InputRejected, match="application/json"):
        body_of(posted(b"{}", kind), Body)


def test_parameters_and_case_of_the_type_do_not_matter() -> None:
    body_of(posted(b"{}", "Application/JSON; charset=utf-8"), Body)


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


def test_a_call_without_a_caller_has_no_tenant() -> None:
    with pytest.raises(CredentialInvalid):
        _ = Call(None, posted(b""), {}).tenant


def test_an_answer_is_json_under_the_gates_name() -> None:
    response = json_response(Body(text="hi"), 201)
    assert (response.status, response.content_type) == (201, "application/json")
    assert response.headers["Server"] == "gatekeeper"
