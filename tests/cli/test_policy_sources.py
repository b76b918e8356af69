"""Can a reviewer find the sources to look at again?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.author import SMALL, answer, run, write
from tests.support.shipped import shipped


def test_every_source_is_shown_with_its_rules_and_a_line_that_sums_up() -> None:
    shown = run("sources", SMALL).stdout
    assert "47 CFR" in shown
    assert "us.consent" in shown
    assert "2 sources: 1 high, 1 not stated; the oldest was verified 2026-11-22" in shown


def test_machines_get_all_that_is_known() -> None:
    found = answer("sources", SMALL)
    assert [one for one in found["sources"] if one["pack"] == "us"] == [
        {
            "citation": "47 CFR 64.1200(a)(2)",
            "url": None,
            "effective_from": None,
            "effective_to": None,
            "verified_on": "2026-11-22",
            "confidence": "high",
            "jurisdiction": "US",
            "pack": "us",
            "rules": ["us.consent"],
            "source": "floor/us.yaml:11:5",
        }
    ]
    assert found["summary"]["oldest_verification"] == "2026-11-22"


def test_sources_are_chosen_by_how_sure_they_are() -> None:
    policy = shipped().policy
    found = answer("sources", "--confidence", "low")
    named = {rule for one in found["sources"] for rule in one["rules"]}
    assert {one["confidence"] for one in found["sources"]} == {"low"}
    assert {rule.id for rule in policy.rules if rule.confidence == "low"} <= named
    both = answer("sources", "--confidence", "low", "--confidence", "medium")
    assert len(both["sources"]) > len(found["sources"])


def test_sources_are_chosen_by_place_with_its_parts() -> None:
    places = {one["jurisdiction"] for one in answer("sources", "--jurisdiction", "us")["sources"]}
    assert {"US", "US-FL"} <= places
    assert all(place == "US" or place.startswith("US-") for place in places)


@pytest.mark.parametrize(("age", "found"), [("1y", 1), ("30000d", 0)])
def test_sources_are_chosen_by_age(folder: Path, age: str, found: int) -> None:
    write(folder, "2026-11-22", "2020-11-22")
    assert len(answer("sources", folder, "--older-than", age)["sources"]) == found


def test_what_is_no_age_is_told() -> None:
    result = run("sources", SMALL, "--older-than", "old")
    assert result.exit_code == 1
    assert "old is no age; write 180d" in result.stderr


@pytest.mark.parametrize(
    ("sort", "key"), [("age", "verified_on"), ("citation", "citation"), ("jurisdiction", "place")]
)
def test_sources_come_in_the_order_asked_for(sort: str, key: str) -> None:
    found = answer("sources", "--sort", sort)["sources"]
    values = [one["jurisdiction"] or "" if key == "place" else one[key] for one in found]
    assert values == sorted(values)


def test_the_least_sure_come_first_by_confidence() -> None:
    found = [one["confidence"] for one in answer("sources", "--sort", "confidence")["sources"]]
    assert found == sorted(found, key=["low", "medium", "high", None].index)


def test_nothing_found_is_told_as_that() -> None:
    assert "0 sources" in run("sources", SMALL, "--jurisdiction", "CA").stdout
