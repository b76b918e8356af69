from __future__ import annotations

from gatekeeper.checks.denied_place import CHECK
from gatekeeper.domain.number import Number, Reading
from tests.support.judging import ask, facts, reason


def test_a_denied_plan_is_a_finding_though_the_number_begins_with_plus_one() -> None:
    dominican = facts(recipient=Reading(Number("+18092200123", "DO", "809")))
    assert reason(CHECK, dominican, regions=["DO"]) == "destination.denied_country"


def test_other_plans_and_addresses_without_a_number_are_not_spoken_of() -> None:
    assert ask(CHECK, facts(), regions=["DO"]) is None
    assert ask(CHECK, facts(recipient=Reading(None)), regions=["DO"]) is None
