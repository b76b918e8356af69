from __future__ import annotations

import pytest

from gatekeeper.checks.destination import CHECK
from gatekeeper.domain.number import Reading
from gatekeeper.domain.reason import Reason
from tests.support.judging import ask, facts, reason

EVERY = [reason for reason in Reason if reason.startswith("destination.")]


@pytest.mark.parametrize("problem", EVERY)
def test_each_problem_of_the_address_is_its_own_reason(problem: Reason) -> None:
    given = facts(recipient=Reading(None, problem, "An odd address."))
    finding = ask(CHECK, given, problems=[problem])
    assert finding is not None
    assert finding.reason is problem
    assert finding.detail == "An odd address."


def test_a_problem_of_another_rule_is_not_told_twice() -> None:
    given = facts(recipient=Reading(None, Reason.DESTINATION_PREMIUM))
    assert ask(CHECK, given, problems=["destination.emergency"]) is None


def test_fictional_numbers_pass_in_the_sandbox_alone_and_emergency_numbers_nowhere() -> None:
    fictional = Reading(None, Reason.DESTINATION_FICTIONAL)
    assert (
        ask(CHECK, facts(recipient=fictional, sandbox=True), problems=[fictional.problem]) is None
    )
    assert ask(CHECK, facts(recipient=fictional), problems=[fictional.problem]) is not None
    emergency = facts(recipient=Reading(None, Reason.DESTINATION_EMERGENCY), sandbox=True)
    assert reason(CHECK, emergency, problems=EVERY) == "destination.emergency"


def test_a_reading_without_words_still_gets_a_sentence() -> None:
    finding = ask(CHECK, facts(recipient=Reading(None, Reason.DESTINATION_PREMIUM)), problems=EVERY)
    assert finding is not None
    assert finding.detail == "The destination reads as premium."
