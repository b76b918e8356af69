"""Are the holidays that stand in the packs those that the states' laws describe?

The packs hold plain dates, so that nothing is computed while a message is judged. Here they are
worked out again from the words of each law.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from gatekeeper.checks.quiet_hours import QuietHours
from tests.support.shipped import shipped

YEARS = range(2025, 2031)
MON, TUE, THU, FRI, SAT, SUN = 0, 1, 3, 4, 5, 6
NEW_YEAR, JUNETEENTH, FOURTH, VETERANS, CHRISTMAS = (1, 1), (6, 19), (7, 4), (11, 11), (12, 25)
DAY = timedelta(days=1)


def nth(year: int, month: int, weekday: int, n: int) -> date:
    first = date(year, month, 1)
    return first + (weekday - first.weekday()) % 7 * DAY + 7 * (n - 1) * DAY


def last(year: int, month: int, weekday: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - ((following.weekday() - weekday - 1) % 7 + 1) * DAY


def easter(year: int) -> date:
    """The Gregorian computus, as in every almanac."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - epact // 28 * (1 - 29 // (epact + 1) * ((21 - golden) // 11))
    sunday = moon - (year + year // 4 + moon + 2 - century + century // 4) % 7
    month = 3 + (sunday + 40) // 44
    return date(year, month, sunday + 28 - 31 * (month // 4))


def shared(year: int) -> Iterator[date]:
    """The holidays of all these states: King, Memorial, Labor, Thanksgiving."""
    yield nth(year, 1, MON, 3)
    yield last(year, 5, MON)
    yield nth(year, 9, MON, 1)
    yield nth(year, 11, THU, 4)


def fixed(
    year: int, days: tuple[tuple[int, int], ...], saturday: int = 0, sunday: int = 0
) -> Iterator[date]:
    """Days of the calendar, each with the day in lieu (so many days on) of a weekend's."""
    for month, day in days:
        it = date(year, month, day)
        yield it
        if it.weekday() == SAT and saturday:
            yield it + saturday * DAY
        if it.weekday() == SUN and sunday:
            yield it + sunday * DAY


def election_day(year: int) -> date:
    return nth(year, 11, MON, 1) + DAY


def alabama(year: int) -> Iterator[date]:
    yield from shared(year)
    yield from fixed(year, (NEW_YEAR, JUNETEENTH, FOURTH, VETERANS, CHRISTMAS), -1, 1)
    yield nth(year, 2, MON, 3)
    yield nth(year, 4, MON, 4)
    yield nth(year, 6, MON, 1)
    yield nth(year, 10, MON, 2)


def louisiana(year: int) -> Iterator[date]:
    yield from shared(year)
    yield from fixed(year, (NEW_YEAR, FOURTH, CHRISTMAS), -1, 1)
    yield from fixed(year, (JUNETEENTH, VETERANS))
    yield easter(year) - 47 * DAY
    yield easter(year) - 2 * DAY


def pennsylvania(year: int) -> Iterator[date]:
    yield from shared(year)
    yield from fixed(year, (NEW_YEAR, FOURTH, VETERANS, CHRISTMAS), sunday=1)
    yield date(year, 6, 14)
    yield nth(year, 2, MON, 3)
    yield easter(year) - 2 * DAY
    yield nth(year, 10, MON, 2)
    yield election_day(year)


def rhode_island(year: int) -> Iterator[date]:
    yield from shared(year)
    yield from fixed(year, (NEW_YEAR, FOURTH, VETERANS, CHRISTMAS), 2, 1)
    yield from fixed(year, ((5, 4), JUNETEENTH), sunday=1)
    yield nth(year, 2, MON, 3)
    yield nth(year, 8, MON, 2)
    yield nth(year, 10, MON, 2)
    if year % 2 == 0:
        yield election_day(year)


def utah(year: int) -> Iterator[date]:
    yield from shared(year)
    yield from fixed(year, (NEW_YEAR, FOURTH, (7, 24), VETERANS, CHRISTMAS), -1, 1)
    yield nth(year, 2, MON, 3)
    yield nth(year, 10, MON, 2)
    june = date(year, 6, 19)
    monday_before = june - june.weekday() * DAY
    yield monday_before if june.weekday() <= FRI else monday_before + 7 * DAY
    if year >= 2027:
        yield easter(year) - 2 * DAY


def nebraska(year: int) -> Iterator[date]:
    yield from shared(year)
    yield from fixed(year, (NEW_YEAR, JUNETEENTH, FOURTH, VETERANS, CHRISTMAS), -1, 1)
    yield nth(year, 2, MON, 3)
    yield last(year, 4, FRI)
    yield nth(year, 10, MON, 2)
    yield nth(year, 11, THU, 4) + DAY


LAWS = {
    "us-al.holiday": alabama,
    "us-la.holiday": louisiana,
    "us-pa.holiday": pennsylvania,
    "us-ri.holiday": rhode_island,
    "us-ut.holiday": utah,
    "us-ne.recorded": nebraska,
}


def listed(rule_id: str) -> frozenset[date]:
    rule = shipped().policy.rule(rule_id)
    assert rule is not None
    assert isinstance(rule.params, QuietHours)
    return rule.params.dated.dates if rule.params.dated else rule.params.banned


@pytest.mark.parametrize("rule_id", LAWS)
def test_a_pack_lists_exactly_the_holidays_of_its_law(rule_id: str) -> None:
    assert listed(rule_id) == {day for year in YEARS for day in LAWS[rule_id](year)}


def test_texts_to_pennsylvania_keep_the_same_holidays_from_the_day_of_the_bill_on() -> None:
    calls = listed("us-pa.holiday")
    assert listed("us-pa.holiday_texts") == {day for day in calls if day >= date(2026, 10, 18)}


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2028, 4, 16)]
)
def test_easter_is_where_the_almanac_has_it(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)
