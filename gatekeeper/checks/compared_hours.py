"""What does a rule of hours compare: which clock, against which spans, how near to a turn?"""

from __future__ import annotations

from datetime import date, datetime, time

from gatekeeper.checks.contract import Compared
from gatekeeper.domain.facts import Facts
from gatekeeper.numbering.windows import Span, Week
from gatekeeper.numbering.zones import local
from gatekeeper.policy.model import Rule

NEAR_MINUTES = 60
"""So close to an opening or closing an answer is nearly another."""
_MIDNIGHT = time()
_DAY = 24 * 60


def hours(facts: Facts, rule: Rule) -> Compared:
    """The clock of every candidate zone, those first whose windows are shut."""
    zones = facts.places.zones
    if not zones:
        return Compared("no zone is known", "the window is open wherever the person may be")
    told = [(name, local(facts.at, name)) for name in zones]
    banned: frozenset[date] = rule.params.banned
    week: Week = rule.params.hours
    told.sort(key=lambda pair: _open(week, banned, pair[1]))
    values = [f"{wall:%a %H:%M} in {name}" for name, wall in told]
    spans = dict.fromkeys(_day(week, banned, wall) for _, wall in told)
    near = any(_minutes(week, wall) <= NEAR_MINUTES for _, wall in told)
    return Compared(", ".join(values), "; ".join(spans), near)


def _open(week: Week, banned: frozenset[date], wall: datetime) -> bool:
    return week.holds(wall) and wall.date() not in banned


def _day(week: Week, banned: frozenset[date], wall: datetime) -> str:
    if wall.date() in banned:
        return f"shut all of {wall.date()}"
    spans = ", ".join(_span(each) for each in week.spans(wall.date()))
    return f"open {spans} on {wall:%a}" if spans else f"shut all {wall:%A}"


def _span(span: Span) -> str:
    last = "24:00" if span[1] == _MIDNIGHT else f"{span[1]:%H:%M}"
    return f"{span[0]:%H:%M}-{last}"


def _minutes(week: Week, wall: datetime) -> int:
    """How far the clock stands from the nearest opening or closing of its day."""
    now = wall.hour * 60 + wall.minute
    turns = [_minute(turn) for span in week.spans(wall.date()) for turn in span]
    ends = [_DAY if turn == 0 else turn for turn in turns]
    return min((abs(now - turn) for turn in (*turns, *ends) if 0 < turn < _DAY), default=_DAY)


def _minute(turn: time) -> int:
    return turn.hour * 60 + turn.minute
