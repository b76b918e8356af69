from __future__ import annotations

import pytest

from gatekeeper.checks.own_will import CHECK
from gatekeeper.domain.consent import ENDINGS, Basis, Consent, ConsentAct
from tests.support.judging import NOON, ask, facts, reason


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (ConsentAct.OPT_OUT, "consent.revoked"),
        (ConsentAct.REASSIGNED, "consent.reassigned"),
        (ConsentAct.WRONG_NUMBER, "consent.reassigned"),
    ],
)
def test_each_ending_has_its_reason_and_the_stage_of_the_own_will(
    act: ConsentAct, expected: str
) -> None:
    finding = ask(CHECK, facts(consent=Consent(ended_by=act, ended_at=NOON)))
    assert finding is not None
    assert (finding.reason, finding.stage) == (expected, 2)


def test_no_ending_is_without_a_reason() -> None:
    assert all(reason(CHECK, facts(consent=Consent(ended_by=act))) for act in ENDINGS)


def test_consent_and_the_one_confirmation_pass() -> None:
    assert ask(CHECK, facts()) is None
    stopped = Consent(ended_by=ConsentAct.OPT_OUT, ended_at=NOON)
    assert ask(CHECK, facts(consent=stopped, kind="opt_out_confirmation")) is None


def test_a_stop_of_other_messages_counts_where_the_rule_says_so() -> None:
    elsewhere = facts(consent=Consent(basis=Basis.EXPRESS, stopped_elsewhere_at=NOON))
    assert ask(CHECK, elsewhere) is None
    assert reason(CHECK, elsewhere, elsewhere=True) == "consent.revoked"
    assert ask(CHECK, facts(), elsewhere=True) is None


def test_a_stop_of_these_messages_is_told_once() -> None:
    """By the rule of the own will; the one about other messages is silent then."""
    stopped = Consent(ended_by=ConsentAct.OPT_OUT, ended_at=NOON, stopped_elsewhere_at=NOON)
    assert ask(CHECK, facts(consent=stopped), elsewhere=True) is None
