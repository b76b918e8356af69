"""Is a rule shown with the law that it stands on?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.cli.policy_explain import explained
from gatekeeper.policy.replies import all_rules
from tests.support.author import SMALL, answer, run
from tests.support.shipped import shipped


def test_explain_shows_the_law_behind_a_rule() -> None:
    result = run("explain", "us.quiet_hours")
    assert result.exit_code == 0
    for told in ("47 CFR 64.1200(c)(1)", "quiet_hours", "floor/us.yaml:", "fires:", "silent:"):
        assert told in result.stdout
    found = answer("explain", "us.quiet_hours")
    assert (found["id"], found["verdict"], found["mode"]) == ("us.quiet_hours", "defer", "enforce")
    assert {test["fires"] for test in found["tests"]} == {True, False}


def test_explain_offers_the_rule_that_was_meant() -> None:
    result = run("explain", "us.quiet_hour")
    assert result.exit_code == 1
    assert (
        "there is no rule or detector us.quiet_hour (did you mean us.quiet_hours?)" in result.stderr
    )


def test_explain_shows_a_detector() -> None:
    found = answer("explain", "card")
    assert (found["family"], found["tests"]) == ("payment", [])
    assert "content/payment/card.yaml:1:1" in run("explain", "card").stdout


def test_explain_shows_a_rule_of_replies_with_its_words_and_place() -> None:
    shown = run("explain", "en.stop", SMALL).stdout
    assert "unsubscribe" in shown
    assert "replies/en.yaml:4:5" in shown


SUBJECTS = (
    *shipped().policy.rules,
    *shipped().policy.detectors,
    *all_rules(shipped().policy),
)


@pytest.mark.parametrize("rule", SUBJECTS, ids=lambda rule: rule.id)
def test_every_shipped_rule_detector_and_rule_of_replies_can_be_explained(
    rule: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    explained(rule, shipped().policy, as_json=True)
    assert json.loads(capsys.readouterr().out)["citation"] == rule.citation
    explained(rule, shipped().policy, as_json=False)
    assert rule.id in capsys.readouterr().out
