"""Is the consent on record as strong as this message needs?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from gatekeeper.checks.answer import answers_recipient
from gatekeeper.checks.contract import Check, Params
from gatekeeper.checks.elsewhere import only_in
from gatekeeper.checks.months import months_after
from gatekeeper.domain.consent import Basis, Consent
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class ConsentNeed(Params):
    """What the rule needs of the consent on record."""

    need: Basis
    elements: frozenset[str] = frozenset()
    """What the record may not lack (`signature`, `seller`, ...)."""
    implied_months: Mapping[str, int | None] = {}
    """How long implied consent lasts, by its source (None: until it is withdrawn); an unnamed
    source gets the shortest."""
    unless_inbound_hours: int | None = None
    """Not needed so long after the recipient's own last message."""
    except_classes: frozenset[str] = frozenset()
    """Classes of message that need no consent (`quote`, `transaction`, ...)."""
    except_countries: frozenset[str] = frozenset()
    """Silent where every candidate place lies in one of these: their own packs speak."""


def run(facts: Facts, rule: Rule) -> Finding | None:
    """Missing, too weak, incomplete or expired; an opt-out is the own-will check's to tell."""
    if facts.consent.ended_by is not None:
        return None
    finding = _unmet(facts, rule)
    return None if finding is None or _excused(facts, rule.params) else finding


def _unmet(facts: Facts, rule: Rule) -> Finding | None:
    params: ConsentNeed = rule.params
    held = facts.consent
    if held.basis.rank < params.need.rank:
        return _too_weak(held, params.need, rule)
    lacking = sorted(params.elements.intersection(held.missing)) if held.missing else ()
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


def _excused(facts: Facts, params: ConsentNeed) -> bool:
    if answers_recipient(facts) or facts.message_class in params.except_classes:
        return True
    if only_in(facts, params.except_countries):
        return True
    hours, inbound = params.unless_inbound_hours, facts.last_inbound_at
    if hours is None or inbound is None:
        return False
    return facts.at < inbound + timedelta(hours=hours)


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
    if not months or held.given_at is None:
        return False
    shortest = min(lasts for lasts in months.values() if lasts is not None)
    lasts = months.get(held.source or "", shortest)
    return lasts is not None and at >= months_after(held.given_at, lasts)


CHECK = Check("consent", ConsentNeed, run)
