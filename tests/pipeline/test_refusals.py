"""How a decision or a failure becomes the refusal that a provider words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gatekeeper.domain.decision import Decision
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import OWN_WILL_STAGE, Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel, Mode
from gatekeeper.errors import AmbiguousRequest, CredentialInvalid, DependencyUnavailable
from gatekeeper.pipeline import refusals
from gatekeeper.providers.contract import Refusal
from tests.support.judging import NOON


def refused(
    reason: Reason, verdict: Verdict = Verdict.BLOCK, stage: int = 5, **changes: object
) -> Refusal:
    found = Finding("t.rule", reason, verdict, Mode.ENFORCE, stage, "a law", "because")
    decision = Decision(verdict, (found,), "hash", NOON, **changes)  # type: ignore[arg-type]
    return refusals.of_decision(decision, Channel.SMS, "r1")


def test_the_primary_finding_gives_reason_rule_and_words() -> None:
    told = refused(Reason.CONSENT_MISSING)
    assert (told.reason, told.rule, told.decision) == (Reason.CONSENT_MISSING, "t.rule", "r1")
    assert told.message == "Blocked: because"
    assert told.retry_after is None


@pytest.mark.parametrize(
    ("stage", "reason"),
    [(OWN_WILL_STAGE, Reason.CONSENT_REVOKED), (5, Reason.DNC_LISTED)],
)
def test_only_the_list_of_the_recipients_own_will_is_told_as_an_opt_out(
    stage: int, reason: Reason
) -> None:
    assert refused(Reason.DNC_LISTED, stage=stage).reason is reason


def test_a_deferred_message_tells_when_it_may_go() -> None:
    until = NOON + timedelta(hours=3)
    told = refused(Reason.QUIET_HOURS, Verdict.DEFER, next_allowed_at=until)
    assert told.next_allowed_at == until.isoformat()
    assert told.retry_after is None
    assert "not queued yet" in told.message


@pytest.mark.parametrize(("wait", "seconds"), [(0.2, 1), (1.0, 2), (9.4, 10)])
def test_a_limiter_tells_in_whole_seconds_when_to_try_again(wait: float, seconds: int) -> None:
    until = NOON + timedelta(seconds=wait)
    told = refused(Reason.RATE_LIMITED, Verdict.DEFER, next_allowed_at=until)
    assert told.retry_after is not None
    assert wait <= told.retry_after <= seconds


def test_a_clean_decision_is_no_refusal() -> None:
    with pytest.raises(ValueError, match="clean"):
        refusals.of_decision(Decision(Verdict.ALLOW, (), "hash", NOON), Channel.SMS, "r1")


@pytest.mark.parametrize(
    ("error", "reason", "status", "retry"),
    [
        (AmbiguousRequest("two", status=415), Reason.REQUEST_AMBIGUOUS, 415, False),
        (CredentialInvalid("secret detail"), Reason.CREDENTIAL_INVALID, None, False),
        (DependencyUnavailable("store", "detail"), Reason.DEPENDENCY_UNAVAILABLE, None, True),
        (ZeroDivisionError("secret detail"), Reason.INTERNAL_ERROR, None, True),
    ],
)
def test_every_error_refuses_and_an_unforeseen_one_tells_nothing(
    error: Exception, reason: Reason, status: int | None, retry: bool
) -> None:
    told = refusals.of_error(error, "r1")
    assert (told.reason, told.status, told.verdict) == (reason, status, Verdict.BLOCK)
    assert (told.retry_after is not None) is retry
    assert "detail" not in told.message


def test_an_unknown_outcome_is_504_and_says_not_to_send_again() -> None:
    told = refusals.unknown_outcome("r1", Channel.VOICE)
    assert (told.status, told.retry_after, told.channel) == (504, None, Channel.VOICE)
    assert "may have been sent" in told.message


def test_a_mismatch_is_422() -> None:
    told = refusals.mismatch("r1", Channel.SMS)
    assert (told.status, told.reason) == (422, Reason.IDEMPOTENCY_MISMATCH)
