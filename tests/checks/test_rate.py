from __future__ import annotations

from datetime import timedelta

from gatekeeper.checks.rate import CHECK
from gatekeeper.domain.facts import LimitAnswer
from tests.support.judging import NOON, ask, facts


def test_the_longest_wait_is_told() -> None:
    answers = (LimitAnswer("tenant", 0.5), LimitAnswer("sender", 2.0), LimitAnswer("application"))
    finding = ask(CHECK, facts(limits=answers))
    assert finding is not None
    assert finding.reason == "rate.limited"
    assert finding.until == NOON + timedelta(seconds=2)
    assert "sender" in finding.detail


def test_limits_that_let_the_message_in_are_no_finding() -> None:
    assert ask(CHECK, facts(limits=(LimitAnswer("tenant"),))) is None
    assert ask(CHECK, facts()) is None
