"""Is a rule shown with the law that it stands on?"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from gatekeeper.cli.policy_explain import explained, rule_said
from gatekeeper.policy.model import Rollout
from gatekeeper.policy.replies import all_rules
from gatekeeper.rollout.tables import read_table
from tests.support.author import DATA, SMALL, answer, run
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
    assert "content/payment/card.yaml:2:1" in run("explain", "card").stdout


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


MESSAGE = ("--message", "--channel", "sms", "--from", "+13122000100", "--to", "+12122000123",
           "--text", "Acme: 20% off", "--at", "2026-11-20T21:00:00-05:00")  # fmt: skip
TABLE = DATA / "table.yaml"


def test_a_typed_message_is_explained_rule_by_rule() -> None:
    """By the policy in use, or by a folder."""
    told = run("explain", *MESSAGE, "--assume", '{"sender": "owned"}')
    assert told.exit_code == 0
    assert "fires us.quiet_hours defer, quiet_hours (quiet_hours)" in told.stdout
    small = answer("explain", SMALL, *MESSAGE)
    rules = [r["rule"] for s in small["stages"] for c in s["checks"] for r in c["rules"]]
    assert rules == ["us.consent"]


def test_a_row_of_a_table_is_explained() -> None:
    name = read_table(TABLE)[2].name
    found = answer("explain", "--row", f"{TABLE}:{name}")
    assert (found["verdict"], found["reason"]) == ("defer", "quiet_hours")
    assert found["change"]["ways"][0]["changes"][0]["id"] == "wait"


def test_a_row_is_named_where_there_are_several() -> None:
    several = run("explain", "--row", TABLE)
    assert several.exit_code == 1
    assert f"{TABLE} has several rows; name one, as {TABLE}:NAME" in several.stderr
    wrong = run("explain", "--row", f"{TABLE}:no such row")
    assert f"{TABLE} has no row no such row" in wrong.stderr
    gone = run("explain", "--row", "gone.yaml")
    assert "gone.yaml:1:1: cannot be read" in gone.stderr


def test_what_is_to_be_explained_is_one_thing() -> None:
    assert "name a rule; or a message" in run("explain").stderr
    both = run("explain", "us.dnc", SMALL, *MESSAGE)
    assert both.exit_code == 1
    assert "us.dnc is a rule or a message is explained, not both" in both.stderr
    half = run("explain", "--channel", "sms")
    assert half.exit_code == 2
    assert "to: Field required" in half.stderr


def test_a_tenants_rule_says_whose_it_is_what_it_tightens_and_where_it_is_enforced() -> None:
    policy = shipped().policy
    rule = policy.rule("us-fl.quiet_hours")
    assert rule is not None
    own = replace(
        rule,
        tightens=rule.id,
        rollout=Rollout(10.0, frozenset({"acme"})),
        applies=replace(rule.applies, tenants=frozenset({"acme"})),
    )
    told = rule_said(own)
    assert (told["tightens"], told["applies"]["tenants"]) == ("us-fl.quiet_hours", ["acme"])
    assert told["rollout"] == {"percent": 10.0, "tenants": ["acme"]}
    assert (rule_said(rule)["tightens"], rule_said(rule)["rollout"]) == (None, None)
