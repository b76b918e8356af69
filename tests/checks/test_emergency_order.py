from __future__ import annotations

from datetime import timedelta

from gatekeeper.checks.emergency_order import CHECK, standing
from gatekeeper.domain.facts import EmergencyOrder
from tests.support.judging import NOON, ask, facts

HOUR = timedelta(hours=1)


def test_an_order_binds_from_its_start_to_just_before_its_end() -> None:
    order = EmergencyOrder("US-NY", NOON, NOON + HOUR)
    finding = ask(CHECK, facts(orders=(order,)))
    assert finding is not None
    assert finding.reason == "emergency_order"
    assert finding.until == NOON + HOUR
    assert ask(CHECK, facts(orders=(order,), at=NOON + HOUR)) is None
    assert ask(CHECK, facts(orders=(order,), at=NOON - HOUR)) is None


def test_of_several_the_last_end_counts_and_one_without_an_end_has_none() -> None:
    short = EmergencyOrder("US-NY", NOON, NOON + HOUR)
    long = EmergencyOrder("US-NY", NOON, NOON + 2 * HOUR)
    both = ask(CHECK, facts(orders=(short, long)))
    assert both is not None
    assert both.until == NOON + 2 * HOUR
    open_ended = ask(CHECK, facts(orders=(short, EmergencyOrder("US-NY", NOON))))
    assert open_ended is not None
    assert open_ended.until is None


def test_an_order_elsewhere_does_not_bind() -> None:
    assert ask(CHECK, facts(orders=(EmergencyOrder("US-LA", NOON),))) is None


def test_orders_that_are_over_are_left_out_and_those_to_come_are_kept() -> None:
    over = EmergencyOrder("US-NY", NOON - HOUR, NOON)
    now, open_ended = EmergencyOrder("US-NY", NOON, NOON + HOUR), EmergencyOrder("US-LA", NOON)
    later = EmergencyOrder("US-LA", NOON + HOUR, NOON + 2 * HOUR)
    assert standing((over, now, open_ended, later), NOON) == (now, open_ended, later)
    assert standing((), NOON) == ()
