"""Are the turns of a rule of lists worked out from its words alone?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gatekeeper.checks.contract import Edges, Start
from gatekeeper.checks.dnc import CHECK
from gatekeeper.checks.edges_lists import lists, reassigned
from tests.support.judging import facts, rule


def told(edges: Edges, *, fires: bool = True, **said: Any) -> dict[str, bool]:
    asked = replace(rule(CHECK, lists=("us-fl",)), said=said)
    start = Start({}, facts(), fires)
    return {f"{edge.of}: {edge.name}": edge.fires for edge in edges(start, asked)}


def test_each_answer_of_a_list_is_asked() -> None:
    found = told(lists, lists=["us-fl"], required=False)
    assert found == {
        "lists: us-fl answers hit": True,
        "lists: us-fl answers clear": False,
        "lists: us-fl answers error": True,
        "lists: us-fl answers stale": True,
        "required: us-fl answers not-checked": False,
    }
    assert told(lists, lists=["us-fl"])["required: us-fl answers not-checked"]


def test_a_list_is_too_old_a_second_after_its_days() -> None:
    found = told(lists, lists=["us-fl"], max_age_days=31)
    assert not found["max_age_days: us-fl is 31 days, 0:00:00 old"]
    assert found["max_age_days: us-fl is 31 days, 0:00:01 old"]


def test_what_excuses_a_hit_and_what_does_not_quite() -> None:
    found = told(
        lists,
        lists=["own-a"],
        excused_by="express",
        excuse_months={"inquiry": 3},
        excused_by_list=["allow"],
    )
    assert found["excused_by: on own-a, consent implied"]
    assert not found["excused_by: on own-a, consent express"]
    assert found["excuse_months: a inquiry of 2026-08-20T17:00:00+00:00"]
    assert not found["excuse_months: a inquiry of 2026-08-20T17:00:01+00:00"]
    assert not found["excused_by_list: on own-a and on allow"]


def test_a_disconnection_counts_until_its_day_is_over_everywhere() -> None:
    found = told(reassigned, lists=["us-reassigned"], required=False)
    assert not found[
        "since: us-reassigned: disconnected 2026-10-21, consent 2026-10-22T12:00:00+00:00"
    ]
    assert found["since: us-reassigned: disconnected 2026-10-21, consent 2026-10-22T11:59:59+00:00"]


def test_nothing_is_derived_from_a_silent_test() -> None:
    assert told(reassigned, fires=False, lists=["us-reassigned"]) == {}
