"""When is a rule rolled out to somebody, and when is a waiver in force?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from gatekeeper.policy.leave import Rollout, Waiver

BEGINS = datetime(2026, 11, 1, tzinfo=UTC)
ENDS = datetime(2026, 12, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def test_a_percentage_is_of_the_ten_thousand_lots() -> None:
    tenth = Rollout(10.0)
    assert [tenth.covers(None, lot) for lot in (0, 999, 1000, 9999)] == [True, True, False, False]
    assert not Rollout(0.0).covers(None, 0)
    assert Rollout(100.0).covers(None, 9999)
    assert Rollout(0.01).covers(None, 0)
    assert not Rollout(0.01).covers(None, 1)


def test_a_rollout_to_tenants_leaves_out_all_others() -> None:
    chosen = Rollout(tenants=frozenset({"acme"}))
    assert [chosen.covers(tenant, 0) for tenant in ("acme", "other", None)] == [True, False, False]


def test_a_waiver_holds_from_its_first_instant_to_before_its_last() -> None:
    waiver = Waiver("w", "acme", frozenset({"r"}), "Ann", "a recall", "memo", BEGINS, ENDS)
    found = [waiver.in_force(at) for at in (BEGINS - TICK, BEGINS, ENDS - TICK, ENDS)]
    assert found == [False, True, True, False]
