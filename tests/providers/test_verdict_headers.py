"""Does every refusal carry the gate's verdict, and nothing that a header must not hold?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.providers.contract import Refusal
from gatekeeper.providers.verdict_headers import RETRIED, fixed_status, verdict_headers


def test_the_verdict_is_told_and_what_is_unknown_is_left_out() -> None:
    refusal = Refusal(Reason.CONSENT_REVOKED, Verdict.BLOCK, "No.", decision="d1", rule="us.optout")
    headers = dict(verdict_headers(refusal, 400))
    assert headers == {
        "Content-Type": "application/json",
        "Gatekeeper-Decision": "d1",
        "Gatekeeper-Verdict": "block",
        "Gatekeeper-Reason": "consent.revoked",
        "Gatekeeper-Rule": "us.optout",
        "Gatekeeper-Help": "/help/reasons#consent.revoked",
    }


@pytest.mark.parametrize("status", [429, 503])
def test_what_may_be_tried_again_says_when(status: int) -> None:
    soon = Refusal(Reason.RATE_LIMITED, Verdict.BLOCK, "", retry_after=0)
    late = Refusal(Reason.RATE_LIMITED, Verdict.BLOCK, "", retry_after=9)
    assert dict(verdict_headers(soon, status))["Retry-After"] == "5"
    assert dict(verdict_headers(late, status))["Retry-After"] == "9"
    assert "Retry-After" not in dict(verdict_headers(late, 400))


def test_only_a_bad_credential_is_challenged() -> None:
    bad = Refusal(Reason.CREDENTIAL_INVALID, Verdict.BLOCK, "")
    other = Refusal(Reason.TERMS_MISSING, Verdict.BLOCK, "")
    assert dict(verdict_headers(bad, 401, "Bearer"))["WWW-Authenticate"] == "Bearer"
    assert "WWW-Authenticate" not in dict(verdict_headers(other, 401, "Bearer"))


def test_no_value_can_start_another_header() -> None:
    refusal = Refusal(
        Reason.QUIET_HOURS, Verdict.BLOCK, "", rule="a\r\nSet-Cookie: x", decision="é"
    )
    headers = dict(verdict_headers(refusal, 400))
    assert headers["Gatekeeper-Rule"] == "a??Set-Cookie: x"
    assert headers["Gatekeeper-Decision"] == "?"


@pytest.mark.parametrize("status", [*sorted(RETRIED), 200, None])
def test_a_status_that_sdks_would_try_again_is_never_fixed(status: int | None) -> None:
    refusal = Refusal(Reason.QUIET_HOURS, Verdict.BLOCK, "", status=status)
    assert fixed_status(refusal, 400) == 400


@pytest.mark.parametrize("status", [404, 413, 415, 504])
def test_another_status_may_be_fixed(status: int) -> None:
    assert (
        fixed_status(Refusal(Reason.QUIET_HOURS, Verdict.BLOCK, "", status=status), 400) == status
    )
