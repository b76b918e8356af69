"""Do near-misses notice a check that turns anywhere else than its rule's numbers say?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace as altered

from gatekeeper.checks import CHECKS
from gatekeeper.checks.contract import Run
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.words import Mode
from gatekeeper.policy.model import Policy, Rule
from gatekeeper.rollout.edges import NearMiss, near_misses
from tests.support.shipped import shipped

SECOND = timedelta(seconds=1)
EDGES = {check.name: check.edges for check in CHECKS}


def found(policy: Policy, *rules: str) -> list[NearMiss]:
    return list(near_misses(policy, shipped().screener, lambda rule: rule.id in rules))


def a_second_early(run: Run) -> Run:
    return lambda facts, rule: run(altered(facts, at=facts.at - SECOND), rule)


def never(run: Run) -> Run:
    return lambda facts, rule: None


def one_send_less(run: Run) -> Run:
    def asked(facts: Facts, rule: Rule) -> Finding | None:
        return run(altered(facts, sent=facts.sent[1:]), rule)

    return asked


def failing(run: Run) -> Run:
    def asked(facts: Facts, rule: Rule) -> Finding | None:
        raise ZeroDivisionError

    return asked


def broken(check: str, by: Callable[[Run], Run]) -> Callable[[], Any]:
    return lambda: tuple(
        replace(each, run=by(each.run)) if each.name == check else each for each in CHECKS
    )


@pytest.mark.parametrize(
    ("check", "by", "rule"),
    [
        ("quiet_hours", a_second_early, "us.quiet_hours"),
        ("frequency", one_send_less, "us-fl.frequency"),
        ("frequency", a_second_early, "us-fl.frequency"),
        ("window", a_second_early, "whatsapp.window"),
        ("dnc", a_second_early, "us.dnc"),
        ("consent", a_second_early, "ca.consent"),
        ("emergency_order", a_second_early, "us-la.emergency_order"),
    ],
)
def test_a_check_that_turns_elsewhere_is_noticed(
    check: str, by: Callable[[Run], Run], rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the near-misses, or because the test itself that they are derived from fails."""
    policy = shipped().policy
    before = {near.edge.name for near in found(policy, rule) if near.holds}
    monkeypatch.setattr("gatekeeper.evaluate.CHECKS", broken(check, by)())
    monkeypatch.setattr("gatekeeper.evaluate._KEPT", {})
    after = {near.edge.name for near in found(policy, rule) if near.holds}
    assert after < before


def test_nothing_is_derived_from_a_test_that_does_not_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gatekeeper.evaluate.CHECKS", broken("quiet_hours", never)())
    monkeypatch.setattr("gatekeeper.evaluate._KEPT", {})
    assert [near.test for near in found(shipped().policy, "us-la.sunday") if near.expected] == []


def test_a_check_that_fails_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = shipped().policy
    [near, *_] = found(policy, "us.quiet_hours")
    failed = replace(near, fired=None, problem="the check failed")
    assert not failed.holds
    assert str(failed.fault).endswith("must fire, but the check failed")
    monkeypatch.setattr("gatekeeper.evaluate.CHECKS", broken("quiet_hours", failing)())
    monkeypatch.setattr("gatekeeper.evaluate._KEPT", {})
    assert found(policy, "us.quiet_hours") == []


def test_a_rule_that_is_rolled_out_in_part_or_off_is_judged_whole() -> None:
    policy = shipped().policy
    rule = policy.rule("us.quiet_hours")
    assert rule is not None
    off = Policy("h", (replace(rule, mode=Mode.OFF),), cases=policy.cases)
    judged = found(off.judging(mode=Mode.SHADOW), "us.quiet_hours")
    assert len(judged) > 50
    assert all(near.holds for near in judged)


def test_an_edge_is_told_with_its_place_and_what_must_be() -> None:
    [near, *_] = [n for n in found(shipped().policy, "us.quiet_hours") if not n.expected]
    told = str(replace(near, fired=True).fault)
    assert told.startswith("floor/us.yaml:")
    assert "us.quiet_hours: near-miss of nine in the evening: windows: " in told
    assert told.endswith("must be silent, but fires")
