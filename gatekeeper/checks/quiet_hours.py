"""Is it, wherever the called party may be, an hour at which the message may come?"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, PrivateAttr

from gatekeeper.checks import compared_hours, edges_hours
from gatekeeper.checks.answer import answers_recipient, in_conversation
from gatekeeper.checks.contract import Check, Params
from gatekeeper.checks.elsewhere import only_in
from gatekeeper.checks.relation import Lifting
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


Windows = Annotated[Week, BeforeValidator(_week)]


class Dated(Params):
    """Dates that keep hours of their own, as holidays do."""

    dates: frozenset[date]
    windows: Windows


class QuietHours(Lifting):
    """When a message may come: half-open windows by weekday, local wall-clock time."""

    windows: Windows
    dated: Dated | None = None
    """Local dates with windows that stand instead of those of their weekday."""
    banned: frozenset[date] = frozenset()
    """Local dates on which nothing may come, whatever the hour: holidays."""
    reason: Reason = Reason.QUIET_HOURS
    """`day_banned` for a rule that closes whole days."""
    except_countries: frozenset[str] = frozenset()
    """Silent where every candidate place lies in one of these: their own packs speak."""
    _hours: Week = PrivateAttr()

    def model_post_init(self, _: Any) -> None:
        """Lay the dates into the week, once."""
        dated = self.dated
        self._hours = self.windows.with_dates(dated.dates, dated.windows) if dated else self.windows

    @property
    def hours(self) -> Week:
        """The week with its dates."""
        return self._hours


def run(facts: Facts, rule: Rule) -> Finding | None:
    """The window must be open in every candidate zone; with none known, place_known speaks."""
    params: QuietHours = rule.params
    if params.except_countries and only_in(facts, params.except_countries):
        return None
    zones = facts.places.zones
    if not zones or is_open(params.hours, zones, facts.at, params.banned):
        return None
    if params.lifts(facts) or answers_recipient(facts) or in_conversation(facts):
        return None
    return rule.finding(
        params.reason,
        f"Outside the permitted local hours in at least one of {', '.join(zones)}.",
        until=first_open(params.hours, zones, facts.at, params.banned),
    )


CHECK = Check(
    "quiet_hours",
    QuietHours,
    run,
    edges=edges_hours.edges,
    stage=8,
    compared=compared_hours.hours,
    needs=("at", "consent", "kind", "last_inbound_at", "limits", "places", "purpose"),
)
