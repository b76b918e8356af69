"""What does a rule of consent compare: what is held, since when, against what is needed?"""

from __future__ import annotations

from datetime import timedelta

from gatekeeper.checks.contract import Compared
from gatekeeper.domain.consent import Basis, Consent
from gatekeeper.domain.facts import Facts
from gatekeeper.policy.model import Rule

SOON = timedelta(days=30)
"""Consent that ends within this time nearly does not suffice."""


def consent(facts: Facts, rule: Rule) -> Compared:
    """The basis with its day, what it lacks, and when it ends."""
    held, need = facts.consent, rule.params.need
    if rule.params.where_unknown is not None and not facts.places.regions:
        need = rule.params.where_unknown
    limit = f"{_word(need)} consent"
    if rule.params.elements:
        limit += f" with {', '.join(sorted(rule.params.elements))}"
    near = held.basis is not Basis.NONE and held.basis.rank == need.rank - 1
    soon = held.expires is not None and held.expires - facts.at <= SOON
    return Compared(told(held), limit, near or soon)


def told(held: Consent) -> str:
    """What is on record, in a few words."""
    if held.ended_by is not None:
        return f"ended by {_word(held.ended_by)}"
    if held.basis is Basis.NONE:
        return f"expired at {held.expired_at.isoformat()}" if held.expired_at else "none"
    parts = [_word(held.basis)]
    if held.given_at is not None:
        parts.append(f"of {held.given_at.date()}")
    if held.source:
        parts.append(f"by {held.source}")
    if held.missing:
        parts.append(f"without {', '.join(held.missing)}")
    if held.expires is not None:
        parts.append(f"until {held.expires.isoformat()}")
    return " ".join(parts)


def _word(word: str) -> str:
    return word.replace("_", " ")
