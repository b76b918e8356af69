"""Is a rule told that adds nothing to another, and none that does?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gatekeeper.checks.quiet_hours import QuietHours
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel, Mode, Override
from gatekeeper.policy.model import Applies, Rollout, Rule
from gatekeeper.rollout.lint_shadow import shadowed

WIDE = Rule(
    id="us.hours",
    pack="us",
    title="From eight to nine",
    citation="47 CFR 64.1200(c)(1)",
    check="quiet_hours",
    params=QuietHours.model_validate({"windows": "08:00-21:00"}),
    verdict=Verdict.DEFER,
    applies=Applies(jurisdiction="US"),
)
ALIKE = replace(WIDE, id="us-fl.hours", applies=Applies(jurisdiction="US-FL"))


def hours(windows: Any) -> QuietHours:
    return QuietHours.model_validate({"windows": windows})


def told(*rules: Rule) -> list[str]:
    return [fault.message.partition(" ")[0] for fault in shadowed(rules)]


@pytest.mark.parametrize(
    "rule",
    [
        ALIKE,
        replace(ALIKE, params=hours("07:00-22:00")),
        replace(ALIKE, verdict=Verdict.FLAG),
        replace(ALIKE, applies=Applies(frozenset({Channel.SMS}), jurisdiction="US")),
        replace(ALIKE, effective_from=date(2020, 1, 1), effective_to=date(2030, 1, 1)),
        replace(ALIKE, mode=Mode.SHADOW),
        replace(ALIKE, override=Override.OPERATOR),
        replace(ALIKE, applies=Applies(jurisdiction="US-PR")),
    ],
)
def test_a_rule_that_is_nowhere_stricter_is_told(rule: Rule) -> None:
    assert told(WIDE, rule) == ["us.hours"]
    assert told(rule, WIDE) == ["us.hours"]


@pytest.mark.parametrize(
    "rule",
    [
        replace(ALIKE, note="Florida has its own penalty."),
        replace(ALIKE, params=hours("08:00-20:00")),
        replace(ALIKE, params=hours({"mon-sat": "08:00-21:00"})),
        replace(ALIKE, verdict=Verdict.BLOCK),
        replace(ALIKE, applies=Applies(jurisdiction="CA-ON")),
        replace(ALIKE, mode=Mode.OFF),
        replace(ALIKE, override=Override.NEVER),
        replace(ALIKE, rollout=Rollout(percent=10)),
        replace(ALIKE, applies=Applies(tenants=frozenset({"acme"}), jurisdiction="US")),
        replace(ALIKE, check="place_known"),
    ],
)
def test_a_rule_that_adds_something_or_says_why_it_stays_is_not(rule: Rule) -> None:
    assert told(WIDE, rule) == []


def test_of_two_alike_the_later_is_told() -> None:
    (fault,) = shadowed((WIDE, replace(WIDE, id="us.hours_again")))
    assert fault.message.startswith("us.hours (")


def test_a_rule_in_shadow_takes_nothing_from_one_that_is_enforced() -> None:
    assert told(replace(WIDE, mode=Mode.SHADOW), ALIKE) == []
