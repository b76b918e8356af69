"""In which form does a decision lie in the journal?

Never a text, a whole number, an address or a postal code. What is not written has its default;
`rollout.kept` says which facts are kept, how far, and since which format.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from gatekeeper.domain.consent import Consent
from gatekeeper.domain.facts import (
    EmergencyOrder,
    LimitAnswer,
    Listing,
    PartyTerms,
    Sent,
    Template,
)
from gatekeeper.domain.message import Claim
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.registry import Posture
from gatekeeper.domain.resemblance import Resemblance
from gatekeeper.domain.words import (
    Channel,
    Family,
    Mode,
    Purpose,
    SenderKind,
    SenderState,
    Technology,
)

FORMAT = 3
"""Of the decisions written now; those of the first format name none."""


class RecordedReading(Struct, frozen=True, omit_defaults=True):
    """How an address reads: what a rule may ask of it, without the number."""

    country: str | None = None
    npanxx: str | None = None
    """The first six digits within +1."""
    begins: str | None = None
    """Calling code and three digits (`+44740`), outside +1."""
    toll_free: bool = False
    geographic: bool = True
    problem: Reason | None = None
    problem_detail: str = ""


class RecordedSender(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What the registry knew of the sender."""

    pseudonym: str
    kind: SenderKind
    state: SenderState
    registered: bool
    proof: str | None = None
    barred: str | None = None
    free_to_end_user: bool = False
    age_gate: bool = False
    reads: RecordedReading = RecordedReading()


class RecordedPlaces(Struct, frozen=True):
    """Where the recipient may be."""

    regions: tuple[str, ...]
    zones: tuple[str, ...]
    confidence: str


class RecordedStated(Struct, frozen=True, omit_defaults=True):
    """Where the customer said that the recipient is, without the postal code."""

    region: str | None = None
    timezone: str | None = None
    source: str | None = None
    as_of: date | None = None


class RecordedMatch(Struct, frozen=True, omit_defaults=True):
    """What the screener found."""

    family: Family
    detector: str
    likelihood: str
    path: str
    span: tuple[int, int]
    trace: tuple[str, ...] = ()
    exact: bool = True
    category: str | None = None
    severity: int = 2


class RecordedFacts(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The facts that stand nowhere else in the record."""

    at: datetime
    consent: Consent
    listings: Mapping[str, Listing] = {}
    sent: tuple[Sent, ...] = ()
    limits: tuple[LimitAnswer, ...] = ()
    matches: tuple[RecordedMatch, ...] = ()
    opaque: tuple[str, ...] = ()
    """Kinds of the references that nobody could read."""
    stated: RecordedStated | None = None
    line_type: str | None = None
    brand: str | None = None
    campaign_purposes: tuple[Purpose, ...] = ()
    suspended: str | None = None
    terms: tuple[PartyTerms, ...] = ()
    component_disabled: bool = False
    template: Template | str | None = None
    """Its name alone in the first format."""
    last_inbound_at: datetime | None = None
    tag: str | None = None
    automated: bool = False
    record: bool = False
    recording_consent: str | None = None
    kind: str | None = None
    exemption: str | None = None
    carrier_class: str | None = None
    message_class: str | None = None
    orders: tuple[EmergencyOrder, ...] = ()
    length: int | None = None
    disclosures: tuple[str, ...] | None = None
    language: str | None = None
    reads_as: Resemblance | None = None
    lot: int = 0
    observed: bool = False
    sandbox: bool = False


class RecordedFinding(Struct, frozen=True, omit_defaults=True):
    """What one rule said."""

    rule: str
    reason: Reason
    verdict: str
    mode: Mode
    stage: int
    citation: str
    detail: str
    until: datetime | None
    waiver: str | None = None
    observed: bool = False


class RecordedRecipient(RecordedReading, frozen=True, omit_defaults=True, kw_only=True):
    """One recipient: how the address reads, what was decided, and on which facts."""

    pseudonym: str
    places: RecordedPlaces
    verdict: str
    next_allowed_at: datetime | None
    findings: tuple[RecordedFinding, ...]
    facts: RecordedFacts


class RecordedDecision(Struct, frozen=True, kw_only=True):
    """What of a decision's body is read back: the facts of all recipients, and each recipient."""

    format: int = 1
    policy: str
    channel: Channel
    purpose: Purpose
    technology: Technology
    posture: Posture | None = Posture.FCC
    campaign: str | None = None
    claims: tuple[Claim, ...] = ()
    sender: RecordedSender
    asked: Mapping[str, str] | None = None
    """Digests of what the policy had the gate look for, by name; None in the first format."""
    recipients: tuple[RecordedRecipient, ...]
