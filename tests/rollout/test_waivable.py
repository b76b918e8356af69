"""Is a waiver refused that could never let anything pass, by the reasons that its rule gives?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.reason import NEVER_OVERRIDABLE
from gatekeeper.domain.words import Override
from gatekeeper.evaluate import evaluate
from gatekeeper.policy.model import Policy, RuleCase, Waiver
from gatekeeper.rollout.given import facts_of
from gatekeeper.rollout.waivable import reasons_of, unwaivable
from tests.support.shipped import shipped

RULES = sorted(rule.id for rule in shipped().policy.rules)
CASES = [case for case in shipped().policy.cases if case.fires]


def waiving(*rules: str) -> Policy:
    waiver = Waiver(
        id="w",
        tenant="acme",
        rules=frozenset(rules),
        approved_by="Ann",
        reason="a trial",
        citation="memo",
        effective_from=datetime(1970, 1, 1, tzinfo=UTC),
        expires=datetime(9998, 1, 1, tzinfo=UTC),
    )
    return replace(shipped().policy, waivers=(waiver,), by_check={})


def liberal(policy: Policy) -> Policy:
    """As if every rule said of itself that a waiver may speak of it."""
    rules = tuple(replace(rule, override=Override.WAIVER) for rule in policy.rules)
    return replace(policy, rules=rules, by_check={})


@pytest.mark.parametrize("name", ["us.consent_marketing", "content.payment", "gate.suspended"])
def test_a_rule_that_finds_only_what_nothing_lets_pass_cannot_be_waived(name: str) -> None:
    found = list(unwaivable(liberal(waiving(name)), shipped().screener))
    assert len(found) == 1
    assert f"no waiver speaks of {name}: nothing lets pass" in found[0].message


def test_a_rule_of_hours_can_be_waived() -> None:
    assert list(unwaivable(waiving("us.quiet_hours"), shipped().screener)) == []
    assert reasons_of("us.quiet_hours", shipped().policy, shipped().screener) == {"quiet_hours"}
    assert reasons_of("us.quite_hours", shipped().policy, shipped().screener) == frozenset()


EVERYTHING = waiving(*RULES)
BOLDEST = liberal(EVERYTHING)


@given(st.sampled_from(CASES), st.sampled_from([EVERYTHING, BOLDEST]))
def test_whatever_a_waiver_names_what_is_never_overridable_stops(
    case: RuleCase, policy: Policy
) -> None:
    """All shipped rules, by the tests in which they fire, under a waiver that names every rule."""
    facts = facts_of({**case.given, "tenant": "acme"}, shipped().screener)
    decision = evaluate(facts, policy)
    before = evaluate(facts, shipped().policy)
    for finding in decision.findings:
        rule = policy.rule(finding.rule)
        assert rule is not None
        if finding.reason in NEVER_OVERRIDABLE or rule.override is not Override.WAIVER:
            assert finding.waiver is None
    kept = [f for f in before.findings if f.reason in NEVER_OVERRIDABLE and f.effect]
    assert decision.verdict >= max((f.effect for f in kept), default=0)
    assert len(decision.findings) == len(before.findings)
