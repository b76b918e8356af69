"""Is the first time that only the wider window leaves open found, to the minute?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.checks.looser_hours import opened
from gatekeeper.checks.quiet_hours import QuietHours

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def hours(windows: Any, *banned: str) -> QuietHours:
    return QuietHours.model_validate({"windows": windows, "banned": list(banned)})


def test_windows_within_windows_open_nothing() -> None:
    wide = hours({"mon-sat": "08:00-21:00"}, "2026-12-25")
    for narrow in (
        wide,
        hours({"mon-fri": "09:00-12:00, 14:00-21:00"}, "2026-12-25", "2026-12-26"),
        hours({"mon": "08:00-21:00"}),
        hours({}, "2026-12-25"),
    ):
        assert opened(wide, narrow) is None, narrow


def test_what_is_opened_is_told_by_weekday_or_by_date() -> None:
    wide = hours({"mon-sat": "08:00-21:00"}, "2026-12-25")
    assert opened(wide, hours("08:00-21:00", "2026-12-25")) == "on a Sunday at 08:00 local time"
    early = hours({"mon": "07:59-21:00"}, "2026-12-25")
    assert opened(wide, early) == "on a Monday at 07:59 local time"
    late = hours({"sat": "08:00-24:00"}, "2026-12-25")
    assert opened(wide, late) == "on a Saturday at 21:00 local time"
    holiday = hours({"mon-sat": "08:00-21:00"})
    assert opened(wide, holiday) == "on 2026-12-25 (Friday) at 08:00 local time"


def test_dates_with_hours_of_their_own_are_compared_as_they_are() -> None:
    week = {"windows": "08:00-21:00"}
    short = QuietHours.model_validate(
        week | {"dated": {"dates": ["2026-12-24"], "windows": "08:00-14:00"}}
    )
    plain = QuietHours.model_validate(week)
    assert opened(plain, short) is None
    assert opened(short, plain) == "on 2026-12-24 (Thursday) at 14:00 local time"


def test_a_pause_at_noon_that_is_filled_is_found() -> None:
    paused = hours({"mon": "08:00-12:00, 14:00-21:00"})
    assert opened(paused, hours({"mon": "08:00-21:00"})) == "on a Monday at 12:00 local time"


quarter = st.integers(0, 96)
turns = st.lists(quarter, min_size=2, max_size=4, unique=True).map(sorted)
spans = turns.map(lambda found: list(zip(found[::2], found[1::2], strict=False)))
"""One span or two that do not overlap: overlapping ones do not load."""
weeks = st.dictionaries(st.sampled_from(DAYS), spans, min_size=1)


def written(week: dict[str, list[tuple[int, int]]]) -> dict[str, str]:
    def clock(n: int) -> str:
        return f"{n // 4:02}:{n % 4 * 15:02}"

    return {
        day: ", ".join(f"{clock(a)}-{clock(b)}" for a, b in found) for day, found in week.items()
    }


@given(weeks, weeks, st.booleans())
def test_it_is_the_first_of_all_minutes_of_a_week(one: Any, two: Any, banned: bool) -> None:
    was, now = hours(written(one), *["2026-11-25"] * banned), hours(written(two))
    monday, minute = datetime(2001, 1, 1), timedelta(minutes=15)
    found = next(
        (
            wall
            for wall in (monday + minute * n for n in range(7 * 96))
            if now.windows.holds(wall) and not was.windows.holds(wall)
        ),
        None,
    )
    told = opened(was, now)
    if found is not None:
        assert told == f"on a {found:%A} at {found:%H:%M} local time"
    elif told is not None:
        assert banned
        assert told.startswith("on 2026-11-25 (Wednesday)")
