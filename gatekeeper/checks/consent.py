"""Is the consent on record as strong as this message needs?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from pydantic import PositiveInt

from gatekeeper.checks import compared_consent, edges_tiers
from gatekeeper.checks.answer import answers_recipient
from gatekeeper.checks.contract import Check, Params
from gatekeeper.checks.elsewhere import only_in
from gatekeeper.checks.months import months_after
from gatekeeper.domain.consent import Basis, Consent, Relation
from gatekeeper.domain.disclosure import Element
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import Channel, Purpose, Technology
from gatekeeper.policy.model import Rule


class Exempt(Params):
    """A kind of message that needs no consent: every condition that is named must hold."""

    name: str
    classes: frozenset[str] = frozenset()
    """What the campaign is registered as exempt in (`package` ...)."""
    channels: frozenset[Channel] = frozenset()
    purposes: frozenset[Purpose] = frozenset()
    technologies: frozenset[Technology] = frozenset()
    line_types: frozenset[str] = frozenset()
    free_to_end_user: bool = False
    max_length: PositiveInt | None = None
    """Characters of a text; nobody knows how long a call will be."""
    tells: frozenset[Element] = frozenset()
    """What the text must tell; a text that nobody knows tells nothing."""

    def covers(self, facts: Facts) -> bool:
        """Whether the message is of this kind; what is not known holds no condition."""
        sets = (
            (self.classes, facts.exemption),
            (self.channels, facts.channel),
            (self.purposes, facts.purpose),
            (self.technologies, facts.technology),
            (self.line_types, facts.line_type),
        )
        if any(named and value not in named for named, value in sets):
            return False
        if self.free_to_end_user and not facts.sender.free_to_end_user:
            return False
        if not self.tells.issubset(facts.disclosures or ()):
            return False
        return self.max_length is None or self._short(facts)

    def _short(self, facts: Facts) -> bool:
        if facts.channel is Channel.VOICE:
            return True
        return facts.length is not None and facts.length <= (self.max_length or 0)


class ConsentNeed(Params):
    """What the rule needs of the consent on record."""

    need: Basis
    where_unknown: Basis | None = None
    """What it needs where nothing tells the place: the strictest candidate's tier."""
    elements: frozenset[str] = frozenset()
    """What the record may not lack (`signature`, `seller`, ...)."""
    implied_months: Mapping[str, int | None] = {}
    """How long implied consent lasts, by its source (None: until it is withdrawn); an unnamed
    source gets the shortest."""
    accepts: Mapping[str, int | None] = {}
    """Sources whose implied consent suffices all the same (soft opt-in), for so many months."""
    unless_inbound_hours: int | None = None
    """Not needed so long after the recipient's own last message."""
    except_classes: frozenset[str] = frozenset()
    """Classes of message that need no consent (`quote`, `transaction`, ...)."""
    exempt: tuple[Exempt, ...] = ()
    """Kinds of message that need no consent; what counts them is a `frequency` rule."""
    except_countries: frozenset[str] = frozenset()
    """Silent where every candidate place lies in one of these: their own packs speak."""


class Judgement(Struct, frozen=True):
    """What one rule needs, and whether what is held will do."""

    need: Basis
    finding: Finding | None
    excuse: str | None
    """Why nothing is needed here, None if something is."""
    missing: tuple[str, ...]
    """The elements that the rule needs and the record lacks."""
    until: datetime | None
    """When what is held will no longer do, None if never or if it does not do now."""


def run(facts: Facts, rule: Rule) -> Finding | None:
    """Missing, too weak, incomplete or expired; an opt-out is the own-will check's to tell."""
    if facts.consent.ended_by is not None:
        return None
    finding = _unmet(facts, rule)
    return None if finding is None or _excuse(facts, rule.params) else finding


def judge(facts: Facts, rule: Rule) -> Judgement:
    """The same question answered in full, also where the rule is met."""
    params: ConsentNeed = rule.params
    finding = run(facts, rule)
    return Judgement(
        need=_need(facts, params),
        finding=finding,
        excuse=_excuse(facts, params),
        missing=_lacking(facts.consent, params),
        until=_until(facts.consent, params) if finding is None else None,
    )


def _need(facts: Facts, params: ConsentNeed) -> Basis:
    if params.where_unknown is not None and not facts.places.regions:
        return params.where_unknown
    return params.need


def _unmet(facts: Facts, rule: Rule) -> Finding | None:
    params: ConsentNeed = rule.params
    held, need = facts.consent, _need(facts, params)
    if held.basis.rank < need.rank:
        accepted = params.accepts and _counts(held.relations, params.accepts, facts.at)
        return None if accepted else _too_weak(held, need, rule)
    lacking = _lacking(held, params)
    if lacking:
        names = ", ".join(lacking)
        return rule.finding(Reason.CONSENT_INSUFFICIENT, f"The consent record lacks: {names}.")
    if held.expires is not None and facts.at >= held.expires:
        return rule.finding(Reason.CONSENT_EXPIRED, "Consent will have expired by then.")
    if held.basis is Basis.IMPLIED and _lapsed(held, params.implied_months, facts.at):
        return rule.finding(
            Reason.CONSENT_EXPIRED, "Implied consent has lasted longer than its source allows."
        )
    return None


def _lacking(held: Consent, params: ConsentNeed) -> tuple[str, ...]:
    return tuple(sorted(params.elements.intersection(held.missing))) if held.missing else ()


def _excuse(facts: Facts, params: ConsentNeed) -> str | None:
    if answers_recipient(facts):
        return "It answers the recipient's own message."
    if facts.message_class in params.except_classes:
        return f"A message of class {facts.message_class} needs no consent."
    if only_in(facts, params.except_countries):
        return "Another pack speaks for the place."
    exempt = next((each for each in params.exempt if each.covers(facts)), None)
    if exempt is not None:
        return f"It is exempt as {exempt.name}."
    hours, inbound = params.unless_inbound_hours, facts.last_inbound_at
    if hours is None or inbound is None or facts.at >= inbound + timedelta(hours=hours):
        return None
    return f"The recipient has written within the last {hours} hours."


def _too_weak(held: Consent, need: Basis, rule: Rule) -> Finding:
    needed, basis = need.replace("_", " "), held.basis.replace("_", " ")
    if held.basis is not Basis.NONE:
        return rule.finding(
            Reason.CONSENT_INSUFFICIENT, f"Consent is {basis}; {needed} consent is needed."
        )
    if held.expired_at is not None:
        return rule.finding(Reason.CONSENT_EXPIRED, f"Consent has expired; {needed} is needed.")
    return rule.finding(
        Reason.CONSENT_MISSING, f"No consent is on record; {needed} consent is needed."
    )


def _lapsed(held: Consent, months: Mapping[str, int | None], at: datetime) -> bool:
    """Whether every relation that implies consent is older than its source allows."""
    if not months or held.given_at is None:
        return False
    return not _counts(_relations(held, held.given_at), _terms(held, months), at)


def _relations(held: Consent, given_at: datetime) -> tuple[Relation, ...]:
    return held.relations or (Relation(held.source, given_at),)


def _terms(held: Consent, months: Mapping[str, int | None]) -> Mapping[str, int | None]:
    """The terms, with the shortest for each source that they do not name."""
    shortest = min((lasts for lasts in months.values() if lasts is not None), default=None)
    unnamed = {r.source or "": shortest for r in held.relations if r.source not in months}
    if not held.relations and held.source not in months:
        unnamed[held.source or ""] = shortest
    return {**months, **unnamed}


def _counts(relations: Iterable[Relation], months: Mapping[str, int | None], at: datetime) -> bool:
    return any(end is None or at < end for end in _ends(relations, months))


def _ends(
    relations: Iterable[Relation], months: Mapping[str, int | None]
) -> Iterator[datetime | None]:
    """When each relation that counts stops to count; None for one that does not."""
    for relation in relations:
        source = relation.source or ""
        if source in months:
            lasts = months[source]
            yield None if lasts is None else months_after(relation.at, lasts)


def _until(held: Consent, params: ConsentNeed) -> datetime | None:
    """When what is held now no longer does, to the day."""
    ends: list[datetime | None] = [held.expires]
    weak = held.basis.rank < params.need.rank
    terms = params.accepts if weak else _terms(held, params.implied_months)
    if held.basis is Basis.IMPLIED and terms and held.given_at is not None:
        of_relations = list(_ends(_relations(held, held.given_at), terms))
        if of_relations and None not in of_relations:
            ends.append(max(end for end in of_relations if end is not None))
    return min((end for end in ends if end is not None), default=None)


CHECK = Check(
    "consent",
    ConsentNeed,
    run,
    edges=edges_tiers.consent,
    stage=4,
    compared=compared_consent.consent,
    needs=(
        "at",
        "channel",
        "consent",
        "disclosures",
        "exemption",
        "kind",
        "last_inbound_at",
        "length",
        "line_type",
        "message_class",
        "places",
        "purpose",
        "sender.free_to_end_user",
        "technology",
    ),
)
