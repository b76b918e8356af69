"""Does every shipped rule turn where it says, and is a changed number noticed?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.checks import CHECKS
from gatekeeper.checks.edges_hours import hours_said
from gatekeeper.evaluate import evaluate
from gatekeeper.policy.model import Policy, Rule
from gatekeeper.rollout.edge_pins import Pin, judge_pins, read_pins, write_pins
from gatekeeper.rollout.edges import NearMiss, near_misses
from gatekeeper.rollout.edges_scope import shifted
from gatekeeper.rollout.given import facts_of
from tests.support.shipped import FOLDER, shipped

PARAMS = {check.name: check.params for check in CHECKS}
DAY = timedelta(days=1)
NUMBERS = ("max", "window_hours", "hours", "max_age_days", "unless_inbound_hours")


@cache
def near() -> tuple[NearMiss, ...]:
    return tuple(near_misses(shipped().policy, shipped().screener))


def test_every_near_miss_of_every_shipped_rule_holds() -> None:
    assert [str(each.fault) for each in near() if not each.holds] == []


def test_every_rule_that_draws_a_line_in_time_is_crossed() -> None:
    crossed = {(each.rule, each.edge.of) for each in near()}
    for rule in shipped().policy.rules:
        for key in ("windows", "max", "window_hours", "max_age_days", "hours"):
            if rule.said.get(key) is not None:
                assert (rule.id, key) in crossed, f"{rule.id}: {key} is not crossed"
        if rule.effective_from.year > 1970 and not rule.said.get("banned"):
            assert (rule.id, "effective.from") in crossed, f"{rule.id}: its first day"


def _moved(text: str, minutes: int) -> str:
    hour, minute = map(int, text.split(":"))
    total = hour * 60 + minute + minutes
    return f"{total // 60:02}:{total % 60:02}"


def _spans(text: str) -> Iterator[str]:
    """The window with one of its ends a minute earlier or later."""
    for part in text.split(","):
        first, last = part.strip().split("-")
        for minutes in (-1, 1):
            if first != "00:00":
                yield text.replace(part, f"{_moved(first, minutes)}-{last}")
            if last != "24:00":
                yield text.replace(part, f"{first}-{_moved(last, minutes)}")


def mutants(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """The rule with one number changed by the least step."""
    windows: Any = rule.said.get("windows")
    for named, spans in windows.items() if isinstance(windows, dict) else ():
        for changed in _spans(spans) if spans else ():
            yield f"{named}: {changed}", _said(rule, windows={**windows, named: changed})
    for key in NUMBERS:
        for step in (-1, 1) if isinstance(rule.said.get(key), int) else ():
            if rule.said[key] + step > 0:
                yield f"{key} {step:+}", _said(rule, **{key: rule.said[key] + step})
    for key in ("implied_months", "excuse_months", "accepts"):
        for source, months in (rule.said.get(key) or {}).items():
            if months is not None:
                terms = {**rule.said[key], source: months + 1}
                yield f"{key} {source} +1", _said(rule, **{key: terms})
    banned = tuple(rule.said.get("banned") or ())
    for number, day in enumerate(banned):
        rest = banned[:number] + banned[number + 1 :]
        yield f"without {day}", _said(rule, banned=rest)
        yield f"{day + DAY} for {day}", _said(rule, banned=(*rest, day + DAY))
    dated: Any = rule.said.get("dated") or {"dates": ()}
    for day in dated["dates"]:
        own = hours_said(dated["windows"])[0]
        if own != hours_said(windows)[day.weekday()]:  # else nothing is changed by it
            others = [each for each in dated["dates"] if each != day]
            yield f"undated {day}", _said(rule, dated={**dated, "dates": others})
    for days in (-DAY, DAY):
        if rule.effective_from.year > 1970:
            yield f"from {days}", replace(rule, effective_from=rule.effective_from + days)
        if rule.effective_to is not None:
            yield f"to {days}", replace(rule, effective_to=rule.effective_to + days)


def _said(rule: Rule, **said: Any) -> Rule:
    whole = {**rule.said, **said}
    return replace(rule, said=whole, params=PARAMS[rule.check].model_validate(whole))


SAMPLE = 29
"""Of so many changes `make test` tries one."""


def test_a_sample_of_changed_numbers_is_noticed() -> None:
    assert _missed(SAMPLE) == []


@pytest.mark.full
def test_every_changed_hour_cap_and_date_of_every_shipped_rule_is_noticed() -> None:
    assert _missed(1) == []


def _missed(step: int) -> list[str]:
    """The changes that neither the tests beside the rule nor the pins notice."""
    changed = [(rule, *each) for rule in shipped().policy.rules for each in mutants(rule)]
    assert len(changed) > 1000
    by_rule: dict[str, list[Pin]] = {}
    for pin in read_pins(FOLDER):
        by_rule.setdefault(pin.rule, []).append(pin)
    return [
        f"{rule.id}: {name}"
        for rule, name, mutant in changed[::step]
        if not _noticed(mutant, by_rule.get(rule.id, [])) and not _alike(rule, mutant)
    ]


def _noticed(mutant: Rule, pins: list[Pin]) -> bool:
    cases = tuple(case for case in shipped().policy.cases if case.rule == mutant.id)
    alone = Policy("mutant", (mutant,), cases=cases, trust=shipped().policy.trust)
    if any(not each.holds for each in judge_pins(pins, alone, shipped().screener)):
        return True
    return any(_fires(case.given, alone) is not case.fires for case in cases)


def test_what_is_pinned_is_what_the_rules_answer(tmp_path: Path) -> None:
    """File by file. If a rule was changed, look at the difference that pinning makes."""
    hint = "look through the law, then: gatekeeper policy test policies --pin"
    for path in write_pins(tmp_path, near(), shipped().policy):
        shipped_file = FOLDER / path.relative_to(tmp_path)
        assert shipped_file.exists(), f"{path.stem} is not pinned; {hint}"
        assert shipped_file.read_text() == path.read_text(), f"{path.stem} has changed; {hint}"


def _alike(rule: Rule, mutant: Rule) -> bool:
    """Whether only the first or last day differs, and on it the rule cannot fire at all."""
    day = min(rule.effective_from, mutant.effective_from)
    if mutant.effective_to != rule.effective_to:
        day = max(mutant.effective_to or date.min, rule.effective_to or date.min)
    first, last = mutant.effective_from, mutant.effective_to
    if mutant != replace(rule, effective_from=first, effective_to=last):
        return False
    always = Policy("always", (replace(rule, effective_from=date.min, effective_to=None),))
    begins = datetime.combine(day, time(12), UTC)
    firing = (c.given for c in shipped().policy.cases if c.rule == rule.id and c.fires)
    moved = (
        shifted(row, begins + timedelta(hours=hour) - datetime.fromisoformat(str(row["at"])))
        for row in firing
        for hour in range(-6, 12)
    )
    return not any(_fires(row, always) for row in moved)


def _fires(row: Any, policy: Policy) -> bool:
    return bool(evaluate(facts_of(row, shipped().screener, policy.trust), policy).findings)
