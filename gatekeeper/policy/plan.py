"""Which rules of each check bind messages of one kind?

About ten checks ask for each message, and most messages are of a few kinds: the answer for a
kind is worked out once and kept, within a bound, inside the policy object.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from gatekeeper.domain.facts import Facts
from gatekeeper.numbering.zones import local

if TYPE_CHECKING:
    from datetime import date

    from gatekeeper.domain.registry import Posture
    from gatekeeper.domain.words import Channel, Purpose, SenderKind, Technology
    from gatekeeper.policy.model import Rule

MAX_KINDS = 4096
Plan = Mapping[str, tuple["Rule", ...]]


class Kind(NamedTuple):
    """All of a message that decides which rules speak of it."""

    first: date
    """The earliest of the days that it is where the called party may be."""
    last: date
    """The latest of them; a law binds from the day on which it is in force in any place."""
    channel: Channel
    purpose: Purpose
    technology: Technology
    sender_kind: SenderKind
    regions: frozenset[str]
    campaign: str | None = None
    posture: Posture | None = None
    line_type: str | None = None
    exemption: str | None = None
    tenant: str | None = None
    lot: int = 0
    """The last percentage boundary (in hundredths) that the recipient's lot has reached."""
    observed: bool = False


class Named(NamedTuple):
    """What rules and waivers tell apart: whatever they do not name is of one kind."""

    campaigns: frozenset[str] = frozenset()
    tenants: frozenset[str] = frozenset()
    lots: tuple[int, ...] = ()
    """The boundaries of percentages, in hundredths, ascending."""


NOTHING_NAMED = Named()
_QUARTER = 900
"""Seconds; since 1972 the day of every zone begins with a quarter of an hour of UTC."""
LINE_TYPES = frozenset({"landline"})
"""Kinds of line that a rule may name; every other word, and none, is taken for a mobile's."""


def kind_of(facts: Facts, named: Named = NOTHING_NAMED) -> Kind:
    """The kind of one message; campaign and tenant count only if rules or waivers name them.

    So a thousand campaigns that no rule names are of one kind.
    """
    first, last = _days(facts.at.timestamp() // _QUARTER, facts.places.zones)
    return Kind(
        first,
        last,
        facts.channel,
        facts.purpose,
        facts.technology,
        facts.sender.kind,
        facts.places.regions,
        facts.campaign if facts.campaign in named.campaigns else None,
        facts.posture,
        facts.line_type if facts.line_type in LINE_TYPES else None,
        facts.exemption,
        facts.tenant if facts.tenant in named.tenants else None,
        _reached(named.lots, facts.lot),
        facts.observed,
    )


@lru_cache(maxsize=4096)
def _days(quarter: float, zones: tuple[str, ...]) -> tuple[date, date]:
    """The first and the last of the days that it is in these zones; in UTC where there is none."""
    at = datetime.fromtimestamp(quarter * _QUARTER, UTC)
    days = [local(at, name).date() for name in zones] or [at.date()]
    return min(days), max(days)


def _reached(lots: tuple[int, ...], lot: int) -> int:
    below = bisect_right(lots, lot)
    return lots[below - 1] if below else 0


class Plans:
    """The plans of one policy: at most `MAX_KINDS`, the least recently used goes first."""

    __slots__ = ("_last", "_named", "_plan")

    def __init__(self, compute: Callable[[Kind], Plan], named: Named = NOTHING_NAMED) -> None:
        self._named = named
        self._plan = lru_cache(maxsize=MAX_KINDS)(compute)
        self._last: tuple[Facts, Plan] | None = None

    def of(self, facts: Facts) -> Plan:
        """The plan for this message; the checks of one message find it without a look-up.

        `_last` is one reference, read and replaced whole, so threads never see half of it.
        """
        last = self._last
        if last is not None and last[0] is facts:
            return last[1]
        plan = self._plan(kind_of(facts, self._named))
        self._last = (facts, plan)
        return plan
