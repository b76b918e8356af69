from __future__ import annotations

import pytest
from pydantic import ValidationError

from gatekeeper.checks.denied_place import CHECK
from gatekeeper.domain.number import Number, Reading
from tests.support.judging import ask, facts, reason


def test_a_denied_plan_is_a_finding_though_the_number_begins_with_plus_one() -> None:
    dominican = facts(recipient=Reading(Number("+18092200123", "DO", "809")))
    assert reason(CHECK, dominican, regions=["DO"]) == "destination.denied_country"


def test_a_part_of_a_country_is_told_by_how_its_numbers_begin() -> None:
    simferopol = facts(recipient=Reading(Number("+79781234567", "RU")))
    assert reason(CHECK, simferopol, prefixes=["+7978"]) == "destination.denied_country"
    moscow = facts(recipient=Reading(Number("+79161234567", "RU")))
    assert ask(CHECK, moscow, prefixes=["+7978"]) is None


def test_a_beginning_is_written_as_a_number_is() -> None:
    with pytest.raises(ValidationError, match="write \\+7978"):
        ask(CHECK, facts(), prefixes=["7978"])


def test_other_plans_and_addresses_without_a_number_are_not_spoken_of() -> None:
    assert ask(CHECK, facts(), regions=["DO"]) is None
    assert ask(CHECK, facts(recipient=Reading(None)), regions=["DO"]) is None
