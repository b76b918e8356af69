from __future__ import annotations

from gatekeeper.domain.decision import Decision, strictest
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import STAGE, Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Mode
from tests.support.judging import NOON


def finding(reason: Reason, verdict: Verdict, mode: Mode = Mode.ENFORCE) -> Finding:
    return Finding("r", reason, verdict, mode, STAGE[reason], "law", "So it is.")


def decision(verdict: Verdict, *findings: Finding) -> Decision:
    return Decision(verdict, findings, "hash", NOON)


def test_the_primary_reason_is_the_first_that_decides() -> None:
    flagged = finding(Reason.PURPOSE_MISMATCH, Verdict.FLAG)
    shadow = finding(Reason.CONSENT_MISSING, Verdict.BLOCK, Mode.SHADOW)
    first = finding(Reason.DNC_LISTED, Verdict.BLOCK)
    second = finding(Reason.CONTENT_PAYMENT, Verdict.BLOCK)
    blocked = decision(Verdict.BLOCK, flagged, shadow, first, second)
    assert blocked.primary is first
    assert blocked.reason == "dnc.listed"


def test_a_clean_allow_has_no_reason() -> None:
    assert decision(Verdict.ALLOW).reason is None
    shadow = finding(Reason.CONSENT_MISSING, Verdict.BLOCK, Mode.SHADOW)
    assert decision(Verdict.ALLOW, shadow).primary is None


def test_a_request_stands_under_its_strictest_recipient() -> None:
    allowed, held = decision(Verdict.ALLOW), decision(Verdict.HOLD)
    assert strictest((allowed, held, decision(Verdict.FLAG))) is held
