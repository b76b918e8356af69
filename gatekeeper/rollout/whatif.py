"""What would be decided about a message, and in which words is that asked and answered?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from msgspec.structs import replace
from pydantic import BeforeValidator, Field

from gatekeeper.checks.emergency_order import standing
from gatekeeper.domain.decision import Decision
from gatekeeper.domain.facts import EmergencyOrder, Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.match import Match
from gatekeeper.domain.words import Channel, Purpose, Technology
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.consent_input import PresentedConsent
from gatekeeper.numbering.trust import NO_TRUST, Trust
from gatekeeper.policy.model import Policy
from gatekeeper.policy.row import Given, Instant, Number, RecipientRow, Shape, without_notes
from gatekeeper.rollout.explain_tree import Tree
from gatekeeper.rollout.given import Screens, apply_assume, facts_of
from gatekeeper.rollout.statement import believed_line

MAX_TEXT = 65_536


class CheckRequest(Shape):
    """A question: what would become of this message? Nothing is sent and nothing is used up."""

    channel: Channel = Field(description="Channel: sms, mms, whatsapp, messenger, rcs, voice.")
    from_: Number = Field(alias="from", max_length=256, description="The sender's address.")
    to: Number = Field(max_length=256, description="The recipient's number.")
    text: str = Field(max_length=MAX_TEXT, description="The text, sent or spoken.")
    purpose: Purpose | None = Field(None, description="Why it is sent; marketing, if absent.")
    campaign: str | None = Field(None, max_length=256, description="The registered campaign.")
    technology: Technology | None = Field(None, description="How it is placed: live, manual ...")
    at: Instant | None = Field(None, description="The instant to judge at; now, if absent.")
    recipient: RecipientRow | None = Field(None, description="Where the recipient is, if known.")
    consent: PresentedConsent | None = Field(
        None, description="Evidence of consent of your own; it is recorded before the answer."
    )
    assume: Annotated[Given, BeforeValidator(without_notes)] | None = Field(
        None, description="Facts to assume, in the words of a decision table's `given`."
    )
    explain: bool = Field(
        False, description="Tell of every rule what it compared, and the least that would help."
    )


class FindingShape(Shape):
    """What one rule says."""

    rule: str
    reason: str
    verdict: str
    mode: str
    citation: str
    detail: str


class MatchShape(Shape):
    """What the screener found, and where; offsets in code points of the text given."""

    family: str
    detector: str
    likelihood: str
    start: int
    end: int
    trace: tuple[str, ...]


class PlacesShape(Shape):
    """Where the recipient may be; a rule binds if it binds in any of these."""

    regions: tuple[str, ...] = Field(description="States, provinces or countries.")
    zones: tuple[str, ...] = Field(description="Hours must be kept in all of them.")
    confidence: str = Field(
        description="What it rests on: none, library, area_code, stated or narrowed."
    )


class CheckResponse(Shape):
    """The decision that would be made, with everything that led to it."""

    verdict: str
    reason: str | None
    findings: tuple[FindingShape, ...]
    next_allowed_at: datetime | None
    matches: tuple[MatchShape, ...]
    places: PlacesShape
    policy: str = Field(description="Content hash of the policy that judged.")
    hypothetical: bool = Field(False, description="Whether anything was assumed.")
    observe_until: datetime | None = Field(
        None, description="While set, the tenant only observes: most rules stop nothing."
    )
    explanation: Tree | None = Field(None, description="Every rule considered, if asked for.")


def answer(
    request: CheckRequest,
    facts: Facts,
    decision: Decision,
    policy: Policy,
    explanation: Tree | None = None,
) -> CheckResponse:
    """The answer to a question, from the facts it was judged on."""
    return CheckResponse(
        verdict=decision.verdict.label,
        reason=decision.reason,
        findings=tuple(_finding(finding) for finding in decision.findings),
        next_allowed_at=decision.next_allowed_at,
        matches=tuple(_match(match) for match in facts.matches),
        places=PlacesShape(
            regions=tuple(sorted(facts.places.regions)),
            zones=facts.places.zones,
            confidence=facts.places.confidence,
        ),
        policy=policy.hash,
        hypothetical=request.assume is not None,
        explanation=explanation,
    )


def offline_facts(
    request: CheckRequest,
    now: datetime,
    screener: Screens,
    orders: Sequence[EmergencyOrder] = (),
    trust: Trust = NO_TRUST,
) -> Facts:
    """The facts as far as the question itself tells them: no registry, consent or list is asked.

    `orders` are the emergency orders that the policy's files declare, `trust` is its word on how
    far a stated place is believed.

    What is not told or assumed is unknown, which counts as the strictest. InputRejected for
    evidence of consent: there is no ledger to record it in.
    """
    if request.consent is not None:
        raise InputRejected("evidence of consent is presented to a running gate; here, assume it")
    row = {
        "to": request.to,
        "at": request.at or now,
        "message": {
            "channel": request.channel,
            "from": request.from_,
            "text": request.text,
            "purpose": request.purpose,
            "campaign": request.campaign,
            "technology": request.technology,
        },
        "recipient": request.recipient.model_dump() if request.recipient else {},
    }
    facts = facts_of(row, screener, trust)
    line = believed_line(facts.line_type, facts.stated, trust, facts.at)
    facts = replace(facts, orders=standing(orders, facts.at), line_type=line)
    return apply_assume(facts, request.assume, screener, trust) if request.assume else facts


def _finding(finding: Finding) -> FindingShape:
    return FindingShape(
        rule=finding.rule,
        reason=finding.reason,
        verdict=finding.verdict.label,
        mode=finding.mode,
        citation=finding.citation,
        detail=finding.detail,
    )


def _match(match: Match) -> MatchShape:
    return MatchShape(
        family=match.family,
        detector=match.detector,
        likelihood=match.likelihood.label,
        start=match.start,
        end=match.end,
        trace=match.trace,
    )
