from __future__ import annotations

import pytest
from msgspec.structs import replace
from pydantic import ValidationError

from gatekeeper.checks.content import CHECK, Content
from gatekeeper.domain.match import Match
from gatekeeper.domain.words import Family, Likelihood
from tests.support.judging import ask, facts, reason


def match(family: str, likelihood: str) -> Match:
    return Match(Family(family), "card", Likelihood.of(likelihood), "Body", 0, 4)


@pytest.mark.parametrize("family", [family for family in Family if family != "uninspectable"])
def test_each_family_is_its_own_reason(family: Family) -> None:
    given = facts(matches=(match(family, "likely"),))
    assert reason(CHECK, given, family=family, at_least="likely") == f"content.{family}"


@pytest.mark.parametrize(
    ("likelihood", "found"),
    [("unlikely", False), ("possible", True), ("likely", False), ("very_likely", False)],
)
def test_the_range_of_likelihood_is_half_open(likelihood: str, found: bool) -> None:
    given = facts(matches=(match("payment", likelihood),))
    finding = ask(CHECK, given, family="payment", at_least="possible", below="likely")
    assert (finding is not None) is found


def test_the_surest_match_decides() -> None:
    both = facts(matches=(match("payment", "possible"), match("payment", "very_likely")))
    assert ask(CHECK, both, family="payment", at_least="likely") is not None
    assert ask(CHECK, both, family="payment", at_least="possible", below="likely") is None


def test_a_finding_is_about_every_match_that_is_likely_enough() -> None:
    kinds = ("unlikely", "possible", "likely", "very_likely")
    given = (*(match("payment", each) for each in kinds), match("health", "likely"))
    rule = Content.model_validate({"family": "payment", "at_least": "possible", "below": "likely"})
    assert [m.likelihood.label for m in rule.speaks_of(given)] == list(kinds[1:])


def test_another_family_is_not_spoken_of() -> None:
    assert ask(CHECK, facts(matches=(match("health", "likely"),)), family="payment",
               at_least="likely") is None  # fmt: skip


@pytest.mark.parametrize("age_gate", [True, False])
def test_a_rule_of_the_ungated_speaks_only_of_senders_without_an_age_gate(age_gate: bool) -> None:
    given = facts(matches=(match("forbidden", "likely"),))
    given = replace(given, sender=replace(given.sender, age_gate=age_gate))
    found = ask(CHECK, given, family="forbidden", at_least="likely", ungated=True)
    assert (found is None) is age_gate


def test_a_likelihood_that_does_not_exist_does_not_load() -> None:
    with pytest.raises(ValidationError, match="not a likelihood"):
        Content.model_validate({"family": "payment", "at_least": "surely"})
