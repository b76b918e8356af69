"""What are the facts that a row of a decision table speaks of?

The words are those of `policy.row`. Whatever a row leaves out is unknown, and unknown counts as
the strictest: sender not owned, no consent, lists not checked, recipient's place not stated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from msgspec.structs import replace

from gatekeeper.domain.disclosure import Told
from gatekeeper.domain.facts import (
    EmergencyOrder,
    Facts,
    LimitAnswer,
    Listing,
    PartyTerms,
    SenderFacts,
    Sent,
    Template,
)
from gatekeeper.domain.match import Match
from gatekeeper.domain.message import Claim, Opaque, TextPart
from gatekeeper.domain.number import Reading
from gatekeeper.domain.registry import Posture
from gatekeeper.domain.resemblance import Resemblance
from gatekeeper.domain.standing import ProofKind
from gatekeeper.domain.words import (
    Channel,
    Likelihood,
    ListAnswer,
    Role,
    SenderKind,
    SenderState,
)
from gatekeeper.errors import InputRejected
from gatekeeper.numbering.parse import read
from gatekeeper.numbering.places import places_of
from gatekeeper.numbering.senders import sender_kind
from gatekeeper.numbering.trust import NO_TRUST, Trust
from gatekeeper.policy.row import (
    Circumstances,
    Given,
    ListingForm,
    ListingRow,
    MatchRow,
    MessageRow,
    RecipientRow,
    SenderForm,
    SenderRow,
    TermsForm,
    TermsRow,
    without_notes,
)
from gatekeeper.rollout.given_consent import consent_of
from gatekeeper.rollout.statement import believed_line, stated_of

UNREGISTERED = frozenset({"none", "unregistered", "unverified", "pending", "rejected", "expired"})
"""Words that say of a sender that it holds no registration."""
PERSONAL = frozenset({Channel.MESSENGER})
"""Channels whose recipients are named by an id that says nothing of a number."""


class Screens(Protocol):
    """What judging a row needs of a screener."""

    def screen(self, parts: Sequence[TextPart], names: Sequence[str] = ()) -> tuple[Match, ...]:
        """All matches in the parts; `names` are those that the sender goes by."""

    def told(self, parts: Sequence[TextPart], names: Sequence[str] = ()) -> Told:
        """What the parts tell their recipient."""


def facts_of(row: Mapping[str, Any], screener: Screens, trust: Trust = NO_TRUST) -> Facts:
    """The facts of a whole row (`policy.row.overlay` of `given` and the row's own keys).

    `trust` is the policy's: how far it believes where the recipient is said to be.
    Raises pydantic's ValidationError for a word that is unknown, and InputRejected for a row
    without recipient, instant or channel.
    """
    said = Circumstances.model_validate(without_notes(row))
    channel = said.message.channel if said.message else None
    if said.to is None or said.at is None or channel is None:
        raise InputRejected("a row needs to, at and message.channel")
    facts = Facts(
        at=said.at,
        channel=channel,
        recipient=recipient_reading(channel, said.to),
        tenant=said.tenant,
        lot=said.lot,
        observed=said.observed,
    )
    return apply_assume(_placed(facts, trust), said, screener, trust)


def apply_assume(facts: Facts, assume: Given, screener: Screens, trust: Trust = NO_TRUST) -> Facts:
    """The facts as they would be if the assumed were so; absent keys change nothing."""
    facts = _with_message(facts, assume.message, screener)
    if assume.posture is not None:
        known = assume.posture != "unknown"
        facts = replace(facts, posture=Posture(assume.posture) if known else None)
    if assume.recipient is not None:
        facts = with_recipient(facts, assume.recipient, trust)
    if assume.sender is not None:
        facts = replace(facts, sender=_sender(facts.sender, assume.sender))
    if assume.consent is not None:
        facts = replace(facts, consent=consent_of(assume.consent, facts))
    if assume.listings is not None:
        facts = replace(facts, listings={**facts.listings, **_listings(facts, assume.listings)})
    return _with_reported(_with_history(facts, assume), assume)


def with_recipient(facts: Facts, recipient: RecipientRow, trust: Trust = NO_TRUST) -> Facts:
    """The facts with the place and line type that are stated of the recipient.

    A line type for which no source is named is a fact of the row; one with a source is as good as
    the policy trusts that source.
    """
    stated, line = stated_of(recipient), recipient.line_type
    if recipient.source is not None:
        line = believed_line(line, stated, trust, facts.at)
    return _placed(replace(facts, stated=stated, line_type=line), trust)


def recipient_reading(channel: Channel, to: str) -> Reading:
    """How the recipient's address reads, without the channel's own prefix (`whatsapp:`)."""
    return Reading(None) if channel in PERSONAL else read(to.removeprefix(f"{channel}:"))


def sender_facts(channel: Channel, address: str) -> SenderFacts:
    """What the sender's address alone tells: its kind, and how it reads as a number."""
    bare = address.removeprefix(f"{channel}:")
    match channel:
        case Channel.WHATSAPP:
            kind = SenderKind.WABA
        case Channel.MESSENGER | Channel.RCS:
            kind = SenderKind.PAGE
        case _:
            kind = sender_kind(bare)[0]
    return SenderFacts(kind=kind, reading=read(bare))


def text_parts(channel: Channel, text: str) -> tuple[TextPart, ...]:
    """The one text of a row as the screener takes it: spoken in a call, else the body."""
    role = Role.TTS if channel is Channel.VOICE else Role.BODY
    return (TextPart("text", role, text),)


def _placed(facts: Facts, trust: Trust) -> Facts:
    places = places_of(facts.recipient.number, facts.stated, trust, facts.at)
    return replace(facts, places=places)


_MESSAGE_FIELDS: Mapping[str, str] = {
    "channel": "channel",
    "purpose": "purpose",
    "campaign": "campaign",
    "brand": "brand",
    "technology": "technology",
    "last_inbound_at": "last_inbound_at",
    "tag": "tag",
    "automated": "automated",
    "record": "record",
    "recording_consent": "recording_consent",
    "kind": "kind",
    "exemption": "exemption",
    "carrier_class": "carrier_class",
    "class_": "message_class",
}


def _with_message(facts: Facts, message: MessageRow | None, screener: Screens) -> Facts:
    if message is None:
        return facts
    said = {name: getattr(message, name) for name in _MESSAGE_FIELDS}
    plain = {_MESSAGE_FIELDS[name]: value for name, value in said.items() if value is not None}
    facts = replace(facts, **plain)
    if message.purpose is not None:
        facts = replace(facts, campaign_purposes=frozenset({message.purpose}))
    if message.from_ is not None:
        seen = sender_facts(facts.channel, message.from_)
        facts = replace(facts, sender=replace(facts.sender, kind=seen.kind, reading=seen.reading))
    if message.template is not None:
        named = message.template
        facts = replace(facts, template=Template(named.name, named.category, named.status))
    if message.text is not None:
        facts = _with_text(facts, message.text, screener)
    return facts


def _with_text(facts: Facts, text: str, screener: Screens) -> Facts:
    parts = text_parts(facts.channel, text)
    told = screener.told(parts)
    return replace(
        facts,
        matches=tuple(screener.screen(parts)),
        length=len(text),
        disclosures=told.elements,
        language=told.language,
    )


def _sender(known: SenderFacts, said: SenderForm) -> SenderFacts:
    """`owned` is active, verified and registered; a mapping is owned but for what it says."""
    if isinstance(said, SenderRow):
        return replace(
            known,
            kind=said.kind or known.kind,
            state=said.state,
            registration=_registration(said.registration),
            free_to_end_user=said.free_to_end_user,
            age_gate=said.age_gate,
            proof=_proof(said.proof),
            barred=None if said.campaign_allowed else "campaign",
        )
    if said == "not_owned":
        return replace(known, state=SenderState.NOT_OWNED, registration=None, proof=None)
    state = SenderState.ACTIVE if said == "owned" else SenderState.SUSPENDED
    return replace(known, state=state, registration="registered", proof=_proof(True))


def _proof(said: ProofKind | bool | None) -> str | None:
    if isinstance(said, ProofKind):
        return said
    return ProofKind.PROVIDER if said else None


def _terms(said: TermsForm) -> tuple[PartyTerms, ...]:
    """A word speaks of an end customer; a mapping of the parties that it names."""
    if isinstance(said, TermsRow):
        return tuple(PartyTerms(party, getattr(said, party)) for party in said.model_fields_set)
    return (PartyTerms("end_customer"),) if said == "missing" else ()


def _registration(said: str | bool | None) -> str | None:
    if isinstance(said, bool) or said is None:
        return "registered" if said else None
    return None if said.lower() in UNREGISTERED else said


def _listings(facts: Facts, said: Mapping[str, ListingForm]) -> dict[str, Listing]:
    """A list that answered hit or clear is as fresh as the message; a stale one has no date."""
    return {name: _listing(facts, form) for name, form in said.items()}


def _listing(facts: Facts, form: ListingForm) -> Listing:
    row = form if isinstance(form, ListingRow) else ListingRow(answer=form)
    fresh = row.answer in (ListAnswer.HIT, ListAnswer.CLEAR)
    return Listing(row.answer, "given", row.as_of or (facts.at if fresh else None), row.since)


def _with_history(facts: Facts, said: Given) -> Facts:
    sent, orders = facts.sent, facts.orders
    if said.sent is not None:
        sent = tuple(Sent(earlier.at, earlier.purpose or facts.purpose) for earlier in said.sent)
    if said.orders is not None:
        orders += tuple(EmergencyOrder(o.region, o.from_, o.to) for o in said.orders)
    return replace(facts, sent=sent, orders=orders)


def _with_reported(facts: Facts, said: Given) -> Facts:
    """What registry, caller, limiters and detectors would report in a running gate."""
    claims, opaque, limits = facts.claims, facts.opaque, facts.limits
    if said.claims is not None:
        claims = tuple(Claim(name, value) for name, value in said.claims.items())
    if said.opaque is not None:
        opaque = tuple(Opaque(kind, "given", "given") for kind in said.opaque)
    if said.limits is not None:
        limits = tuple(LimitAnswer(name, wait) for name, wait in said.limits.items())
    matches = (*facts.matches, *map(_match, said.matches or ()))
    facts = replace(facts, claims=claims, opaque=opaque, limits=limits, matches=matches)
    if said.reads_as is not None:
        facts = replace(facts, reads_as=Resemblance(said.reads_as.kind, said.reads_as.score))
    return _with_standing(facts, said)


def _with_standing(facts: Facts, said: Given) -> Facts:
    """Who is stopped, what was accepted, what is enabled; a suspended sender is not active."""
    if said.suspended == "sender":
        facts = replace(facts, sender=replace(facts.sender, state=SenderState.SUSPENDED))
    elif said.suspended is not None:
        facts = replace(facts, suspended=said.suspended)
    if said.terms is not None:
        facts = replace(facts, terms=_terms(said.terms))
    if said.component is not None:
        facts = replace(facts, component_disabled=said.component == "disabled")
    return facts


def _match(said: MatchRow) -> Match:
    likelihood = Likelihood.of(said.likelihood)
    return Match(
        said.family,
        "given",
        likelihood,
        "given",
        0,
        0,
        category=said.category,
        severity=said.severity,
    )
