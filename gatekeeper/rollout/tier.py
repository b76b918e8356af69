"""Which tier of consent does a message need, which is held, and does that suffice?

The answer is made of the very rules and checks that judge a send, asked in full: those that are met
are told too. Nothing here knows a law.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from pydantic import Field

from gatekeeper.checks import frequency, own_will
from gatekeeper.checks.consent import CHECK, Judgement, judge
from gatekeeper.checks.elsewhere import only_in
from gatekeeper.domain.consent import Basis
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.words import Channel, Purpose, Technology
from gatekeeper.policy.model import Policy, Rule
from gatekeeper.policy.row import Instant, LineType, Number, Shape
from gatekeeper.policy.shape import Jurisdiction

COUNTED = "frequency"
"""The check of rules that count what an exemption from consent lets through."""


class TierQuestion(Shape):
    """What is asked: of a person's number, of a place, or of both."""

    number: Number | None = Field(None, max_length=64, description="The person's number.")
    jurisdiction: Jurisdiction | None = Field(
        None, description="Where the person is said to be: US-TX, CA, EU ..."
    )
    channel: Channel
    purpose: Purpose | None = Field(None, description="The campaign's, else marketing.")
    technology: Technology | None = Field(None, description="The campaign's, else unknown.")
    campaign: str | None = Field(None, max_length=256, description="The registered campaign.")
    from_: Number | None = Field(
        None, alias="from", max_length=256, description="The sender, for what is free to receive."
    )
    line_type: LineType | None = Field(
        None, max_length=20, description="landline, if it is known to be one."
    )
    at: Instant | None = Field(None, description="The instant to judge at; now, if absent.")


class TierRule(Shape):
    """One rule that binds, the strictest first: met or not, and why."""

    rule: str
    title: str
    citation: str
    confidence: str
    needs: str | None = Field(description="The tier; null for a rule of another kind.")
    met: bool
    reason: str | None = Field(description="The reason code where it is not met.")
    detail: str
    missing: tuple[str, ...] = Field(description="Elements that it needs and the record lacks.")
    until: datetime | None = Field(description="When what is held will no longer do.")


class TierAnswer(Shape):
    """The tier that is needed against the tier that is held."""

    needed: str = Field(description="none, implied, express or express_written.")
    held: str = Field(description="The basis on record, or what ended it: opt_out, reassigned ...")
    sufficient: bool
    reason: str | None
    detail: str
    citation: str | None
    missing: tuple[str, ...]
    expires: datetime | None = Field(description="The first instant at which it will not suffice.")
    given_at: datetime | None
    rules: tuple[TierRule, ...]
    places: tuple[str, ...] = Field(description="Every candidate; none: the strictest is taken.")
    channel: str
    purpose: str
    technology: str
    posture: str
    at: datetime
    policy: str = Field(description="Content hash of the policy that judged.")


def tier(facts: Facts, policy: Policy) -> TierAnswer:
    """The whole answer at `facts.at`; pure, as a decision is."""
    rules = (*_of_will(facts, policy), *_of_consent(facts, policy), *_counts(facts, policy))
    unmet = [rule for rule in rules if not rule.met]
    held = facts.consent
    return TierAnswer(
        needed=_strictest(rules),
        held=str(held.ended_by or held.basis),
        sufficient=not unmet,
        reason=unmet[0].reason if unmet else None,
        detail=unmet[0].detail if unmet else _why(rules),
        citation=unmet[0].citation if unmet else None,
        missing=tuple(sorted({each for rule in unmet for each in rule.missing})),
        expires=None if unmet else _expires(rules),
        given_at=held.given_at,
        rules=rules,
        places=tuple(sorted(facts.places.regions)),
        channel=facts.channel,
        purpose=facts.purpose,
        technology=facts.technology,
        posture=facts.posture or "unknown",
        at=facts.at,
        policy=policy.hash,
    )


def _of_will(facts: Facts, policy: Policy) -> Iterator[TierRule]:
    for rule in policy.applicable(own_will.CHECK.name, facts):
        finding = own_will.CHECK.run(facts, rule)
        yield _row(rule, finding, "The recipient has not said stop.")


def _of_consent(facts: Facts, policy: Policy) -> Sequence[TierRule]:
    """Rules that leave the place to another pack are not told."""
    binding = policy.applicable(CHECK.name, facts)
    rules = [rule for rule in binding if not only_in(facts, rule.params.except_countries)]
    judged = [(rule, judge(facts, rule)) for rule in rules]
    judged.sort(key=lambda pair: (-_rank(pair[1]), pair[0].id))
    return [_consent_row(facts, rule, judgement) for rule, judgement in judged]


def _rank(judgement: Judgement) -> int:
    return -1 if judgement.excuse else judgement.need.rank


def _consent_row(facts: Facts, rule: Rule, judged: Judgement) -> TierRule:
    need = Basis.NONE if judged.excuse else judged.need
    held = str(facts.consent.basis).replace("_", " ")
    met = judged.excuse or f"Consent is {held}; {str(need).replace('_', ' ')} is needed."
    if facts.consent.ended_by is not None and not judged.excuse:
        met = f"{str(need).replace('_', ' ').capitalize()} consent is needed; what was held ended."
    missing = () if judged.excuse else judged.missing
    return _row(rule, judged.finding, met, needs=need, missing=missing, until=judged.until)


def _counts(facts: Facts, policy: Policy) -> Iterator[TierRule]:
    """Rules of frequency that speak only to those whose consent is too weak."""
    for rule in policy.applicable(COUNTED, facts):
        if rule.params.unless_consent is not None:
            finding = frequency.CHECK.run(facts, rule)
            yield _row(rule, finding, "The exemption's count is not used up.")


def _row(rule: Rule, finding: Finding | None, met: str, **more: Any) -> TierRule:
    binds = finding is not None and not finding.effect.forwards
    return TierRule(
        rule=rule.id,
        title=rule.title,
        citation=rule.citation,
        confidence=rule.confidence,
        met=not binds,
        reason=finding.reason if finding is not None and binds else None,
        detail=finding.detail if finding is not None else met,
        **{"needs": None, "missing": (), "until": None, **more},
    )


def _strictest(rules: Sequence[TierRule]) -> str:
    needs = [Basis(rule.needs) for rule in rules if rule.needs is not None]
    return str(max(needs, key=lambda need: need.rank, default=Basis.NONE))


def _why(rules: Sequence[TierRule]) -> str:
    if _strictest(rules) == Basis.NONE:
        return "No rule that binds here needs consent."
    return next(rule.detail for rule in rules if rule.needs not in (None, Basis.NONE))


def _expires(rules: Sequence[TierRule]) -> datetime | None:
    ends = [rule.until for rule in rules if rule.until is not None]
    return min(ends, default=None)
