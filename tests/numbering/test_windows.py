"""Is the next opening the first instant at which every zone's window is open, to the second?"""

from __future__ import annotations

import random
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from gatekeeper.numbering import windows
from gatekeeper.numbering.windows import Week, first_open, is_open, week
from gatekeeper.numbering.zones import local

DAYTIME = week("08:00-21:00")
MINUTE = timedelta(minutes=1)
NEW_YORK, CHICAGO = "America/New_York", "America/Chicago"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-11-20T07:59:59-05:00", "2026-11-20T08:00:00-05:00"),
        ("2026-11-20T08:00:00-05:00", "2026-11-20T08:00:00-05:00"),
        ("2026-11-20T20:59:59-05:00", "2026-11-20T20:59:59-05:00"),
        ("2026-11-20T21:00:00-05:00", "2026-11-21T08:00:00-05:00"),
    ],
)
def test_the_window_is_half_open(at: str, opens: str) -> None:
    assert first_open(DAYTIME, [NEW_YORK], utc(at)) == utc(opens)


def test_an_open_instant_is_answered_as_it_was_given() -> None:
    at = datetime.fromisoformat("2026-11-20T12:00:00.123456-05:00")
    assert first_open(DAYTIME, [NEW_YORK], at) is at


def test_all_zones_must_be_open_at_once() -> None:
    """Eight in Pensacola's time zone is nine in Tallahassee's, and both must have begun."""
    at = utc("2026-11-20T08:30:00-05:00")
    assert not is_open(DAYTIME, [NEW_YORK, CHICAGO], at)
    assert first_open(DAYTIME, [NEW_YORK, CHICAGO], at) == utc("2026-11-20T08:00:00-06:00")
    late = utc("2026-11-20T20:30:00-06:00")
    assert first_open(DAYTIME, [NEW_YORK, CHICAGO], late) == utc("2026-11-21T08:00:00-06:00")


def test_a_window_that_never_overlaps_has_no_opening() -> None:
    assert (
        first_open(week("09:00-12:00"), ["Europe/London", "Asia/Tokyo"], utc("2026-11-20")) is None
    )


def test_without_a_zone_nothing_is_open() -> None:
    """Nowhere is not everywhere: a place that nobody knows is refused, not waved through."""
    assert not is_open(DAYTIME, [], utc("2026-11-20"))
    assert first_open(DAYTIME, [], utc("2026-11-20")) is None


def test_a_date_with_hours_of_its_own_keeps_them_whatever_weekday_it_is() -> None:
    holiday = week({"mon-sat": "08:00-21:00"}).with_dates({date(2026, 11, 26)}, week("13:00-21:00"))
    for at, opens in (
        ("2026-11-25T21:00:00-05:00", "2026-11-26T13:00:00-05:00"),
        ("2026-11-26T08:00:00-05:00", "2026-11-26T13:00:00-05:00"),
        ("2026-11-26T21:00:00-05:00", "2026-11-27T08:00:00-05:00"),
    ):
        assert first_open(holiday, [NEW_YORK], utc(at)) == utc(opens)
    shut = week("00:00-24:00").with_dates({date(2026, 11, 26)}, week({"tue": "08:00-21:00"}))
    on_the_day, after = utc("2026-11-26T12:00:00-05:00"), utc("2026-11-27T00:00:00-05:00")
    assert first_open(shut, [NEW_YORK], on_the_day) == after


def test_a_week_that_is_always_shut_has_no_opening() -> None:
    assert first_open(week({}), [NEW_YORK], utc("2026-11-20")) is None


def test_a_banned_date_is_skipped_where_it_is_that_date() -> None:
    thanksgiving = frozenset({date(2026, 11, 26)})
    at = utc("2026-11-25T21:00:00-05:00")
    assert first_open(DAYTIME, [NEW_YORK], at, thanksgiving) == utc("2026-11-27T08:00:00-05:00")
    assert first_open(DAYTIME, [NEW_YORK], at) == utc("2026-11-26T08:00:00-05:00")


def test_a_whole_year_of_banned_dates_is_beyond_the_horizon() -> None:
    banned = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(900))
    assert first_open(DAYTIME, [NEW_YORK], utc("2026-03-01"), banned) is None


@pytest.mark.parametrize(
    ("hours", "at", "opens"),
    [
        # 2026-03-08, New York: 02:00 EST becomes 03:00 EDT.
        ("02:30-04:00", "2026-03-08T01:00:00-05:00", "2026-03-08T03:00:00-04:00"),
        ("02:00-02:45", "2026-03-08T01:00:00-05:00", "2026-03-09T02:00:00-04:00"),
        ("08:00-21:00", "2026-03-08T01:00:00-05:00", "2026-03-08T08:00:00-04:00"),
        # 2026-11-01, New York: 02:00 EDT becomes 01:00 EST.
        ("01:30-01:40", "2026-11-01T01:00:00-04:00", "2026-11-01T01:30:00-04:00"),
        ("01:30-01:40", "2026-11-01T01:50:00-04:00", "2026-11-01T01:30:00-05:00"),
        ("00:30-01:15", "2026-11-01T01:30:00-04:00", "2026-11-01T01:00:00-05:00"),
    ],
)
def test_clock_changes_move_and_repeat_windows(hours: str, at: str, opens: str) -> None:
    assert first_open(week(hours), [NEW_YORK], utc(at)) == utc(opens)


def test_a_change_at_midnight_repeats_the_evening_before() -> None:
    """St. John's set its clocks back at 00:01 to 23:01 of the day before until 2011."""
    at = utc("2010-11-06T23:59:00-02:30")
    window = week({"sat": "23:10-23:20", "sun": "00:00-00:01"})
    assert first_open(window, ["America/St_Johns"], at) == utc("2010-11-07T00:00:00-02:30")
    after = utc("2010-11-07T00:00:59-02:30") + timedelta(seconds=1)
    assert first_open(window, ["America/St_Johns"], after) == utc("2010-11-06T23:10:00-03:30")


def test_a_day_that_an_island_skipped_is_no_day() -> None:
    """Samoa went from 29 to 31 December 2011, a Friday lost."""
    at = utc("2011-12-29T22:00:00-10:00")
    fridays = week({"fri": "08:00-21:00"})
    assert first_open(fridays, ["Pacific/Apia"], at) == utc("2012-01-06T08:00:00+14:00")


def test_half_hour_zones_open_at_their_own_half_hour() -> None:
    at = utc("2026-11-20T00:00:00+00:00")
    assert first_open(DAYTIME, ["Asia/Kolkata"], at) == utc("2026-11-20T02:30:00+00:00")
    assert first_open(DAYTIME, ["America/St_Johns", "Asia/Kathmandu"], at) == utc(
        "2026-11-20T11:30:00+00:00"
    )


def test_a_window_may_last_until_midnight_and_go_on() -> None:
    always = week("00:00-24:00")
    for at in ("2026-11-01T05:59:59+00:00", "2026-11-01T04:00:00+00:00"):
        assert is_open(always, [NEW_YORK, CHICAGO], utc(at))
    assert first_open(week("22:00-24:00"), [NEW_YORK], utc("2026-11-21T00:00:00-05:00")) == utc(
        "2026-11-21T22:00:00-05:00"
    )


def test_a_week_is_written_by_day_and_range_of_days() -> None:
    spec = {"mon-fri": "09:00-21:30", "sat": "10:00-13:00, 14:00-18:00", "sun": None}
    built = week(spec)
    assert built.days[0] == built.days[4] == ((time(9), time(21, 30)),)
    assert built.days[5] == ((time(10), time(13)), (time(14), time(18)))
    assert built.days[6] == ()
    assert week({"tue": "08:00-09:00"}).days[0] == ()


@pytest.mark.parametrize(
    "spec",
    [
        "08:00",
        "8-21",
        "21:00-08:00",
        "08:00-08:00",
        "25:00-26:00",
        "8:00-21:00",
        "08:00-21",
        "0800-2100",
        "08:00:30-21:00",
        "08:00+01:00-21:00",
        "24:00-24:00",
        "08:00-21:00-22:00",
        "",
        {"monday": "08:00-21:00"},
        {"fri-mon": "08:00-21:00"},
        {"mon-fri": "08:00-21:00", "tue": "09:00-10:00"},
    ],
)
def test_what_is_no_window_is_refused_with_a_reason(spec: str | dict[str, str | None]) -> None:
    with pytest.raises(ValueError, match=r"."):
        week(spec)


def test_a_week_has_seven_days() -> None:
    with pytest.raises(ValueError, match="seven"):
        Week((((time(8), time(9)),),))


ZONES = (
    NEW_YORK,
    CHICAGO,
    "America/Denver",
    "America/Phoenix",
    "America/Adak",
    "America/St_Johns",
    "America/Vancouver",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/Havana",
    "Africa/Casablanca",
)
CHANGES = ("2026-03-08", "2026-11-01", "2026-04-05", "2026-10-04", "2027-02-14", "2027-03-14")


def some_week(chance: random.Random) -> Week:
    def span() -> tuple[time, time]:
        start = chance.randrange(0, 1400)
        stop = min(start + chance.choice((7, 45, 120, 600, 1300)), 1440)
        ends = time() if stop == 1440 else time(stop // 60, stop % 60)
        return time(start // 60, start % 60), ends

    return Week(tuple((span(),) if chance.random() < 0.8 else () for _ in range(7)))


def scanned(
    window: Week, zones: Collection[str], at: datetime, banned: Collection[date]
) -> datetime | None:
    """The first open minute, by looking at each: what the solver must find without looking."""
    for n in range(2 * 1440):
        walls = [local(at + n * MINUTE, name) for name in zones]
        if all(window.holds(wall) and wall.date() not in banned for wall in walls):
            return at + n * MINUTE
    return None


def compare(cases: int, seed: int) -> None:
    print(f"seed {seed}")
    chance = random.Random(seed)
    for _ in range(cases):
        window = some_week(chance)
        zones = chance.sample(ZONES, chance.choice((1, 1, 2, 3)))
        start = utc(f"{chance.choice(CHANGES)}T00:00:00+00:00") - timedelta(days=1)
        at = start + chance.randrange(2 * 1440) * MINUTE
        banned = {local(at, zones[0]).date()} if chance.random() < 0.2 else set()
        if chance.random() < 0.3:
            holiday = local(at, zones[0]).date() + timedelta(days=chance.randrange(2))
            window = window.with_dates({holiday}, some_week(chance))
        found, expected = first_open(window, zones, at, banned), scanned(window, zones, at, banned)
        if expected is None:
            assert found is None or found >= at + 2 * 1440 * MINUTE, (window, zones, at, banned)
        else:
            assert found == expected, (window, zones, at, banned)


def test_the_solver_finds_what_a_scan_of_all_minutes_finds() -> None:
    compare(cases=150, seed=random.randrange(2**32))


@pytest.mark.full
def test_the_solver_finds_what_a_scan_finds_in_many_more_cases() -> None:
    compare(cases=3000, seed=random.randrange(2**32))


def test_a_window_past_midnight_is_written_as_two_and_the_fault_says_how() -> None:
    with pytest.raises(ValueError, match="two windows, 21:00-24:00 and 00:00-08:00"):
        week("21:00-08:00")
    night = week("21:00-24:00, 00:00-08:00")
    late = utc("2026-11-20T23:59:59-05:00")
    assert is_open(night, [NEW_YORK], late)
    assert is_open(night, [NEW_YORK], late + timedelta(seconds=1))
    shut = utc("2026-11-21T08:00:00-05:00")
    assert first_open(night, [NEW_YORK], shut) == utc("2026-11-21T21:00:00-05:00")


def test_it_is_soon_told_that_zones_never_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement may name any zone: what has no answer must not be looked for on each day."""
    looked: list[date] = []
    openings = windows._openings

    def counted(week: Week, name: str, day: date, *rest: Any) -> list[datetime]:
        looked.append(day)
        return openings(week, name, day, *rest)

    monkeypatch.setattr(windows, "_openings", counted)
    zones, at = ("Europe/London", "Asia/Tokyo", NEW_YORK), utc("2026-11-20T00:00:00+00:00")
    assert windows._search(week("09:00-12:00"), zones, at, frozenset()) is None
    assert len(set(looked)) < 100, "of the 400 days that it speaks for"


def test_a_clock_change_may_let_zones_agree_at_last() -> None:
    """From the 14th to the 28th of March 2027 New York is an hour nearer to London: four."""
    zones, at = (NEW_YORK, "Europe/London"), utc("2026-11-20T00:00:00+00:00")
    assert first_open(week("13:00-17:30"), zones, at) == utc("2027-03-14T13:00:00-04:00")
    assert first_open(week("13:00-17:00"), zones, at) is None
    after = utc("2027-03-28T12:00:00+00:00")
    assert first_open(week("13:00-17:30"), zones, after) == utc("2027-10-31T13:00:00-04:00")
