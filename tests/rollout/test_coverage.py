"""Is it counted what shows a rule at work, and told what does not?"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from gatekeeper.rollout.coverage import Count, Covered, cover
from gatekeeper.rollout.ready import loaded
from gatekeeper.rollout.suite import Material, Suite, Wanted, run_suite
from gatekeeper.rollout.tables import read_table
from tests.support.author import DATA, SMALL


@cache
def suite() -> Suite:
    return run_suite(Material(loaded(SMALL), read_table(DATA / "table.yaml")))


def only(of: Suite) -> Covered:
    [covered] = cover(of)
    return covered


def test_a_rule_is_counted_by_what_makes_it_fire_and_stay_silent() -> None:
    covered = only(suite())
    assert covered.rule == "us.consent"
    assert covered.tests == Count(fires=1, silent=1)
    assert covered.near.fires == 3
    assert covered.near.silent == 4
    assert covered.whole
    assert covered.crossed == ("expires", "jurisdiction", "need")
    assert covered.uncrossed == ()


def test_a_row_counts_only_where_the_rule_was_asked_and_the_row_holds() -> None:
    rows = suite().rows
    counted = only(suite()).rows
    assert counted.fires + counted.silent == sum(row.holds for row in rows) > 0
    failing = tuple(replace(row, problems=("wrong",)) for row in rows)
    assert only(replace(suite(), rows=failing)).rows == Count()


def test_a_rule_that_only_fires_is_not_shown_to_be_whole() -> None:
    firing = tuple(each for each in suite().near if each.fired)
    covered = only(replace(suite(), near=firing, rows=(), proved=()))
    assert covered.near == Count(fires=3)
    assert not covered.whole


def test_what_a_rule_says_and_nothing_crosses_is_named() -> None:
    covered = only(replace(suite(), near=()))
    assert covered.uncrossed == ("jurisdiction", "need")


def test_only_rules_that_are_wanted_are_counted() -> None:
    assert cover(suite(), Wanted("no such rule")) == ()
    assert len(cover(suite(), Wanted("floor/us.yaml"))) == 1
