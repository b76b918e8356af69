"""Does a person see what fired, what nearly did, and what would help?"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.cli.explain_output import rule_lines, show_tree
from gatekeeper.rollout.explain_tree import RuleTrace, Tree, explain
from tests.support.shipped import facts, shipped


def tree(**row: Any) -> Tree:
    return explain(facts(**row), shipped().policy, whole=True)


def shown(capsys: pytest.CaptureFixture[str], *, whole: bool = False, **row: Any) -> str:
    show_tree(tree(**row), whole=whole)
    return capsys.readouterr().out


def rule(found: Tree, rule_id: str) -> RuleTrace:
    rules = (r for stage in found.stages for check in stage.checks for r in check.rules)
    return next(each for each in rules if each.rule == rule_id)


def test_what_fired_is_shown_with_what_was_compared_and_what_would_help(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = shown(capsys, at="2026-11-20T21:00:00-05:00", consent="express")
    for line in (
        "block (consent.insufficient)\n",
        "place: US-NY (by area code)\n",
        "time:  Fri 2026-11-20 21:00 America/New_York\n",
        "4 consent\n  fires us.consent_marketing block, consent.insufficient (consent)\n",
        "is: Fri 21:00 in America/New_York\n",
        "asked: open 08:00-21:00 on Fri\n",
        "to let it go:\n  - Wait until 2026-11-21T13:00:00+00:00 (Sat 08:00 in America/New_York).\n"
        "  - Obtain express written consent from the recipient.\n",
        "--all shows every one",
    ):
        assert line in told
    assert "us-fl." not in told


def test_what_nearly_fired_is_shown_and_the_rest_is_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = shown(capsys, at="2026-11-20T20:59:00-05:00")
    assert told.startswith("allow\n")
    assert "nearly us.quiet_hours (quiet_hours)\n      is: Fri 20:59 in America/New_York\n" in told
    assert "gate.sender " not in told
    assert "to let it go" not in told


def test_all_shows_every_rule_and_why_it_was_not_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = shown(capsys, whole=True)
    assert "silent gate.sender (sender)\n      is: active\n      asked: owned and active\n" in told
    assert "it speaks of US-FL; the person may be in US-NY" in told
    assert "not in force us.revoke_all (own_will)\n      it begins on 2027-01-31" in told
    assert all(rule.id in told for rule in shipped().policy.rules)


def test_a_list_is_shown_with_its_version_and_age() -> None:
    answered = {"answer": "stale", "as_of": "2026-10-01T12:00:00-04:00"}
    found = rule(tree(listings={"us-national": answered}), "us.dnc")
    assert "    list us-national: stale, version given, 50.04 days old" in list(
        rule_lines(found, "dnc")
    )
    unasked = rule(tree(listings={}), "us.dnc")
    assert "    list us-national: not-checked, of unknown age" in list(rule_lines(unasked, "dnc"))


def test_where_nothing_helps_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    told = shown(capsys, to="911")
    assert "nothing that the sender can do lets it go: No message may go to that" in told


def test_a_rule_without_effect_says_why() -> None:
    found = rule(tree(listings={"us-national": "stale"}), "us.dnc")
    limited = found.model_copy(update={"limited": "waived by w1"})
    first = next(rule_lines(limited, "dnc"))
    assert "block, dnc.stale, without effect: waived by w1" in first
