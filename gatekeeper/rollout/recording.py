"""How are the facts of a decision written into its record, and how are they read back?

Both directions stand side by side: what re-judging reads is what the pipeline has written.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gatekeeper.domain.decision import Decision
from gatekeeper.domain.facts import EmergencyOrder, Facts, SenderFacts, Template
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.match import Match
from gatekeeper.domain.message import Claim, Opaque
from gatekeeper.domain.number import Number, Places, Reading, Stated
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import Likelihood, Purpose
from gatekeeper.numbering.beginning import beginning
from gatekeeper.rollout.recorded import (
    RecordedDecision,
    RecordedFacts,
    RecordedFinding,
    RecordedMatch,
    RecordedPlaces,
    RecordedReading,
    RecordedRecipient,
    RecordedSender,
    RecordedStated,
)

FREE_TEXT = "(free text)"
"""Stands for a value that is no word and could be a number or a secret."""
REGISTERED = "(registered)"
"""Stands for a registration that was on record."""
_WORD = re.compile(r"[A-Za-z_.-]{1,40}", re.ASCII)
_PLACE = re.compile(r"[A-Za-z_/+-]{1,40}[0-9]{0,2}", re.ASCII)
"""A region or zone (`US-TX`, `Etc/GMT+5`); anything else could be an address."""


@lru_cache(maxsize=4096)
def recorded_sender(sender: SenderFacts, pseudonym: str) -> RecordedSender:
    """The sender as it is written."""
    return RecordedSender(
        pseudonym=pseudonym,
        kind=sender.kind,
        state=sender.state,
        registered=bool(sender.registration),
        proof=sender.proof,
        barred=sender.barred,
        free_to_end_user=sender.free_to_end_user,
        age_gate=sender.age_gate,
        reads=RecordedReading(*_reads(sender.reading)),
    )


def recorded_recipient(facts: Facts, decision: Decision, pseudonym: str) -> RecordedRecipient:
    """One recipient with the decision, as it is written."""
    return RecordedRecipient(
        *_reads(facts.recipient),
        pseudonym=pseudonym,
        places=_recorded_places(facts.places),
        verdict=decision.verdict.label,
        next_allowed_at=decision.next_allowed_at,
        findings=tuple([_finding(each) for each in decision.findings]),
        facts=_recorded_facts(facts),
    )


@lru_cache(maxsize=4096)
def _recorded_places(places: Places) -> RecordedPlaces:
    return RecordedPlaces(tuple(sorted(places.regions)), places.zones, places.confidence)


def recorded_claims(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """What the caller claims: a word as it is, anything else as free text."""
    return tuple([Claim(claim.name, _word(claim.value) or FREE_TEXT) for claim in claims])


def _finding(finding: Finding) -> RecordedFinding:
    return RecordedFinding(
        finding.rule,
        finding.reason,
        finding.verdict.label,
        finding.mode,
        finding.stage,
        finding.citation,
        finding.detail,
        finding.until,
        finding.waiver,
        finding.observed,
    )


def _recorded_facts(facts: Facts) -> RecordedFacts:
    return RecordedFacts(
        at=facts.at,
        consent=facts.consent,
        listings=facts.listings,
        sent=facts.sent,
        limits=facts.limits,
        matches=tuple([_match(each) for each in facts.matches]) if facts.matches else (),
        opaque=tuple([each.kind for each in facts.opaque]) if facts.opaque else (),
        stated=_stated(facts.stated) if facts.stated else None,
        line_type=_word(facts.line_type),
        brand=facts.brand,
        campaign_purposes=_sorted(facts.campaign_purposes),
        suspended=facts.suspended,
        terms=facts.terms,
        component_disabled=facts.component_disabled,
        template=facts.template,
        last_inbound_at=facts.last_inbound_at,
        tag=_word(facts.tag),
        automated=facts.automated,
        record=facts.record,
        recording_consent=_word(facts.recording_consent),
        kind=facts.kind,
        exemption=facts.exemption,
        carrier_class=facts.carrier_class,
        message_class=_word(facts.message_class),
        orders=_speaking(facts) if facts.orders else (),
        length=facts.length,
        disclosures=None if facts.disclosures is None else tuple(sorted(facts.disclosures)),
        language=_word(facts.language),
        reads_as=facts.reads_as,
        lot=facts.lot,
        observed=facts.observed,
        sandbox=facts.sandbox,
    )


def facts_of(tenant: str, decision: RecordedDecision, recipient: RecordedRecipient) -> Facts:
    """The facts of one recipient, as far as the record tells them."""
    own = recipient.facts
    template = own.template
    return Facts(
        tenant=tenant,
        channel=decision.channel,
        purpose=decision.purpose,
        technology=decision.technology,
        posture=decision.posture,
        campaign=decision.campaign,
        claims=decision.claims,
        sender=_sender_of(decision.sender),
        recipient=_reading_of(recipient),
        places=_places_of(recipient.places),
        at=own.at,
        consent=own.consent,
        listings=own.listings,
        sent=own.sent,
        limits=own.limits,
        matches=tuple([_match_of(each) for each in own.matches]) if own.matches else (),
        opaque=tuple([Opaque(kind, "", "") for kind in own.opaque]) if own.opaque else (),
        stated=_stated_of(own.stated) if own.stated else None,
        line_type=own.line_type,
        brand=own.brand,
        campaign_purposes=frozenset(own.campaign_purposes),
        suspended=own.suspended,
        terms=own.terms,
        component_disabled=own.component_disabled,
        template=Template(template) if isinstance(template, str) else template,
        last_inbound_at=own.last_inbound_at,
        tag=own.tag,
        automated=own.automated,
        record=own.record,
        recording_consent=own.recording_consent,
        kind=own.kind,
        exemption=own.exemption,
        carrier_class=own.carrier_class,
        message_class=own.message_class,
        orders=own.orders,
        length=own.length,
        disclosures=None if own.disclosures is None else frozenset(own.disclosures),
        language=own.language,
        reads_as=own.reads_as,
        lot=own.lot,
        observed=own.observed,
        sandbox=own.sandbox,
    )


def _reads(
    reading: Reading,
) -> tuple[str | None, str | None, str | None, bool, bool, Reason | None, str]:
    """The fields of a `RecordedReading`, in their order."""
    number, problem, detail = reading.number, reading.problem, reading.detail
    if number is None:
        return None, None, None, False, True, problem, detail
    within = number.npa is not None
    npanxx = number.e164[2:8] if within else None
    begins = None if within else beginning(number.e164)
    return number.region, npanxx, begins, number.toll_free, number.geographic, problem, detail


def _speaking(facts: Facts) -> tuple[EmergencyOrder, ...]:
    """Of all orders that are not over, those of the recipient's places."""
    there = facts.places.regions | facts.places.countries
    return tuple([order for order in facts.orders if order.region in there])


def _word(value: str | None) -> str | None:
    return value if value is None or _WORD.fullmatch(value) else FREE_TEXT


def _place(value: str | None) -> str | None:
    return value if value is None or _PLACE.fullmatch(value) else FREE_TEXT


@lru_cache(maxsize=4096)
def _sorted(purposes: frozenset[Purpose]) -> tuple[Purpose, ...]:
    return tuple(sorted(purposes))


def _stated(stated: Stated) -> RecordedStated:
    return RecordedStated(
        _place(stated.region), _place(stated.timezone), _word(stated.source), stated.as_of
    )


def _stated_of(stated: RecordedStated) -> Stated:
    return Stated(
        region=stated.region,
        timezone=stated.timezone,
        source=stated.source,
        as_of=stated.as_of,
    )


def _match(match: Match) -> RecordedMatch:
    return RecordedMatch(
        match.family,
        match.detector,
        match.likelihood.label,
        match.path,
        (match.start, match.end),
        match.trace,
        match.exact,
        match.category,
        match.severity,
    )


def _match_of(match: RecordedMatch) -> Match:
    likelihood = Likelihood.of(match.likelihood)
    return Match(
        match.family,
        match.detector,
        likelihood,
        match.path,
        *match.span,
        trace=match.trace,
        exact=match.exact,
        category=match.category,
        severity=match.severity,
    )


@lru_cache(maxsize=4096)
def _sender_of(sender: RecordedSender) -> SenderFacts:
    return SenderFacts(
        kind=sender.kind,
        state=sender.state,
        registration=REGISTERED if sender.registered else None,
        reading=_reading_of(sender.reads),
        free_to_end_user=sender.free_to_end_user,
        age_gate=sender.age_gate,
        proof=sender.proof,
        barred=sender.barred,
    )


def _reading_of(reading: RecordedReading) -> Reading:
    """As it was, but that a number ends where the record ends."""
    if reading.country is None:
        return Reading(None, reading.problem, reading.problem_detail)
    digits = reading.npanxx
    number = Number(
        e164=f"+1{digits}" if digits else reading.begins or "+",
        region=reading.country,
        npa=digits[:3] if digits else None,
        toll_free=reading.toll_free,
        geographic=reading.geographic,
    )
    return Reading(number, reading.problem, reading.problem_detail)


@lru_cache(maxsize=4096)
def _places_of(places: RecordedPlaces) -> Places:
    """Shared by all that are in the same places, so that they are told apart at no cost."""
    return Places(frozenset(places.regions), places.zones, places.confidence)
