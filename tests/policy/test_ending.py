"""Is the instant named from which a rule is over in all places, or a waiver speaks of it?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from gatekeeper.checks import quiet_hours
from gatekeeper.domain.verdict import Verdict
from gatekeeper.policy.ending import gone_at, over_at
from gatekeeper.policy.model import Rule, Waiver
from tests.support.judging import NOON, rule

HOUR = timedelta(hours=1)
RULE = rule(quiet_hours.CHECK, Verdict.DEFER, windows="08:00-21:00")
ZONES = ("America/Los_Angeles", "America/New_York")


def waived(begins: datetime) -> Rule:
    leave = Waiver("w", "acme", frozenset({RULE.id}), "olga", "why", "none", begins, begins + HOUR)
    return replace(RULE, waivers=(leave,))


@pytest.mark.parametrize(
    ("last", "zones", "over"),
    [
        (date(2026, 11, 20), ZONES, "2026-11-21T00:00:00-08:00"),
        (date(2026, 11, 20), ("America/New_York",), "2026-11-21T00:00:00-05:00"),
        (date(2026, 11, 20), (), "2026-11-21T00:00:00+00:00"),
        # Santiago's clocks go from midnight to one: the day begins at one.
        (date(2026, 9, 5), ("America/Santiago",), "2026-09-06T01:00:00-03:00"),
        # Beirut's go back from midnight to eleven: the evening before comes twice.
        (date(2026, 10, 24), ("Asia/Beirut",), "2026-10-25T00:00:00+02:00"),
        (date(2026, 11, 20), ("America/St_Johns",), "2026-11-21T00:00:00-03:30"),
    ],
)
def test_a_day_is_over_when_it_is_over_in_every_zone(
    last: date, zones: tuple[str, ...], over: str
) -> None:
    assert over_at(last, zones) == datetime.fromisoformat(over).astimezone(UTC)


def test_a_finding_goes_with_its_rule_or_with_a_waiver_if_they_come_first() -> None:
    met = NOON + 100 * HOUR
    ends = replace(RULE, effective_to=date(2026, 11, 20))
    assert gone_at(RULE, met, ZONES, NOON) == met
    assert gone_at(ends, met, ZONES, NOON) == over_at(date(2026, 11, 20), ZONES)
    assert gone_at(ends, NOON + HOUR, ZONES, NOON) == NOON + HOUR
    assert gone_at(waived(NOON + HOUR), met, ZONES, NOON) == NOON + HOUR


def test_what_has_no_end_may_end_with_its_rule_and_otherwise_never() -> None:
    assert gone_at(RULE, None, ZONES, NOON) is None
    assert gone_at(replace(RULE, effective_to=date(2026, 11, 20)), None, (), NOON) is not None


def test_what_is_past_ends_nothing() -> None:
    assert gone_at(waived(NOON), None, ZONES, NOON) is None
    assert gone_at(RULE, NOON, ZONES, NOON) is None
