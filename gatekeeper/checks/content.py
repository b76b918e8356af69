"""Does the text hold something of a family that the rule speaks of, surely enough?"""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from gatekeeper.checks.contract import Check, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.match import Match
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import Family, Likelihood
from gatekeeper.policy.model import Rule


def _step(value: object) -> Likelihood:
    if isinstance(value, Likelihood):
        return value
    names = [step.label for step in Likelihood]
    if value not in names:
        raise ValueError(f"not a likelihood; one of {', '.join(names)}")
    return Likelihood.of(str(value))


Step = Annotated[Likelihood, BeforeValidator(_step)]


class Content(Params):
    """The family, and the half-open range of likelihood that the rule speaks of."""

    family: Family
    at_least: Step
    below: Step | None = None


def run(facts: Facts, rule: Rule) -> Finding | None:
    """The surest match of the family decides; its detector is named, its text never."""
    if not facts.matches:
        return None
    params: Content = rule.params
    surest = max(
        (match for match in facts.matches if match.family is params.family),
        key=lambda match: match.likelihood,
        default=None,
    )
    if surest is None or surest.likelihood < params.at_least:
        return None
    if params.below is not None and surest.likelihood >= params.below:
        return None
    return rule.finding(Reason(f"content.{params.family}"), _told(surest))


def _told(match: Match) -> str:
    sure = match.likelihood.label.replace("_", " ")
    return f"Detector {match.detector} matched; it is {sure} to be right."


CHECK = Check("content", Content, run, about="matches")
