from __future__ import annotations

import pytest
from pydantic import ValidationError

from gatekeeper.checks import CHECKS
from gatekeeper.checks.contract import Params
from gatekeeper.domain.reason import Reason
from gatekeeper.evaluate import evaluate
from gatekeeper.rollout.explain_tree import stage_of
from gatekeeper.rollout.given import facts_of
from tests.support.shipped import shipped


class Named(Params):
    name: str


def test_parameters_refuse_an_unknown_key_and_a_change() -> None:
    with pytest.raises(ValidationError):
        Named.model_validate({"name": "a", "nmae": "b"})
    with pytest.raises(ValidationError):
        Named(name="a").name = "b"  # type: ignore[misc]


def test_every_check_has_its_own_name_and_parameters() -> None:
    names = [check.name for check in CHECKS]
    assert len(set(names)) == len(names)
    assert len({check.params for check in CHECKS}) == len(CHECKS)


def test_every_check_says_what_it_compares_and_where_it_is_reported() -> None:
    """Of every shipped rule, on every message that a test beside a rule speaks of."""
    policy, screener = shipped().policy, shipped().screener
    kinds = {check.name: check for check in CHECKS}
    assert [check.name for check in CHECKS if check.compared is None] == []
    for case in policy.cases:
        given = facts_of(case.given, screener)
        for rule in policy.rules:
            compare = kinds[rule.check].compared
            if compare is not None and (rule.id == case.rule or rule.pack == "gate"):
                told = compare(given, rule)
                assert told.value.strip(), f"{rule.id}: {case.name}"
                assert told.limit.strip(), f"{rule.id}: {case.name}"


def test_a_finding_is_reported_at_the_stage_of_its_check() -> None:
    """But for the reasons that a check of lists gives beside its own."""
    policy, screener = shipped().policy, shipped().screener
    kinds = {check.name: check for check in CHECKS}
    beside = {Reason.DNC_STALE, Reason.DNC_NOT_CHECKED}
    for case in policy.cases:
        decision = evaluate(facts_of(case.given, screener), policy)
        for finding in decision.findings:
            rule = policy.rule(finding.rule)
            if rule is not None and finding.reason not in beside:
                assert finding.stage == stage_of(kinds[rule.check], rule), finding.rule
