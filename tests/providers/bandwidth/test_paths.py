"""What does each path mean to Bandwidth?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.providers.bandwidth.paths import match
from gatekeeper.providers.contract import Handling, RawRequest

JSON = (("Content-Type", "application/json"),)


def asked(method: str, target: str, body: object = None) -> RawRequest:
    return RawRequest(method, target, JSON, b"" if body is None else json.dumps(body).encode())


@pytest.mark.parametrize(
    ("target", "service"),
    [
        ("/api/v2/users/9900000/messages", ""),
        ("/api/v2/accounts/9900000/calls", "voice"),
        ("/api/v1/accounts/9900000/code/messaging", "mfa"),
    ],
)
def test_a_path_tells_its_service_whatever_host_was_asked(target: str, service: str) -> None:
    assert match(asked("POST", target)).service == service
    assert match(asked("GET", target)).service == service


def test_the_account_is_that_of_the_path() -> None:
    assert match(asked("POST", "/api/v2/users/9900000/messages")).account == "9900000"
    assert match(asked("GET", "/api/v2/tollFreeVerification/useCases")).account == ""


@pytest.mark.parametrize(
    "body", [{}, {"state": "active"}, {"state": ["completed"]}, {"state": "completed", "tag": "x"}]
)
def test_a_live_call_is_ended_and_nothing_else(body: object) -> None:
    path = "/api/v2/accounts/9900000/calls/c-1"
    assert match(asked("POST", path, body)).handling is Handling.REFUSE
    assert match(asked("POST", path, {"state": "completed"})).handling is Handling.PASS
    conference = "/api/v2/accounts/9900000/conferences/conf-1"
    assert match(asked("POST", conference, {"status": "completed"})).handling is Handling.PASS


def test_a_change_that_cannot_be_read_is_refused() -> None:
    raw = RawRequest("POST", "/api/v2/accounts/9900000/calls/c-1", JSON, b"{")
    assert match(raw).handling is Handling.REFUSE


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("POST", "/api/v2/users/9900000/Messages"),
        ("POST", "/api/v2/users/9900000/messages/"),
        ("POST", "/api/v2/users/9900000%2Fmessages"),
        ("POST", "/api/v2/users/9900000/./messages"),
        ("POST", "/v2/users/9900000/messages"),
        ("POST", "/api/v2/accounts/9900000/phoneNumberLookup"),
        ("PUT", "/api/v2/accounts/9900000/conferences/conf-1/bxml"),
        ("DELETE", "/api/v2/accounts/9900000/calls/c-1"),
    ],
)
def test_what_is_not_named_is_not_passed_on(method: str, target: str) -> None:
    assert match(asked(method, target, {})).handling is Handling.REFUSE


def test_recordings_and_files_can_be_deleted() -> None:
    for path in ("accounts/9900000/calls/c-1/recordings/r-1/media", "users/9900000/media/a/b.png"):
        assert match(asked("DELETE", f"/api/v2/{path}")).handling is Handling.PASS
