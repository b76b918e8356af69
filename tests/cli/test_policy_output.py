"""Are numbers told in words that fit?"""

from __future__ import annotations

from gatekeeper.cli.policy_output import count, size
from tests.support.shipped import shipped


def test_one_thing_is_told_in_the_singular() -> None:
    assert (count(1, "rule"), count(0, "rule"), count(2, "rule")) == (
        "1 rule",
        "0 rules",
        "2 rules",
    )


def test_a_policy_is_told_by_all_that_it_holds() -> None:
    policy = shipped().policy
    assert size(policy).startswith(f"{len(policy.rules)} rules, {len(policy.detectors)} detectors")
