"""Does a request that no list names pass only if it can send nothing?"""

from __future__ import annotations

import pytest

from gatekeeper.providers.closed import not_here, overridden, refused, showing, unnamed
from gatekeeper.providers.contract import Handling, Headers, RawRequest


def raw(method: str, target: str = "/v1/x", headers: Headers = (), body: bytes = b"") -> RawRequest:
    return RawRequest(method, target, headers, body)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_read_passes(method: str) -> None:
    operation = unnamed(raw(method), "AC1")
    assert (operation.handling, operation.account) == (Handling.PASS, "AC1")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "SEND", "get"])
def test_every_other_method_is_refused(method: str) -> None:
    assert unnamed(raw(method)).handling is Handling.REFUSE


def test_a_read_with_a_body_is_refused() -> None:
    assert unnamed(raw("GET", body=b"{}")).handling is Handling.REFUSE


@pytest.mark.parametrize(
    "asking",
    [
        raw("GET", headers=(("X-HTTP-Method-Override", "POST"),)),
        raw("GET", headers=(("x-method-override", "POST"),)),
        raw("GET", "/v1/x?_method=POST"),
        raw("GET", "/v1/x?%5Fmethod=POST"),
    ],
)
def test_a_read_that_asks_to_be_taken_for_a_send_is_refused(asking: RawRequest) -> None:
    assert overridden(asking)
    assert unnamed(asking).handling is Handling.REFUSE


@pytest.mark.parametrize(
    ("target", "passes"),
    [
        ("/v1/x?a=%2F..%2F", True),
        ("/v1/numbers/%2B13122000201", True),
        ("/v1/a:b/c@d", True),
        ("/", True),
        ("/v1/%61pps", False),
        ("/v1//apps", False),
        ("/v1/x/", True),
        ("/v1/./apps", False),
        ("/v1/x/..", False),
        ("/v1/x/../apps", False),
        ("/v1/x%2Fapps", False),
        ("/v1/x;a/apps", False),
        ("/v1/x\\apps", False),
        ("v1/x", False),
    ],
)
def test_a_read_passes_only_by_a_path_with_one_reading(target: str, passes: bool) -> None:
    assert (unnamed(raw("GET", target)).handling is Handling.PASS) is passes


def test_a_refusal_says_why_and_repeats_no_strange_method() -> None:
    assert refused("Because.", "AC1", 404).detail == "Because."
    assert not_here(raw("DELETE")).detail == "DELETE is not allowed here."
    assert "SECRET" not in not_here(raw("SECRET")).detail
    assert not_here(raw("PUT")).status == 405


@pytest.mark.parametrize(
    "path",
    ["/v1/webhooks", "/voice/masking/2/Credentials", "/a/session-credentials/1", "/api-keys"],
)
def test_a_read_that_shows_a_secret_is_refused(path: str) -> None:
    operation = showing(RawRequest("GET", path, (), b""), "acme")
    assert operation is not None
    assert (operation.handling, operation.account) == (Handling.REFUSE, "acme")
    assert showing(RawRequest("POST", path, (), b"")) is None
    assert showing(RawRequest("GET", "/v1/messages", (), b"")) is None
