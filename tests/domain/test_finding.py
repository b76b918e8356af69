from __future__ import annotations

from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Mode


def finding(mode: Mode) -> Finding:
    return Finding("r", Reason.QUIET_HOURS, Verdict.DEFER, mode, 8, "law", "Too late.")


def test_an_enforced_finding_counts_and_one_in_shadow_does_not() -> None:
    assert finding(Mode.ENFORCE).effect is Verdict.DEFER
    assert finding(Mode.SHADOW).effect is Verdict.ALLOW
