"""Is it told what each list answered, and what the rule asks of it?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gatekeeper.checks.compared_lists import lists, reassigned
from gatekeeper.checks.dnc import CHECK
from gatekeeper.domain.facts import Listing
from gatekeeper.domain.words import ListAnswer
from tests.support.judging import NOON, facts, rule


def test_each_answer_with_what_the_rule_asks() -> None:
    asked = rule(CHECK, lists=("us-fl", "us-tx"), max_age_days=31, excused_by="express",
                 excuse_months={"purchase": 18})  # fmt: skip
    found = lists(facts(listings={"us-fl": Listing(ListAnswer.HIT)}), asked)
    assert found.value == "us-fl: hit, us-tx: not-checked"
    assert found.limit == (
        "clear, at most 31 days old; a hit is excused by express consent; "
        "by a relation: purchase within 18 months"
    )
    assert found.lists == ("us-fl", "us-tx")
    assert lists(facts(), rule(CHECK, lists=("us-fl",), required=False)).limit == (
        "clear, or not asked"
    )


@pytest.mark.parametrize(("age", "near"), [(27, False), (28, True), (34, True), (35, False)])
def test_a_list_that_is_soon_or_just_too_old_is_near(age: int, near: bool) -> None:
    listing = Listing(ListAnswer.CLEAR, "v", NOON - timedelta(days=age))
    asked = rule(CHECK, lists=("us-fl",), max_age_days=31)
    assert lists(facts(listings={"us-fl": listing}), asked).near is near


def test_a_database_of_days_is_told_with_the_day_of_the_consent() -> None:
    listing = Listing(ListAnswer.HIT, since=date(2026, 5, 2))
    asked = rule(CHECK, lists=("us-reassigned",))
    found = reassigned(facts(listings={"us-reassigned": listing}), asked)
    assert found.value == "us-reassigned: hit since 2026-05-02; consent of 2026-01-01"
