"""Which shape has a pack file, which a detector file, and which a file of replies?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from gatekeeper.domain.registry import Posture, Revocation
from gatekeeper.domain.standing import Exemption
from gatekeeper.domain.words import (
    Channel,
    Family,
    Mode,
    Override,
    Purpose,
    SenderKind,
    Status,
    Technology,
)
from gatekeeper.numbering.trust import SOURCE, Narrows
from gatekeeper.policy.language_codes import language
from gatekeeper.policy.row import Circumstances, Instant, Number, Shape, VerdictWord

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=80)]
Jurisdiction = Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]
Language = Annotated[
    str, AfterValidator(language), Field(json_schema_extra={"pattern": "^[a-z]{2}$"})
]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _day(value: Any) -> Any:
    if isinstance(value, (str, date)) and not isinstance(value, datetime):
        return value
    raise ValueError("write a day, as 2026-11-22")


Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=date)]


class EffectiveShape(Shape):
    """The days on which a rule binds, both inclusive."""

    from_: Day | None = Field(None, alias="from")
    to: Day | None = None


class AppliesShape(Shape):
    """Which messages a rule speaks of; an empty list means any."""

    channels: tuple[Channel, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    technologies: tuple[Technology, ...] = ()
    sender_kinds: tuple[SenderKind, ...] = ()
    campaigns: tuple[Sentence, ...] = ()
    """Ids of campaigns, as tenants have registered them."""
    postures: tuple[Posture, ...] = ()
    line_types: tuple[Literal["landline"], ...] = ()
    exemptions: tuple[Exemption, ...] = ()


class CaseShape(Circumstances):
    """A test beside its rule: a row of a decision table, and whether the rule fires."""

    name: Sentence
    fires: bool


class RolloutShape(Shape):
    """Where a rule of mode enforce has effect already; elsewhere it is in shadow."""

    percent: float = Field(100.0, ge=0, le=100)
    tenants: tuple[Sentence, ...] = ()


class RuleShape(Shape):
    """One rule of a pack."""

    id: Id
    title: Sentence
    citation: Sentence
    url: str | None = None
    effective: EffectiveShape = EffectiveShape()
    verified_on: Day
    confidence: Literal["high", "medium", "low"] = "high"
    mode: Mode = Mode.ENFORCE
    jurisdiction: Jurisdiction | None = None
    applies: AppliesShape = AppliesShape()
    check: str
    with_: dict[str, Any] = Field(default_factory=dict, alias="with")
    verdict: VerdictWord
    override: Override = Override.WAIVER
    rollout: RolloutShape = RolloutShape()
    note: str | None = None
    tests: tuple[CaseShape, ...] = Field(min_length=1)


class LimitShape(Shape):
    """A token bucket: `burst` at once, refilled at `rate` per second."""

    name: Id
    key: Literal["tenant", "application", "sender", "recipient"]
    rate: float = Field(gt=0)
    burst: int = Field(ge=1)


class RevocationShape(Shape):
    """In these days a STOP that does not say is taken at least this wide."""

    least: Revocation
    effective: EffectiveShape = EffectiveShape()
    citation: Sentence
    verified_on: Day
    confidence: Literal["high", "medium", "low"] = "high"
    note: Sentence | None = None


class TrustShape(Shape):
    """A source of statements about recipients: how long it is believed, and how far."""

    source: Annotated[str, Field(pattern=SOURCE)]
    narrows: tuple[Narrows, ...] = Field(min_length=1)
    max_age_days: int = Field(ge=1, le=3660)
    effective: EffectiveShape = EffectiveShape()
    citation: Sentence
    verified_on: Day
    confidence: Literal["high", "medium", "low"] = "high"
    note: Sentence | None = None


class AsFederalShape(Shape):
    """Where a place asks no more than federal law, in all or but for its rules: on what basis."""

    citation: Sentence
    verified_on: Day
    confidence: Literal["high", "medium", "low"] = "high"
    note: Sentence | None = None


class OrderShape(Shape):
    """An emergency order: from its beginning to its end, or until somebody tells the end."""

    id: Id
    region: Jurisdiction
    from_: Instant = Field(alias="from")
    to: Instant | None = None
    title: Sentence
    citation: Sentence
    verified_on: Day
    note: Sentence | None = None


class PackHead(Shape):
    """A pack but for what its rules say: these are read one by one, so each fault is told."""

    pack: Id
    title: Sentence
    jurisdiction: Jurisdiction | None = None
    given: Circumstances | None = None
    limits: tuple[LimitShape, ...] = ()
    revocation: tuple[RevocationShape, ...] = ()
    trust: tuple[TrustShape, ...] = ()
    presumes_area_code: bool = False
    """Whether the state takes who has its area code to be there, whatever else is known."""
    orders: tuple[OrderShape, ...] = ()
    as_federal: AsFederalShape | None = None
    rules: tuple[Any, ...] = ()


class PackShape(PackHead):
    """A file of rules that belong together."""

    rules: tuple[RuleShape, ...] = ()


class DetectorShape(Shape):
    """A file with one detector; screening reads `gate`, `find` and `context` itself."""

    id: Id
    family: Family
    title: Sentence
    citation: Sentence
    verified_on: Day
    gate: dict[str, Any]
    find: dict[str, Any]
    likelihood: Literal["very_unlikely", "unlikely", "possible", "likely", "very_likely"]
    context: dict[str, Any] = Field(default_factory=dict)
    positives: tuple[Number, ...] = Field(min_length=1)
    negatives: tuple[Number, ...] = Field(min_length=1)
    needs_spacy: tuple[Number, ...] = ()
    mode: Mode = Mode.ENFORCE
    category: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] | None = None
    severity: int = Field(2, ge=1, le=3)
    languages: tuple[Language, ...] = ()
    status: Status = Status.STABLE


class ReplyRuleShape(Shape):
    """What keyword sets and patterns have in common."""

    id: Id
    title: Sentence
    citation: Sentence
    verified_on: Day
    positives: tuple[Number, ...] = Field(min_length=1)
    negatives: tuple[Number, ...] = Field(min_length=1)


class KeywordSetShape(ReplyRuleShape):
    """Words that count as the whole of a reply."""

    kind: Literal["stop", "help", "start"]
    certain: bool = True
    alone: bool = False
    sentence: Literal["certain", "first", "uncertain"] | None = None
    words: tuple[Number, ...] = Field(min_length=1)


class ReplyPatternShape(ReplyRuleShape):
    """Free text; it can only end: what brings messages back is said by a keyword."""

    kind: Literal["stop"]
    certain: bool
    gate: dict[str, Any]
    tokens: tuple[Any, ...] = Field(min_length=1)
    unless: tuple[Any, ...] = ()


class RepliesHead(Shape):
    """A file of replies but for what its rules say, as with packs."""

    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    title: Sentence
    fillers: tuple[Number, ...] = ()
    reactions: tuple[Number, ...] = ()
    slips: tuple[Annotated[str, Field(pattern=r"^\w{5,}$")], ...] = ()
    """Words that are also read when one letter is left out or doubled, or two are swapped."""
    words: dict[str, tuple[Number, ...]] = Field(default_factory=dict)
    """Word sets that the patterns of this file share."""
    keywords: tuple[Any, ...] = ()
    patterns: tuple[Any, ...] = ()
    innocent: tuple[Number, ...] = Field(min_length=1)


class RepliesShape(RepliesHead):
    """How replies in one language are read."""

    keywords: tuple[KeywordSetShape, ...] = ()
    patterns: tuple[ReplyPatternShape, ...] = ()
