"""Is it, wherever the called party may be, an hour at which the message may come?"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

from gatekeeper.checks.answer import answers_recipient
from gatekeeper.checks.contract import Check, Params
from gatekeeper.checks.elsewhere import only_in
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.numbering.windows import Week, first_open, is_open, week
from gatekeeper.policy.model import Rule


def _week(value: Any) -> Week:
    if isinstance(value, Week):
        return value
    if not isinstance(value, str | dict):
        raise ValueError('write windows by day, as {mon-sat: "09:00-21:00", sun: "12:00-21:00"}')
    return week(value)


class QuietHours(Params):
    """When a message may come: half-open windows by weekday, local wall-clock time."""

    windows: Annotated[Week, BeforeValidator(_week)]
    banned: frozenset[date] = frozenset()
    """Local dates on which nothing may come, whatever the hour: holidays."""
    reason: Reason = Reason.QUIET_HOURS
    """`day_banned` for a rule that closes whole days."""
    except_countries: frozenset[str] = frozenset()
    """Silent where every candidate place lies in one of these: their own packs speak."""


def run(facts: Facts, rule: Rule) -> Finding | None:
    """The window must be open in every candidate zone; with none known, place_known speaks."""
    params: QuietHours = rule.params
    if params.except_countries and only_in(facts, params.except_countries):
        return None
    zones = facts.places.zones
    if not zones or is_open(params.windows, zones, facts.at, params.banned):
        return None
    if answers_recipient(facts):
        return None
    return rule.finding(
        params.reason,
        f"Outside the permitted local hours in at least one of {', '.join(zones)}.",
        until=first_open(params.windows, zones, facts.at, params.banned),
    )


CHECK = Check("quiet_hours", QuietHours, run)
