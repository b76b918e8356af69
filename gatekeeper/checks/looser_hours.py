"""At which local time does one set of windows let a message in that another keeps out?

A window opens and shuts at its own edges only, so the edges of both are all that is compared:
on each weekday, and on each date of which either says something.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

_MONDAY = date(2001, 1, 1)
_WEEK = timedelta(days=7)


def opened(was: Any, now: Any) -> str | None:
    """The first local time, by weekday and then by date, that only `now` leaves open."""
    named = sorted({*_dates(was), *_dates(now)})
    times = sorted({*_edges(was), *_edges(now)})
    for day in (*_plain_week(named), *named):
        for edge in times:
            wall = datetime.combine(day, edge)
            if _open(now, wall) and not _open(was, wall):
                return f"{_told(day, day in named)} at {edge:%H:%M} local time"
    return None


def _open(params: Any, wall: datetime) -> bool:
    return wall.date() not in params.banned and params.hours.holds(wall)


def _dates(params: Any) -> Iterable[date]:
    dates: frozenset[date] = params.banned | params.hours.dates
    return dates


def _edges(params: Any) -> Iterator[time]:
    yield time()
    for spans in (*params.hours.days, params.hours.dated):
        for opens, closes in spans:
            yield from (opens, closes)


def _plain_week(named: list[date]) -> tuple[date, ...]:
    """A week of which neither says anything by date."""
    first = _MONDAY
    while any(first <= day < first + _WEEK for day in named):
        first += _WEEK
    return tuple(first + timedelta(days=n) for n in range(7))


def _told(day: date, named: bool) -> str:
    return f"on {day} ({day:%A})" if named else f"on a {day:%A}"
