"""Is it told which clock was compared with which hours, and how near it is to a turn?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gatekeeper.checks.compared_hours import hours
from gatekeeper.checks.quiet_hours import CHECK
from gatekeeper.domain.number import Places
from tests.support.judging import NOON, facts, rule

TWO = Places(frozenset(), ("America/Chicago", "America/New_York"))


def told(after: float = 0.0, places: Places | None = None, **said: Any) -> tuple[str, str, bool]:
    given = facts(at=NOON + timedelta(hours=after))
    given = facts(at=given.at, places=places) if places else given
    found = hours(given, rule(CHECK, **{"windows": {"mon-sun": "08:00-21:00"}, **said}))
    return found.value, found.limit, found.near


def test_the_clock_of_the_zone_and_the_hours_of_its_day() -> None:
    assert told() == ("Fri 12:00 in America/New_York", "open 08:00-21:00 on Fri", False)


@pytest.mark.parametrize(("after", "near"), [(7.9, False), (8.0, True), (9.0, True), (10.1, False)])
def test_an_hour_before_or_after_a_turn_is_near_it(after: float, near: bool) -> None:
    assert told(after)[2] is near


def test_the_zones_that_are_shut_come_first() -> None:
    assert told(9.5, TWO)[0] == "Fri 21:30 in America/New_York, Fri 20:30 in America/Chicago"


def test_shut_days_are_told_as_such() -> None:
    assert told(windows={"mon": "08:00-24:00"})[1] == "shut all Friday"
    assert told(banned=["2026-11-20"])[1] == "shut all of 2026-11-20"
    assert told(windows={"fri": "08:00-24:00"})[1] == "open 08:00-24:00 on Fri"


def test_without_a_zone_there_is_no_clock() -> None:
    assert told(places=Places(frozenset({"US"})))[0] == "no zone is known"
