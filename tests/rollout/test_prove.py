"""Is a rule or detector that does something else than its examples found out?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from gatekeeper.domain.message import TextPart
from gatekeeper.domain.words import Likelihood, Mode, Role, Status
from gatekeeper.policy.model import Detector, Policy
from gatekeeper.rollout.prove import Proved, coverage, prove
from gatekeeper.rollout.ready import proof
from gatekeeper.screening.screener import Screener
from tests.support.detectors import detector as one
from tests.support.shipped import shipped

PROOF = proof(shipped())


def proved(policy: Policy) -> list[Proved]:
    screener = Screener(policy.detectors)
    return list(prove(policy, screener, Screener(policy.detectors, grammar=False)))


def only(rule_id: str, **changes: Any) -> Policy:
    """The shipped policy's one rule with its tests, changed."""
    policy = shipped().policy
    rule = policy.rule(rule_id)
    assert rule is not None
    cases = tuple(case for case in policy.cases if case.rule == rule_id)
    return Policy("h", (replace(rule, **changes),), cases=cases)


def detector(detector_id: str, **changes: Any) -> Policy:
    """The shipped policy's one detector, changed."""
    found = next(d for d in shipped().policy.detectors if d.id == detector_id)
    return Policy("h", (), detectors=(replace(found, **changes),))


def test_every_example_of_the_shipped_policy_holds() -> None:
    assert [str(each.fault) for each in PROOF if not each.holds] == []


def test_every_rule_and_detector_has_examples_of_either_kind() -> None:
    assert all(each.firing and each.silent for each in coverage(shipped().policy))


def test_a_rule_that_no_longer_fires_is_found_out() -> None:
    problems = [each.problem for each in proved(only("us.quiet_hours", mode=Mode.OFF))]
    assert problems == []
    rule = shipped().policy.rule("us.quiet_hours")
    assert rule is not None
    elsewhere = replace(rule.applies, jurisdiction="CA")
    told = [each for each in proved(only("us.quiet_hours", applies=elsewhere)) if not each.holds]
    assert told
    assert {each.problem for each in told} == {"does not fire; nothing was found"}


def test_a_rule_that_fires_too_often_is_found_out() -> None:
    rule = shipped().policy.rule("us.quiet_hours")
    assert rule is not None
    any_purpose = replace(rule.applies, purposes=frozenset())
    told = [each for each in proved(only("us.quiet_hours", applies=any_purpose)) if not each.holds]
    assert told
    assert told[0].problem == "fires, though it should be silent; found: us.quiet_hours"
    assert str(told[0].fault).startswith("floor/us.yaml:")


def test_a_check_that_fails_is_no_proof() -> None:
    """Its finding is the gate's own, which blocks, but says nothing of the rule."""
    told = [each.problem for each in proved(only("us.quiet_hours", params=None))]
    assert any(problem.startswith("could not be judged") for problem in told)


EXAMPLES: list[Mapping[str, Any]] = [
    {"positives": ("nothing to find here",)},
    {"negatives": ("Your card 4111 1111 1111 1111",)},
    {"needs_spacy": ("nothing to find here",)},
    {"needs_spacy": ("Your card 4111 1111 1111 1111",)},
]


@pytest.mark.parametrize("wrong", EXAMPLES)
def test_a_detector_that_does_not_do_as_its_examples_say_is_found_out(
    wrong: Mapping[str, Any],
) -> None:
    """An example that matches without spaCy does not need spaCy."""
    assert not [each for each in proved(detector("card")) if not each.holds]
    assert [each for each in proved(detector("card", **wrong)) if not each.holds]


SAMPLE = """
id: sample
family: payment
title: A sample
citation: none
verified_on: 2026-11-20
gate: {digits: [16, 16]}
find: {validator: luhn}
context: {raise: [card], lower: [order]}
likelihood: likely
positives: ["my card 4111111111111111"]
negatives: ["my card 4111111111111112"]
"""


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"positives": ("nothing here",)}, "does not match: its gate does not open"),
        (
            {"positives": ("4111 1111 1111 1112",)},
            "does not match: a candidate is dropped: "
            "its validator refuses 16 digits grouped 4-4-4-4",
        ),
        (
            {"positives": ("order 4111111111111111",)},
            "does not match: it is only possible, and likely is asked: it begins as likely, "
            "its evidence moves it by +0, lowered by: order",
        ),
        (
            {"negatives": ("Your card 4111111111111111",)},
            "matches: very likely: luhn; raised by: card",
        ),
    ],
)
def test_an_example_that_fails_says_why_and_is_not_repeated(
    wrong: Mapping[str, Any], problem: str
) -> None:
    sample = Policy("h", (), detectors=(replace(one("sample", SAMPLE), **wrong),))
    [failed] = [each for each in proved(sample) if not each.holds]
    assert failed.problem == problem


def test_a_failing_example_is_told_at_its_own_place() -> None:
    [card] = detector("card").detectors
    proofs = [each for each in proved(detector("card")) if each.name.startswith("positive")]
    assert card.where is not None
    assert [each.source for each in proofs] == [
        card.where("positives", number) for number in range(len(card.positives))
    ]


def test_a_detector_on_trial_is_proved_as_if_it_were_not() -> None:
    """Its matches are at most possible, and its examples show that it is fit to be more."""
    trial = detector("card", status=Status.EXPERIMENTAL)
    text = (TextPart("text", Role.BODY, trial.detectors[0].positives[0]),)
    [match] = Screener(trial.detectors).screen(text)
    assert match.likelihood is Likelihood.POSSIBLE
    wrong = detector("card", status=Status.EXPERIMENTAL, negatives=(text[0].text,))
    assert [each.name for each in proved(wrong) if not each.holds] == ["negative 1"]
    assert all(each.holds for each in proved(detector("card", status=Status.EXPERIMENTAL)))


def test_coverage_counts_the_examples_of_each() -> None:
    policy: Policy = only("us.quiet_hours")
    fires = sum(case.fires for case in policy.cases)
    counted = coverage(policy)[0]
    assert (counted.firing, counted.silent) == (fires, len(policy.cases) - fires)
    card: Detector = detector("card").detectors[0]
    assert coverage(detector("card"))[0].firing == len(card.positives)
