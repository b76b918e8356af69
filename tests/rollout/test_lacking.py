"""Is it told which rules a record does not suffice for?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from msgspec.structs import replace as renewed

from gatekeeper.checks import CHECKS
from gatekeeper.domain.facts import Facts, Listing
from gatekeeper.policy.model import Policy
from gatekeeper.rollout.asked import asked
from gatekeeper.rollout.lacking import Lacking, known_of
from gatekeeper.rollout.recorded import FORMAT
from tests.rollout.test_recording import read_back
from tests.support.shipped import asked_all, shipped
from tests.support.shipped import facts as row

POLICY = shipped().policy


def told(**changes: Any) -> Facts:
    """The facts of a gate about the clean row but for what is named."""
    return asked_all(row(**changes))


def lacks(facts: Facts, policy: Policy = POLICY, version: int = FORMAT, **looked: str) -> set[str]:
    known = known_of(version, dict(asked(POLICY)) | looked, facts)
    return {lack.rule.id for lack in Lacking(policy, asked(policy)).of(facts, known)}


def test_a_record_of_now_lacks_nothing_under_the_policy_that_judged() -> None:
    assert lacks(told()) == set()


def test_a_list_that_is_not_among_the_answers_is_lacking() -> None:
    unasked = lacks(renewed(told(), listings={"us-national": Listing()}))
    asking = {rule.id for rule in POLICY.rules if rule.check in ("dnc", "reassigned")}
    assert unasked and unasked <= asking - {"us.dnc"}


def test_a_family_that_was_read_otherwise_is_lacking() -> None:
    found = lacks(told(), payment="another")
    families = {rule.id for rule in POLICY.rules if getattr(rule.params, "family", "") == "payment"}
    assert found and found <= families


def test_an_old_format_lacks_what_it_does_not_keep() -> None:
    assert "gate.sender" in lacks(told(), version=1)


@pytest.mark.parametrize(
    ("to", "prefix", "lacking"),
    [
        ("+447400123456", "+44740", False),
        ("+447400123456", "+447401", True),
        ("+447400123456", "+447511", False),
        ("+12122000123", "+1212200", False),
        ("+12122000123", "+12122009", True),
    ],
)
def test_a_number_is_known_as_far_as_it_is_kept(to: str, prefix: str, lacking: bool) -> None:
    denied = next(rule for rule in POLICY.rules if rule.check == "denied_place")
    params = type(denied.params)(prefixes=(prefix,))
    rule = replace(denied, params=params, applies=type(denied.applies)())
    policy = replace(POLICY, rules=(rule,), by_check={})
    assert lacks(read_back(told(to=to)), policy) == ({rule.id} if lacking else set())


def test_records_that_are_alike_are_looked_at_once() -> None:
    lacking = Lacking(POLICY, asked(POLICY))
    facts = told()
    first = lacking.of(facts, known_of(FORMAT, asked(POLICY), facts))
    assert lacking.of(facts, known_of(FORMAT, asked(POLICY), facts)) is first


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_what_a_check_asks_of_the_gate_is_one_of_the_four_kinds(check: Any) -> None:
    rules = POLICY.by_check.get(check.name, ())
    asks = {ask for rule in rules for ask in (check.asks(rule.params) if check.asks else ())}
    assert {ask.partition(":")[0] for ask in asks} <= {"list", "family", "limits", "begins"}
