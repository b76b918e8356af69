"""When is a weekly window next open in every candidate zone at once? Solved exactly.

A window is a statement about wall clocks, an instant is open when the wall clock of every zone
stands inside the window. A wall clock can enter a window only at an opening time or at a clock
change, so those instants are the only candidates and no minute needs to be scanned.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from gatekeeper.domain.fault_codes import Code, Faulty
from gatekeeper.numbering.zones import local, zone

Span = tuple[time, time]
"""Opening and closing time, half-open: [08:00, 21:00). A close of 00:00 is the day's end."""

HORIZON = timedelta(days=400)
"""How far ahead an opening is looked for: a year with its banned dates, and some."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MIDNIGHT = time()
_SPAN = re.compile(
    r"([01][0-9]:[0-5][0-9]|2[0-3]:[0-5][0-9]) *- *([01][0-9]:[0-5][0-9]|2[0-3]:[0-5][0-9]|24:00)"
)
"""To the minute, and of no zone: `08:00+01:00` would be another clock's."""
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """Opening spans of the seven days, Monday first, in local wall-clock time."""

    days: tuple[tuple[Span, ...], ...]
    dates: frozenset[date] = frozenset()
    """Local dates that keep hours of their own, whichever weekday they are."""
    dated: tuple[Span, ...] = ()
    """The hours of those dates."""

    def __post_init__(self) -> None:
        if len(self.days) != len(_DAYS):
            raise ValueError("a week has seven days")
        for opens, closes in (span for day in (*self.days, self.dated) for span in day):
            if closes <= opens and closes != _MIDNIGHT:
                told = (
                    f"{opens:%H:%M}-{closes:%H:%M} closes before it opens; what goes on past "
                    f"midnight is two windows, {opens:%H:%M}-24:00 and 00:00-{closes:%H:%M}"
                )
                raise Faulty(Code.NO_WINDOW, told)

    def holds(self, wall: datetime) -> bool:
        """Whether a wall-clock time lies in the window."""
        now = wall.time()
        for opens, closes in self.spans(wall):
            if opens <= now and (now < closes or closes == _MIDNIGHT):
                return True
        return False

    def spans(self, wall: datetime | date) -> tuple[Span, ...]:
        """The opening spans of one local day."""
        if self.dates and date(wall.year, wall.month, wall.day) in self.dates:
            return self.dated
        return self.days[wall.weekday()]

    def with_dates(self, dates: Collection[date], hours: Week) -> Week:
        """The same week, but for some dates that keep the hours which `hours` has on Mondays."""
        return replace(self, dates=frozenset(dates), dated=hours.days[0])


def week(spec: str | Mapping[str, str | None]) -> Week:
    """Read a window: `"08:00-21:00"` for every day, or spans by day or range of days.

    `{"mon-fri": "09:00-21:30", "sat": "10:00-13:00, 14:00-18:00", "sun": None}`; a day that is
    not named is closed, `24:00` closes at midnight. Raises ValueError for anything else.
    """
    if isinstance(spec, str):
        return Week((_spans(spec),) * len(_DAYS))
    found: dict[int, tuple[Span, ...]] = {}
    for days, hours in spec.items():
        for day in _day_range(days):
            if day in found:
                raise Faulty(Code.DAY_TWICE, f"{_DAYS[day]} is given twice")
            found[day] = _spans(hours) if hours else ()
    return Week(tuple(found.get(day, ()) for day in range(len(_DAYS))))


def _day_range(text: str) -> range:
    first, _, last = text.lower().partition("-")
    if first not in _DAYS or (last or first) not in _DAYS:
        raise Faulty(Code.NO_WINDOW, f"{text!r} is no day; write mon, tue ... or mon-fri")
    start, stop = _DAYS.index(first), _DAYS.index(last or first)
    if stop < start:
        raise Faulty(Code.NO_WINDOW, f"{text!r} runs backwards; a week begins on mon")
    return range(start, stop + 1)


def _spans(text: str) -> tuple[Span, ...]:
    spans = tuple(sorted(_span(part.strip()) for part in text.split(",")))
    for (opens, closes), (again, end) in pairwise(spans):
        if again < closes or closes == _MIDNIGHT:
            told = f"{opens:%H:%M}-{closes:%H:%M} and {again:%H:%M}-{end:%H:%M} overlap"
            raise Faulty(Code.OVERLAP, told)
    return spans


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise Faulty(Code.NO_WINDOW, f"{text!r} is no window; write 08:00-21:00")
    first, last = found.groups()
    return time.fromisoformat(first), time.fromisoformat("00:00" if last == "24:00" else last)


def is_open(
    week: Week, zones: Collection[str], at: datetime, banned: Collection[date] = frozenset()
) -> bool:
    """Whether the window is open in all zones at an instant; never so without any zone."""
    return bool(zones) and all(_holds(week, name, at, banned) for name in zones)


def first_open(
    week: Week, zones: Collection[str], at: datetime, banned: Collection[date] = frozenset()
) -> datetime | None:
    """The first instant from `at` on at which the window is open in all zones at once.

    `at` itself when open now, else an aware datetime in UTC. `banned` are local dates that stay
    shut in any zone where they are today. None when there is no zone, or no such instant
    within the horizon. Raises ZoneInfoNotFoundError for a zone that the data does not know.
    """
    if is_open(week, zones, at, banned):
        return at
    if not zones:
        return None
    now = at.astimezone(UTC)
    hour = now.replace(minute=0, second=0, microsecond=0)
    found = _search_from_hour(week, tuple(zones), hour, frozenset(banned))
    if found is None or found >= now:
        return found
    return _search(week, tuple(zones), now, banned)


@lru_cache(maxsize=1024)
def _search_from_hour(
    week: Week, zones: tuple[str, ...], hour: datetime, banned: frozenset[date]
) -> datetime | None:
    """A search whose answer serves the whole hour, unless the window opens and shuts in it."""
    return _search(week, zones, hour, banned)


def _search(
    week: Week, zones: tuple[str, ...], at: datetime, banned: Collection[date]
) -> datetime | None:
    """Go to the latest of the zones' next openings until they all agree.

    Weeks are alike until a clock changes or a date comes that is unlike others: once a whole week
    was shut, so is all the time until then.
    """
    instant, end, calm = at, at + HORIZON, at
    while instant <= end:
        latest = max(_opening(week, name, instant, end, banned) for name in zones)
        if latest == instant:
            return instant
        instant = latest
        if instant - calm >= _WEEK:
            unlike = _unlike(zones, calm, end, {*banned, *week.dates})
            if unlike - 2 * _DAY - calm >= _WEEK:
                instant = max(instant, unlike - 2 * _DAY)
            calm = unlike + 3 * _DAY
    return None


def _unlike(
    zones: tuple[str, ...], at: datetime, end: datetime, dates: Collection[date]
) -> datetime:
    """The midnight (UTC) of the first day, from the day before on, that is unlike others.

    It is one of the dates, or between its noon and the next day's some clock changes; local days
    and changes reach from two days before it to three after.
    """
    noon = datetime.combine(at.date(), time(12), UTC) - _DAY
    while noon <= end + 4 * _DAY:
        changes = (local(noon, n).utcoffset() != local(noon + _DAY, n).utcoffset() for n in zones)
        if noon.date() in dates or any(changes):
            break
        noon += _DAY
    return datetime.combine(noon.date(), time(), UTC)


def _holds(week: Week, name: str, at: datetime, banned: Collection[date]) -> bool:
    wall = local(at, name)
    return week.holds(wall) and not (banned and wall.date() in banned)


def _opening(
    week: Week, name: str, at: datetime, end: datetime, banned: Collection[date]
) -> datetime:
    """The first open instant from `at` on in one zone, or one past the end."""
    if _holds(week, name, at, banned):
        return at
    day = local(at, name).date() - _DAY
    last = local(end, name).date() + _DAY
    while day <= last:
        if openings := _openings(week, name, day, at, banned):
            # A change just after midnight repeats the end of a day when the next has begun.
            return min(openings + _openings(week, name, day + _DAY, at, banned))
        day += _DAY
    return end + _SECOND


def _openings(
    week: Week, name: str, day: date, at: datetime, banned: Collection[date]
) -> list[datetime]:
    """The instants of one local day, none before `at`, at which the wall clock is let in."""
    candidates = [*_change(name, day)]
    for opens, _ in week.spans(day):
        wall = datetime.combine(day, opens).replace(tzinfo=zone(name))
        candidates += (wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC))
    return [c for c in candidates if c >= at and _holds(week, name, c, banned)]


@lru_cache(maxsize=8192)
def _change(name: str, day: date) -> tuple[datetime, ...]:
    """The clock change at which a local day begins, ends or is broken, to the second."""
    middle = datetime.combine(day, time(12), UTC)
    low, high = middle - 2 * _DAY, middle + 2 * _DAY
    before = local(low, name).utcoffset()
    if local(high, name).utcoffset() == before:
        return ()
    while high - low > _SECOND:
        half = low + (high - low) // _SECOND // 2 * _SECOND
        if local(half, name).utcoffset() == before:
            low = half
        else:
            high = half
    touched = (local(high, name).date(), local(low, name).date())
    return (high,) if day in touched else ()
