"""Where does any rule turn, whatever it asks: its days, its places, its kinds of message?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from gatekeeper.checks.contract import Edge, Start
from gatekeeper.domain.number import Places
from gatekeeper.domain.registry import Posture
from gatekeeper.domain.words import Channel, Purpose, Technology
from gatekeeper.numbering.nanp import AREA_CODES
from gatekeeper.numbering.parse import read
from gatekeeper.numbering.zones import local, zone
from gatekeeper.policy.model import Applies, Rule

_SECOND, _HALF_HOUR, _DAY = timedelta(seconds=1), timedelta(minutes=30), timedelta(days=1)
_WEEK_AND_A_DAY = 8 * 48
"""Half hours within which a rule of hours can surely fire."""
_PLURAL = {"channel": "channels", "purpose": "purposes", "technology": "technologies"}
Fires = Callable[[Mapping[str, Any]], bool]
"""Whether a row is one in which the rule would fire if it were in force on every day."""


def scope_edges(start: Start, rule: Rule, fires: Fires) -> Iterator[Edge]:
    """The first and the last day, a neighbouring place, and a message that is not spoken of."""
    if start.fires:
        yield from _of_dates(start, rule, fires)
        yield from _of_place(start, rule.applies)
        yield from _of_kind(rule.applies)


def in_force(rule: Rule, at: datetime, zones: tuple[str, ...]) -> bool:
    """Whether the rule's days have begun in any of the zones, and are not over in all of them."""
    days = [local(at, name).date() for name in zones] or [at.astimezone(UTC).date()]
    return rule.effective_from <= max(days) and (
        rule.effective_to is None or min(days) <= rule.effective_to
    )


def _of_dates(start: Start, rule: Rule, fires: Fires) -> Iterator[Edge]:
    """All instants of the row are moved together, so that nothing else changes."""
    first, last, zones = rule.effective_from, rule.effective_to, start.facts.places.zones
    if first.year >= 1971:
        begins = min(_midnights(first, zones))
        yield from _on("effective.from", start, fires, begins - _SECOND, answer=False)
        yield from _on("effective.from", start, fires, begins, answer=True)
    if last is not None and last.year < 9000:
        ends = max(_midnights(last + _DAY, zones))
        yield from _on("effective.to", start, fires, ends - _SECOND, answer=True)
        yield from _on("effective.to", start, fires, ends, answer=False)


def _midnights(day: date, zones: tuple[str, ...]) -> list[datetime]:
    """When the day begins in each zone, in UTC where there is none."""
    begins = datetime.combine(day, time())
    return [begins.replace(tzinfo=zone(name)).astimezone(UTC) for name in zones] or [
        begins.replace(tzinfo=UTC)
    ]


def _on(of: str, start: Start, fires: Fires, at: datetime, *, answer: bool) -> Iterator[Edge]:
    """The instant, else the nearest one further from the boundary at which the rule could fire."""
    away = _HALF_HOUR if (of == "effective.from") == answer else -_HALF_HOUR
    for number in range(_WEEK_AND_A_DAY):
        moment = at + away * number
        change = _moved(start.row, moment - start.facts.at)
        if fires({**start.row, **change}):
            yield Edge(of, f"at {moment.isoformat()}", change, answer)
            return


def _moved(row: Mapping[str, Any], delta: timedelta) -> dict[str, Any]:
    """Every key of the row in which an instant stands, moved."""
    moved = {key: shifted(value, delta) for key, value in row.items()}
    return {key: value for key, value in moved.items() if value != row[key]}


def shifted(value: Any, delta: timedelta) -> Any:
    """The value with every instant in it moved; a day moves by whole days."""
    match value:
        case datetime():
            return value + delta
        case date():
            return value + delta
        case Mapping():
            return {key: shifted(below, delta) for key, below in value.items()}
        case list() | tuple():
            return [shifted(each, delta) for each in value]
        case str():
            return _instant_shifted(value, delta)
    return value


def _instant_shifted(text: str, delta: timedelta) -> Any:
    if len(text) < len("2026-11-20T12:00") or text[10:11] not in ("T", " "):
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment + delta


def _of_place(start: Start, applies: Applies) -> Iterator[Edge]:
    number = start.facts.recipient.number
    if applies.jurisdiction is None or number is None:
        return
    other = neighbour(applies.jurisdiction, start.facts.places.zones)
    prefix, colon, _ = str(start.row["to"]).rpartition(":")
    change: dict[str, Any] = {"to": f"{prefix}{colon}{other}"}
    stated = start.row.get("recipient") or {}
    if stated:
        change["recipient"] = {key: {} if key == "stated" else None
                               for key in stated if key != "line_type"}  # fmt: skip
    yield Edge("jurisdiction", f"to {other}, outside {applies.jurisdiction}", change, False)


@cache
def neighbour(jurisdiction: str, zones: tuple[str, ...]) -> str:
    """A number outside the jurisdiction, if possible in the same zones."""
    outside = [
        row
        for row in AREA_CODES.values()
        if row.places and not Places(row.places).within(jurisdiction)
    ]
    outside.sort(key=lambda row: (not set(zones) & set(row.zones), len(row.places)))
    numbers = (f"+1{row.npa}2000123" for row in outside)
    return next(number for number in numbers if read(number).number)


def _of_kind(applies: Applies) -> Iterator[Edge]:
    """One word that the rule does not name, of each set that it names."""
    sets: tuple[tuple[str, frozenset[Any], Any], ...] = (
        ("channel", applies.channels, (c for c in Channel if c is not Channel.MESSENGER)),
        ("purpose", applies.purposes, Purpose),
        ("technology", applies.technologies, (t for t in Technology if t is not t.UNKNOWN)),
    )
    for key, named, words in sets:
        other = next((str(word) for word in words if named and word not in named), None)
        if other is not None:
            yield Edge(
                f"applies.{_PLURAL[key]}", f"{key} {other}", {"message": {key: other}}, False
            )
    other = next((p for p in Posture if applies.postures and p not in applies.postures), None)
    if other is not None:
        yield Edge("applies.postures", f"posture {other}", {"posture": str(other)}, False)
