"""At which instants does a rule of hours turn, as its numbers and the zones' clocks say?

The numbers are read from the file's own words and laid on the clock by arithmetic, so that a
mistake in how windows are read or solved cannot hide itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from gatekeeper.checks.contract import Edge, Start
from gatekeeper.checks.edges_tiers import lifting
from gatekeeper.numbering.zones import local, zone
from gatekeeper.policy.model import Rule

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SECOND, _MINUTE, _DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
_AROUND = (-_MINUTE, -_SECOND, timedelta(), _SECOND, _MINUTE)
_FULL_DAY = 86_400

Hours = tuple[tuple[tuple[int, int], ...], ...]
"""Of each weekday, Monday first: the open spans in seconds of the day."""


class _Said(NamedTuple):
    hours: Hours
    dated: Mapping[date, tuple[tuple[int, int], ...]]
    """The spans of dates that keep hours of their own."""
    banned: frozenset[date]
    zones: tuple[str, ...]

    def closed(self, at: datetime) -> bool:
        """Whether any zone's clock stands outside the spans of its day."""
        return any(self._closed_in(local(at, name)) for name in self.zones)

    def _closed_in(self, wall: datetime) -> bool:
        second = wall.hour * 3600 + wall.minute * 60 + wall.second
        if wall.date() in self.banned:
            return True
        return not any(first <= second < last for first, last in self.spans(wall.date()))

    def spans(self, day: date) -> tuple[tuple[int, int], ...]:
        """The open spans of a local day that is not banned."""
        return self.dated[day] if day in self.dated else self.hours[day.weekday()]


def edges(start: Start, rule: Rule) -> Iterator[Edge]:
    """A second and a minute to each side of every opening and closing in each zone of a week.

    Also the middle of every open and closed stretch, and the ends of every banned day.
    """
    zones = start.facts.places.zones
    if not start.fires or not zones:
        return
    banned = frozenset(map(_date, rule.said.get("banned") or ()))
    dated = rule.said.get("dated") or {}
    own = {_date(day): hours_said(dated["windows"])[0] for day in dated.get("dates") or ()}
    said = _Said(hours_said(rule.said["windows"]), own, banned, zones)
    first = local(start.facts.at, zones[0]).date()
    yield from _of_days(said, "windows", [first + _DAY * number for number in range(7)])
    yield from _of_days(said, "dated", sorted(own))
    for day in sorted(banned):
        yield from _of_banned(said, day)
    yield from lifting(start, rule, {})


def hours_said(windows: str | Mapping[str, str | None]) -> Hours:
    """The open seconds of each weekday, from a window as a file writes it."""
    if isinstance(windows, str):
        return (_spans(windows),) * 7
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    for days, spans in windows.items():
        first, _, last = days.partition("-")
        for day in range(_DAYS.index(first), _DAYS.index(last or first) + 1):
            found[day] = _spans(spans) if spans else ()
    return tuple(found.get(day, ()) for day in range(7))


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    ends = (part.strip().split("-") for part in text.split(","))
    return tuple(sorted((_second(first), _second(last) or _FULL_DAY) for first, last in ends))


def _second(text: str) -> int:
    parts = [int(digits) for digits in text.strip().split(":")]
    return sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _of_days(said: _Said, of: str, days: Iterable[date]) -> Iterator[Edge]:
    for name in said.zones:
        for day in days:
            turns = sorted({turn for span in said.spans(day) for turn in span})
            for turn in turns:
                yield from _around(said, name, of, _instant(day, turn, name), _AROUND)
            yield from _between(said, name, day, (0, *turns, _FULL_DAY))


def _around(
    said: _Said, name: str, of: str, turn: datetime, steps: Iterable[timedelta]
) -> Iterator[Edge]:
    flips = said.closed(turn) != said.closed(turn - _SECOND)
    for step in steps:
        edge = flips and step in (-_SECOND, timedelta())
        yield _edge(said, name, of, turn + step, at_boundary=edge)


def _between(said: _Said, name: str, day: date, turns: Iterable[int]) -> Iterator[Edge]:
    ends = sorted(set(turns))
    for first, last in pairwise(ends):
        at = _instant(day, (first + last) // 2, name)
        yield _edge(said, name, "windows", at, at_boundary=False)


def _of_banned(said: _Said, day: date) -> Iterator[Edge]:
    for name in said.zones:
        for midnight in (_instant(day, 0, name), _instant(day, _FULL_DAY, name)):
            yield from _around(said, name, "banned", midnight, (-_SECOND, timedelta()))
        for near in (day - _DAY, day, day + _DAY):
            for first, last in said.spans(near):
                at = _instant(near, (first + last) // 2, name)
                yield _edge(said, name, "banned", at, at_boundary=near == day)


def _instant(day: date, second: int, name: str) -> datetime:
    """When the zone's clock shows that second of the day; a day's last is the next's first."""
    days, rest = divmod(second, _FULL_DAY)
    hour, minute, last = rest // 3600, rest // 60 % 60, rest % 60
    wall = datetime.combine(day + _DAY * days, time(hour, minute, last))
    return wall.replace(tzinfo=zone(name)).astimezone(UTC)


def _edge(said: _Said, name: str, of: str, at: datetime, *, at_boundary: bool) -> Edge:
    wall = local(at, name)
    told = f"{wall:%a %Y-%m-%d %H:%M:%S} in {name}"
    return Edge(of, told, {"at": wall.replace(tzinfo=wall.tzinfo)}, said.closed(at), at_boundary)
