"""Is one credential read from the header, or none, and is nothing else changed with it?"""

from __future__ import annotations

from base64 import b64encode

import pytest

from gatekeeper.providers.authorization import as_basic, as_bearer, basic, bearer, keyed, under
from gatekeeper.providers.contract import RawRequest


def raw(*authorizations: str) -> RawRequest:
    headers = tuple(("authorization", value) for value in authorizations)
    return RawRequest("POST", "/v1/x?y=1", (("A", "b"), *headers), b"{}", "rest")


def test_a_bearer_token_is_read_in_any_case_of_its_scheme() -> None:
    assert bearer(raw("Bearer gk_live_abc")) == "gk_live_abc"
    assert bearer(raw("bearer eyJ0.eyJh.c2ln")) == "eyJ0.eyJh.c2ln"


@pytest.mark.parametrize(
    "values",
    [(), ("Bearer a", "Bearer b"), ("Bearer",), ("Bearer a b",), ("Token a",), ("Bearer a,b",)],
)
def test_what_has_no_one_reading_is_no_token(values: tuple[str, ...]) -> None:
    assert bearer(raw(*values)) is None


def test_a_pair_is_read_as_it_is_written() -> None:
    assert basic(raw(as_basic("user", "pass:word"))) == ("user", "pass:word")
    assert basic(raw(as_basic("é", "ü"))) == ("é", "ü")


@pytest.mark.parametrize(
    "decoded", [b"", b"user", b"user:", b":password", b"us\ner:pass", b"\xff:pass", b"u:p\0"]
)
def test_a_pair_that_is_not_whole_or_not_printable_is_none(decoded: bytes) -> None:
    assert basic(raw("Basic " + b64encode(decoded).decode())) is None


def test_a_pair_in_a_base64_of_many_readings_is_none() -> None:
    assert basic(raw("Basic dTpw")) == ("u", "p")
    assert basic(raw("Basic dTpwcB==")) is None
    assert basic(raw("Basic dTpw", "Basic dTpw")) is None


def test_only_the_header_and_the_target_change() -> None:
    sent = under(raw("Bearer mine"), as_bearer("theirs"), "/v1/z")
    assert sent == RawRequest(
        "POST", "/v1/z", (("A", "b"), ("authorization", "Bearer theirs")), b"{}", "rest"
    )
    assert under(raw("Bearer mine"), "Bearer theirs").target == "/v1/x?y=1"


def test_a_key_under_a_scheme_of_its_own_is_read_alone() -> None:
    def asked(*values: str) -> RawRequest:
        return RawRequest("POST", "/", tuple(("Authorization", value) for value in values), b"")

    assert keyed(asked("AccessKey k-1"), "AccessKey") == "k-1"
    assert keyed(asked("accesskey   k-1 "), "AccessKey") == "k-1"
    for others in (("App k",), ("AccessKey",), ("AccessKey a b",), ("AccessKey a",) * 2, ()):
        assert keyed(asked(*others), "AccessKey") is None
