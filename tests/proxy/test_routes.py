"""Is a native request read as what it must be, and answered as what it is?"""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from gatekeeper.errors import CredentialInvalid, InputRejected
from gatekeeper.providers.contract import RawRequest
from gatekeeper.proxy.routes import Call, body_of, json_response


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


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "json"])
def test_only_json_is_read(kind: str | None) -> None:
    with pytest.raises(InputRejected, match="application/json"):
        body_of(posted(b"{}", kind), Body)


def test_parameters_and_case_of_the_type_do_not_matter() -> None:
    body_of(posted(b"{}", "Application/JSON; charset=utf-8"), Body)


def test_a_call_without_a_caller_has_no_tenant() -> None:
    with pytest.raises(CredentialInvalid):
        _ = Call(None, posted(b""), {}).tenant


def test_an_answer_is_json_under_the_gates_name() -> None:
    response = json_response(Body(text="hi"), 201)
    assert (response.status, response.content_type) == (201, "application/json")
    assert response.headers["Server"] == "gatekeeper"
