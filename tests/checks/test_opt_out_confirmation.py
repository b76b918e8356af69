"""The one confirmation leaves a finding of its own; no other message does."""

from __future__ import annotations

from datetime import timedelta

from gatekeeper.checks.answer import CONFIRMATION, CONFIRMATION_TIME, ONCE
from gatekeeper.checks.opt_out_confirmation import CHECK
from gatekeeper.domain.consent import Consent, ConsentAct
from gatekeeper.domain.facts import LimitAnswer
from tests.support.judging import NOON, ask, facts, reason

STOPPED = Consent(ended_by=ConsentAct.OPT_OUT, ended_at=NOON)


def test_the_one_confirmation_is_told() -> None:
    given = facts(kind=CONFIRMATION, consent=STOPPED, at=NOON + CONFIRMATION_TIME)
    finding = ask(CHECK, given)
    assert finding is not None
    assert (finding.reason, finding.stage) == ("consent.revoked", 2)


def test_it_is_one_only_in_time_once_and_by_its_text() -> None:
    late = NOON + CONFIRMATION_TIME + timedelta(seconds=1)
    assert reason(CHECK, facts(kind=CONFIRMATION, consent=STOPPED, at=late)) is None
    used = (LimitAnswer(ONCE, 12.0),)
    assert reason(CHECK, facts(kind=CONFIRMATION, consent=STOPPED, limits=used)) is None
    free = (LimitAnswer(ONCE, 0.0), LimitAnswer("tenant", 3.0))
    assert reason(CHECK, facts(kind=CONFIRMATION, consent=STOPPED, limits=free)) is not None
    assert reason(CHECK, facts(kind="help_reply", consent=STOPPED)) is None
    assert reason(CHECK, facts(kind=CONFIRMATION)) is None
