"""Is the next allowed instant the first minute at which the same message would go out?

Every minute from the deferred one on is judged by the whole policy: several rules of hours, bans,
caps, orders and waivers in several zones, some of which begin or end on the way.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace as changed
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from gatekeeper import evaluate as evaluation
from gatekeeper.checks import emergency_order, frequency, quiet_hours
from gatekeeper.domain.facts import EmergencyOrder, Facts, LimitAnswer, Sent
from gatekeeper.domain.number import Places
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Override, Purpose
from gatekeeper.evaluate import evaluate
from gatekeeper.policy.model import Applies, Policy, Rule, Waiver
from tests.support.chance import seed
from tests.support.judging import facts, rule
from tests.support.shipped import facts as clean
from tests.support.shipped import shipped

MINUTE = timedelta(minutes=1)
DAYS = 2
ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Phoenix",
    "America/St_Johns",
    "America/Havana",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Pacific/Chatham",
)
TURNS = ("2026-03-08", "2026-11-01", "2026-04-05", "2026-10-04", "2027-02-14", "2027-03-14")
NUMBERS = ("+12122000123", "+18502000123", "+12142000123", "+12152000123", "+15042000123",
           "+16042000123", "+17092000123", "+15032000123")  # fmt: skip


def hours(chance: random.Random, name: str) -> Rule:
    first = chance.randrange(0, 22)
    window = f"{first:02}:{chance.choice((0, 30)):02}-{chance.randrange(first + 1, 24):02}:45"
    days = chance.choice(("mon-sun", "mon-fri", "mon-sat"))
    near = date.fromisoformat(chance.choice(TURNS))
    banned = [str(near + timedelta(days=chance.randrange(-1, 3)))] if chance.random() < 0.4 else []
    return rule(
        quiet_hours.CHECK, Verdict.DEFER, name, windows={days: window}, banned=frozenset(banned)
    )


def dated(each: Rule, chance: random.Random, day: date) -> Rule:
    """The rule, which may begin or end on a day near by."""
    near = day + timedelta(days=chance.randrange(-1, 3))
    begins = near if chance.random() < 0.3 else date.min
    return changed(
        each,
        effective_from=begins,
        effective_to=max(near, begins) if chance.random() < 0.3 else None,
        override=Override.WAIVER,
        applies=Applies(jurisdiction=chance.choice((None, None, "US", "CA"))),
    )


def waiver(chance: random.Random, start: datetime) -> Waiver:
    begins = start + chance.randrange(-1440, 2 * 1440) * MINUTE
    return Waiver(
        id="w",
        tenant="acme",
        rules=frozenset(chance.sample(["h0", "h1", "h2", "cap", "storm"], 2)),
        approved_by="user:olga",
        reason="a test",
        citation="none",
        effective_from=begins,
        expires=begins + chance.randrange(10, 2 * 1440) * MINUTE,
    )


def some_case(chance: random.Random) -> tuple[Facts, Policy]:
    day = date.fromisoformat(chance.choice(TURNS))
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1)
    at = start + chance.randrange(2 * 1440) * MINUTE
    rules = [hours(chance, f"h{n}") for n in range(chance.randint(1, 3))]
    rules.append(
        rule(frequency.CHECK, Verdict.DEFER, "cap", max=2, window_hours=24, purposes=["marketing"])
    )
    rules.append(rule(emergency_order.CHECK, Verdict.DEFER, "storm"))
    sent = [Sent(at - chance.randrange(0, 1440) * MINUTE, Purpose.MARKETING) for _ in range(3)]
    until = at + chance.randrange(1, 2 * 1440) * MINUTE
    order = EmergencyOrder("US-NY", at - MINUTE, until)
    zones = tuple(sorted(chance.sample(ZONES, chance.choice((1, 1, 2, 3)))))
    message = facts(
        at=at,
        tenant="acme",
        places=Places(frozenset({"US-NY", "CA-NL"}), zones, "area_code"),
        sent=tuple(sorted(sent, key=lambda each: each.at)[: chance.choice((0, 1, 3))]),
        orders=(order,) if chance.random() < 0.3 else (),
        limits=(LimitAnswer("tenant", 30),) if chance.random() < 0.2 else (),
    )
    waivers = (waiver(chance, at),) if chance.random() < 0.4 else ()
    policy = Policy("h", tuple(dated(each, chance, day) for each in rules), waivers=waivers)
    return message, policy


def shipped_case(chance: random.Random) -> tuple[Facts, Policy]:
    day = date.fromisoformat(chance.choice((*TURNS, "2026-11-26", "2026-12-25", "2027-01-01")))
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1)
    at = start + chance.randrange(2 * 1440) * MINUTE
    return clean(to=chance.choice(NUMBERS), at=at.isoformat()), shipped().policy


def goes(message: Facts, policy: Policy, at: datetime) -> bool:
    later = replace(message, at=at, limits=())
    return evaluation.strictest(evaluation._findings(later, policy)).forwards


def minutes(message: Facts) -> Iterator[datetime]:
    return (message.at + n * MINUTE for n in range(1, DAYS * 1440))


def compare(message: Facts, policy: Policy) -> bool:
    """Hold the answer against the scan; whether there was anything to answer."""
    decision = evaluate(message, policy)
    if decision.verdict is not Verdict.DEFER:
        assert decision.next_allowed_at is None
        return False
    first = next((at for at in minutes(message) if goes(message, policy, at)), None)
    named = decision.next_allowed_at
    if first is None:
        assert named is None or named >= message.at + DAYS * 1440 * MINUTE, (message, policy.rules)
    else:
        assert named == first, (message, policy.rules, policy.waivers)
    return True


def scan(cases: int, drawn: int) -> None:
    print(f"seed {drawn}")
    chance = random.Random(drawn)
    asked = sum(compare(*some_case(chance)) for _ in range(cases))
    asked += sum(compare(*shipped_case(chance)) for _ in range(cases // 4))
    assert asked > 0


def test_the_next_allowed_instant_is_the_first_minute_that_a_scan_lets_go() -> None:
    scan(8, seed())


@pytest.mark.full
@pytest.mark.timeout(900)
def test_in_many_more_cases_it_is_the_first_minute_that_a_scan_lets_go() -> None:
    scan(160, seed())
