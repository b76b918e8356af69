"""Everything that a check may ask about one message to one recipient.

Facts hold no message text and no clear number beyond the recipient's own `Number`; they are
what the journal keeps, so that a past decision can be judged again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct, field

from gatekeeper.domain.consent import Consent
from gatekeeper.domain.match import Match
from gatekeeper.domain.message import Claim, Opaque
from gatekeeper.domain.number import Places, Reading, Stated
from gatekeeper.domain.registry import Posture
from gatekeeper.domain.resemblance import Resemblance
from gatekeeper.domain.words import (
    Channel,
    ListAnswer,
    Purpose,
    SenderKind,
    SenderState,
    Technology,
)


class SenderFacts(Struct, frozen=True, gc=False):
    """What the registry knows of the sender."""

    kind: SenderKind = SenderKind.UNKNOWN
    state: SenderState = SenderState.NOT_OWNED
    registration: str | None = None
    """10DLC campaign, toll-free verification, short code lease ... or None."""
    reading: Reading = Reading(None)
    """How the sender's address reads as a number, for forged emergency or service senders."""
    free_to_end_user: bool = False
    age_gate: bool = False
    proof: str | None = None
    """How it was proved that the tenant owns it, None if nobody did."""
    barred: str | None = None
    """Why it may not send for this campaign (`campaign`, `end_customer`), None if it may."""


class Listing(Struct, frozen=True, gc=False):
    """The answer of one list, with the version asked and the instant that it speaks for."""

    answer: ListAnswer = ListAnswer.NOT_CHECKED
    version: str | None = None
    as_of: datetime | None = None
    since: date | None = None
    """Of a list that tells days: a hit is listed since this day (None: since ever), and clear
    says that nothing happened since this day, which is the one that was asked about."""


class Sent(Struct, frozen=True, gc=False):
    """An earlier send to the same recipient that counts towards a cap."""

    at: datetime
    purpose: Purpose


class LimitAnswer(Struct, frozen=True, gc=False):
    """What a limiter answered; `retry_after` is in seconds, 0 when the message was let in."""

    name: str
    retry_after: float = 0.0


class Template(Struct, frozen=True, gc=False):
    """The registered template that a message names."""

    name: str
    category: str | None = None
    status: str = "unknown"


class EmergencyOrder(Struct, frozen=True, gc=False):
    """A declared emergency that suspends calls into a region for a while."""

    region: str
    start: datetime
    end: datetime | None = None


class PartyTerms(Struct, frozen=True, gc=False):
    """Which version of the terms a party to the message has accepted, None for none."""

    party: str
    """`tenant` or `end_customer`."""
    version: str | None = None


class Facts(Struct, frozen=True, gc=False):
    """One message, one recipient, one instant."""

    at: datetime
    channel: Channel
    purpose: Purpose = Purpose.MARKETING
    technology: Technology = Technology.UNKNOWN
    sender: SenderFacts = SenderFacts()
    recipient: Reading = Reading(None)
    places: Places = Places()
    stated: Stated | None = None
    line_type: str | None = None
    consent: Consent = Consent()
    listings: Mapping[str, Listing] = field(default_factory=dict)
    """By list id; a list that is absent was not checked."""
    sent: tuple[Sent, ...] = ()
    limits: tuple[LimitAnswer, ...] = ()
    matches: tuple[Match, ...] = ()
    opaque: tuple[Opaque, ...] = ()
    """References to content that the gate could not see and nobody registered."""
    claims: tuple[Claim, ...] = ()
    campaign: str | None = None
    brand: str | None = None
    campaign_purposes: frozenset[Purpose] = frozenset()
    """What the campaign is registered for; empty without a campaign."""
    suspended: str | None = None
    """Which level is suspended (tenant, end_customer, application, campaign), None if none; a
    suspended sender is not active."""
    terms: tuple[PartyTerms, ...] = ()
    """Of the tenant, and of each end customer that the message is sent for."""
    component_disabled: bool = False
    """Whether the tenant may not use this channel."""
    template: Template | None = None
    last_inbound_at: datetime | None = None
    tag: str | None = None
    automated: bool = False
    record: bool = False
    recording_consent: str | None = None
    kind: str | None = None
    """`opt_out_confirmation` or `help_reply` for the two answers that a stop still permits."""
    exemption: str | None = None
    """The class of message that the campaign is registered as exempt in: `package`, `financial`,
    `healthcare` (47 CFR 64.1200(a)(9))."""
    carrier_class: str | None = None
    """What the campaign is registered to advertise of that which carriers refuse or gate."""
    message_class: str | None = None
    orders: tuple[EmergencyOrder, ...] = ()
    length: int | None = None
    """Characters of the message's texts, None where not all of them are known."""
    posture: Posture | None = Posture.FCC
    """The reading of the law that the tenant follows; under None every reading binds."""
    disclosures: frozenset[str] | None = None
    """What the texts tell (`sender`, `opt_out` ...); None where they are not known."""
    language: str | None = None
    """Language of the texts (`en`), None where it cannot be told."""
    reads_as: Resemblance | None = None
    """The kind of message that the texts read like, None where it could not contradict what is
    registered, or cannot be told."""
    tenant: str | None = None
    lot: int = 0
    """The recipient's place in a rollout by percent, 0 to 9999: the same for every message."""
    observed: bool = False
    """Whether the tenant is in its observe time: what can be overridden is only recorded."""
    sandbox: bool = False
    """True when the upstream is the built-in sandbox: fictional numbers may pass there."""
