"""Does a native endpoint say what is wrong as RFC 9457 has it, and no more?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.domain.reason import Reason
from gatekeeper.errors import (
    AmbiguousRequest,
    CredentialInvalid,
    DependencyUnavailable,
    GatekeeperError,
    InputRejected,
    NotAllowed,
    NotThere,
)
from gatekeeper.proxy.problem import problem, problem_of


def test_a_problem_is_a_problem_document() -> None:
    response = problem(422, Reason.REQUEST_AMBIGUOUS, "body: missing")
    assert response.content_type == "application/problem+json"
    assert isinstance(response.body, bytes)
    assert json.loads(response.body) == {
        "type": "/help/reasons#request.ambiguous",
        "title": "request.ambiguous",
        "status": 422,
        "detail": "body: missing",
    }


@pytest.mark.parametrize(
    ("error", "status", "reason"),
    [
        (NotThere("there is no such tenant"), 404, Reason.REQUEST_AMBIGUOUS),
        (NotAllowed("left to others"), 403, Reason.CREDENTIAL_INVALID),
        (CredentialInvalid("whose"), 401, Reason.CREDENTIAL_INVALID),
        (AmbiguousRequest("twice"), 400, Reason.REQUEST_AMBIGUOUS),
        (AmbiguousRequest("too large", status=413), 413, Reason.REQUEST_AMBIGUOUS),
        (InputRejected("not so"), 422, Reason.REQUEST_AMBIGUOUS),
        (DependencyUnavailable("store", "why"), 503, Reason.DEPENDENCY_UNAVAILABLE),
        (GatekeeperError("?"), 500, Reason.INTERNAL_ERROR),
        (RuntimeError("?"), 500, Reason.INTERNAL_ERROR),
    ],
)
def test_an_error_becomes_its_status_and_reason(
    error: Exception, status: int, reason: Reason
) -> None:
    response = problem_of(error)
    assert isinstance(response.body, bytes)
    body = json.loads(response.body)
    assert (response.status, body["status"], body["title"]) == (status, status, reason)


def test_only_a_lost_dependency_may_be_tried_again() -> None:
    assert problem_of(DependencyUnavailable("store", "why")).headers["Retry-After"] == "5"
    assert "Retry-After" not in problem_of(InputRejected("not so")).headers


def test_a_missing_key_is_asked_for() -> None:
    assert problem_of(CredentialInvalid("x")).headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "error", [RuntimeError("CANARY"), DependencyUnavailable("store", "CANARY")]
)
def test_what_an_error_knows_stays_inside(error: Exception) -> None:
    body = problem_of(error).body
    assert isinstance(body, bytes) and b"CANARY" not in body
