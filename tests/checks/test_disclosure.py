"""What must a text tell, and of which messages is that asked?"""

from __future__ import annotations

from datetime import timedelta

from gatekeeper.checks.disclosure import CHECK
from gatekeeper.domain.consent import Basis, Consent, ConsentAct
from tests.support.judging import NOON, ask, facts, reason, rule

SOME = frozenset({"sender"})
MISSING = "disclosure.missing"


def test_what_is_not_told_is_named_in_the_finding() -> None:
    finding = ask(CHECK, facts(disclosures=SOME), need=["sender", "opt_out", "fees"])
    assert finding is not None
    assert finding.reason == MISSING
    assert finding.detail == (
        "The text does not tell that message and data rates may apply, how to stop such messages."
    )
    assert ask(CHECK, facts(disclosures=SOME), need=["sender"]) is None


def test_a_text_that_nobody_knows_is_left_to_the_rule_of_what_cannot_be_inspected() -> None:
    assert reason(CHECK, facts(disclosures=None), need=["sender"]) is None
    assert reason(CHECK, facts(disclosures=frozenset()), need=["sender"]) == MISSING


def test_both_sides_are_told_to_explain_an_answer_by() -> None:
    asked = rule(CHECK, need=["opt_out"])
    assert CHECK.compared is not None
    assert CHECK.compared(facts(disclosures=SOME), asked).value == "told: sender"
    assert CHECK.compared(facts(disclosures=frozenset()), asked).value == "told: nothing"
    assert CHECK.compared(facts(disclosures=None), asked).value == "the texts are not known"
    assert CHECK.compared(facts(disclosures=SOME), asked).limit == "told: opt_out"


def test_only_a_machine_says_that_it_is_one() -> None:
    given = {"need": ["ai"], "when_automated": True}
    assert reason(CHECK, facts(disclosures=SOME), **given) is None
    assert reason(CHECK, facts(disclosures=SOME, automated=True), **given) == MISSING


def test_only_a_recorded_call_says_that_it_is_recorded() -> None:
    given = {"need": ["recording"], "when_recorded": True}
    assert reason(CHECK, facts(disclosures=SOME), **given) is None
    assert reason(CHECK, facts(disclosures=SOME, record=True), **given) == MISSING


def test_answers_to_the_recipient_are_asked_only_by_the_rule_of_help() -> None:
    answer = facts(disclosures=SOME, kind="help_reply")
    assert reason(CHECK, answer, need=["opt_out"]) is None
    assert reason(CHECK, answer, need=["opt_out"], of_help=True) == MISSING
    assert reason(CHECK, facts(disclosures=SOME), need=["opt_out"], of_help=True) is None
    stopped = Consent(
        basis=Basis.NONE, ended_by=ConsentAct.OPT_OUT, ended_at=NOON - timedelta(minutes=1)
    )
    confirmation = facts(disclosures=SOME, kind="opt_out_confirmation", consent=stopped)
    assert reason(CHECK, confirmation, need=["opt_out"]) is None
