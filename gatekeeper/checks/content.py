"""Does the text hold something of a family that the rule speaks of, surely enough?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import BeforeValidator, Field

from gatekeeper.checks import edges_kinds
from gatekeeper.checks.contract import Check, Compared, Params
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
    categories: frozenset[str] = frozenset()
    except_categories: frozenset[str] = frozenset()
    severity: int = Field(1, ge=1, le=3)
    ungated: bool = False

    def speaks_of(self, matches: Sequence[Match]) -> tuple[Match, ...]:
        """Those that a finding of the rule is about: of the family, and likely enough."""
        return tuple(match for match in self.of_kind(matches) if match.likelihood >= self.at_least)

    def of_kind(self, matches: Sequence[Match]) -> Iterator[Match]:
        """Those of the family and category that are grave enough, however likely."""
        for match in matches:
            if (
                match.family is self.family
                and match.severity >= self.severity
                and (not self.categories or match.category in self.categories)
                and match.category not in self.except_categories
            ):
                yield match


def run(facts: Facts, rule: Rule) -> Finding | None:
    """The surest match of the family decides; its detector is named, its text never."""
    if not facts.matches:
        return None
    params: Content = rule.params
    if params.ungated and facts.sender.age_gate:
        return None
    found = params.speaks_of(facts.matches)
    if not found:
        return None
    surest = max(found, key=lambda match: match.likelihood)
    if params.below is not None and surest.likelihood >= params.below:
        return None
    return rule.finding(Reason(f"content.{params.family}"), _told(surest))


def _told(match: Match) -> str:
    sure = match.likelihood.label.replace("_", " ")
    return f"Detector {match.detector} matched; it is {sure} to be right."


def compared(facts: Facts, rule: Rule) -> Compared:
    """The surest match of the family against the likelihood that the rule speaks of."""
    params: Content = rule.params
    found = list(params.of_kind(facts.matches))
    limit = f"{params.family.replace('_', ' ')}: none that is {_word(params.at_least)}"
    limit += f" or likelier, below {_word(params.below)}" if params.below else " or likelier"
    if not found:
        return Compared(f"no match of {params.family.replace('_', ' ')}", limit)
    surest = max(found, key=lambda match: match.likelihood)
    near = params.at_least - 1 <= surest.likelihood < params.at_least
    return Compared(f"{surest.detector}, {_word(surest.likelihood)}", limit, near)


def _word(step: Likelihood) -> str:
    return step.label.replace("_", " ")


def asks(params: Content) -> tuple[str, ...]:
    """That the family's detectors read the texts."""
    return (f"family:{params.family}",)


CHECK = Check(
    "content",
    Content,
    run,
    about="matches",
    edges=edges_kinds.content,
    stage=6,
    compared=compared,
    needs=("matches", "sender.age_gate"),
    asks=asks,
)
