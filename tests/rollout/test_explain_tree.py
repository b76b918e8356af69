"""Does the tree hold every rule, with what was compared and why it did or did not fire?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace as altered

from gatekeeper.checks import CHECKS
from gatekeeper.domain.words import Mode
from gatekeeper.evaluate import evaluate
from gatekeeper.policy.model import Applies, Policy, Rollout, Rule, Waiver
from gatekeeper.rollout.explain_tree import RuleTrace, explain, trace
from gatekeeper.rollout.given import facts_of
from tests.support.shipped import facts, judged, shipped

LATE: dict[str, Any] = {"at": "2026-11-20T20:59:00-05:00"}
TOO_LATE: dict[str, Any] = {"at": "2026-11-20T21:00:00-05:00"}


def traced(rule_id: str, policy: Policy | None = None, **row: Any) -> RuleTrace:
    policy = policy or shipped().policy
    given = facts(**row)
    found = trace(rule_id, given, policy, evaluate(given, policy))
    assert found is not None
    return found


def changed(rule_id: str, **changes: Any) -> Policy:
    policy = shipped().policy

    def anew(rule: Rule) -> Rule:
        return replace(rule, **changes) if rule.id == rule_id else rule

    return replace(policy, rules=tuple(map(anew, policy.rules)), by_check={})


def test_every_rule_is_there_once_and_the_findings_are_those_of_the_decision() -> None:
    policy, screener = shipped().policy, shipped().screener
    for case in policy.cases[::7]:
        given = facts_of(case.given, screener)
        tree = explain(given, policy)
        rules = [rule for stage in tree.stages for check in stage.checks for rule in check.rules]
        assert sorted(rule.rule for rule in rules) == sorted(rule.id for rule in policy.rules)
        firing = {rule.rule for rule in rules if rule.outcome == "fires"}
        decision = evaluate(given, policy)
        assert firing == {finding.rule for finding in decision.findings}
        assert (tree.verdict, tree.reason) == (decision.verdict.label, decision.reason)
        assert [stage.stage for stage in tree.stages] == sorted({s.stage for s in tree.stages})


def test_a_silent_rule_tells_what_it_compared() -> None:
    found = traced("us.quiet_hours", **LATE)
    assert (found.outcome, found.near) == ("silent", True)
    assert found.value == "Fri 20:59 in America/New_York"
    assert found.limit == "open 08:00-21:00 on Fri"


def test_a_rule_that_fires_tells_its_reason_and_when_it_is_met() -> None:
    found = traced("us.quiet_hours", **TOO_LATE)
    assert (found.outcome, found.verdict, found.reason) == ("fires", "defer", "quiet_hours")
    assert found.until == judged(**TOO_LATE).next_allowed_at
    assert found.citation.startswith("47 CFR")


def test_a_rule_that_was_not_asked_tells_why() -> None:
    assert traced("us-fl.quiet_hours").outcome == "does_not_bind"
    later = traced("us.revoke_all")
    assert (later.outcome, later.value) == ("not_in_force", None)
    assert later.why == "it begins on 2027-01-31; the message is of 2026-11-20"
    assert traced("us.dnc", changed("us.dnc", mode=Mode.OFF)).outcome == "off"


def test_lists_are_told_with_version_and_age() -> None:
    given = facts()
    aged = {"answer": "clear", "as_of": (given.at - timedelta(days=3)).isoformat()}
    [listed] = traced("us.dnc", listings={"us-national": aged}).lists
    assert (listed.list, listed.answer, listed.version, listed.age_days) == (
        "us-national", "clear", "given", 3.0,
    )  # fmt: skip


def test_what_limits_a_rule_is_told() -> None:
    none: dict[str, Any] = {"listings": {"us-national": "stale"}}
    shadow = traced("us.dnc", changed("us.dnc", mode=Mode.SHADOW), **none)
    assert (shadow.mode, shadow.limited) == ("shadow", "the rule is in shadow")
    part = traced("us.dnc", changed("us.dnc", rollout=Rollout(percent=0.0)), **none)
    assert part.limited == "rolled out to 0 % of recipients, and not to this one"
    some = Rollout(tenants=frozenset({"acme"}))
    assert "some tenants" in (
        traced("us.dnc", changed("us.dnc", rollout=some), **none).limited or ""
    )
    assert traced("us.dnc", **none).limited is None


def test_a_waiver_and_a_tenant_that_observes_are_told() -> None:
    at = facts().at
    day = timedelta(days=1)
    waiver = Waiver("w1", "acme", frozenset({"us.dnc"}), "Ann", "why", "law", at - day, at + day)
    policy = replace(shipped().policy, waivers=(waiver,), by_check={})
    given = replaced(tenant="acme")
    found = trace("us.dnc", given, policy, evaluate(given, policy))
    assert found is not None
    assert found.limited == "waived by w1"
    observed = replaced(observed=True)
    found = trace("us.dnc", observed, shipped().policy, evaluate(observed, shipped().policy))
    assert found is not None
    assert found.limited == "the tenant is in its observe time"


def replaced(**changes: Any) -> Any:
    return altered(facts(listings={"us-national": "stale"}), **changes)


def test_a_check_that_fails_is_told_of_its_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(facts: Any, rule: Any) -> Any:
        raise ZeroDivisionError

    broken = tuple(replace(c, run=failing) if c.name == "dnc" else c for c in CHECKS)
    monkeypatch.setattr("gatekeeper.evaluate.CHECKS", broken)
    monkeypatch.setattr("gatekeeper.evaluate._KEPT", {})
    found = traced("us.dnc", changed("us.dnc"))
    assert found.outcome == "failed"


def test_the_tree_tells_the_places_and_their_clocks() -> None:
    tree = explain(facts(to="+12082000123", at="2026-11-20T20:30:00-07:00"), shipped().policy)
    assert tree.places == ("US-ID",)
    assert tree.clocks == (
        "Fri 2026-11-20 20:30 America/Boise",
        "Fri 2026-11-20 19:30 America/Los_Angeles",
    )
    assert tree.confidence == "area_code"
    assert tree.change is None


def test_there_is_no_trace_of_a_rule_that_is_not_there() -> None:
    given = facts()
    assert trace("no.such", given, shipped().policy, evaluate(given, shipped().policy)) is None


def test_a_tenant_sees_no_rule_of_another_and_none_of_its_campaigns() -> None:
    own = Applies(tenants=frozenset({"rival"}))
    campaign = Applies(campaigns=frozenset({"rival-secret"}))
    rules = (
        replace(rule("us.dnc"), id="rival.rule", applies=own),
        replace(rule("us.dnc"), id="house.rule", applies=campaign),
    )
    policy = replace(shipped().policy, rules=rules, by_check={})
    given = replaced(tenant="acme")
    told = explain(given, policy).model_dump_json()
    assert "rival" not in told
    assert "it speaks of some campaigns only" in told
    whole = explain(given, policy, whole=True).model_dump_json()
    assert "rival.rule" in whole
    assert "rival-secret" in whole


def rule(rule_id: str) -> Rule:
    found = shipped().policy.rule(rule_id)
    assert found is not None
    return found
