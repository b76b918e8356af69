"""What does a rule of lists compare: which answers, of which version, how old?"""

from __future__ import annotations

from datetime import timedelta

from gatekeeper.checks.contract import Compared
from gatekeeper.domain.facts import Facts, Listing
from gatekeeper.policy.model import Rule

SOON = timedelta(days=3)
"""A list that is too old within this time is nearly too old."""
_UNASKED = Listing()


def lists(facts: Facts, rule: Rule) -> Compared:
    """The answer of every list that the rule asks, and what excuses a hit."""
    params = rule.params
    limit = "clear" if params.required else "clear, or not asked"
    if params.max_age_days is not None:
        limit += f", at most {params.max_age_days} days old"
    if params.excused_by is not None:
        limit += f"; a hit is excused by {params.excused_by.replace('_', ' ')} consent"
    sources = [
        f"{source} within {months} months" for source, months in params.excuse_months.items()
    ]
    if sources:
        limit += f"; by a relation: {', '.join(sources)}"
    near = params.max_age_days is not None and any(
        _soon(facts, name, timedelta(days=params.max_age_days)) for name in params.lists
    )
    return Compared(_answers(facts, params.lists), limit, near, tuple(params.lists))


def reassigned(facts: Facts, rule: Rule) -> Compared:
    """The databases' answers, and the day of the consent that they are held against."""
    found = lists(facts, rule)
    given = facts.consent.given_at
    held = f"; consent of {given.date()}" if given else "; the day of consent is not known"
    return Compared(found.value + held, found.limit, found.near, found.lists)


def _answers(facts: Facts, names: tuple[str, ...]) -> str:
    return ", ".join(f"{name}: {_answer(facts.listings.get(name, _UNASKED))}" for name in names)


def _answer(listing: Listing) -> str:
    since = f" since {listing.since}" if listing.since else ""
    return f"{listing.answer}{since}"


def _soon(facts: Facts, name: str, most: timedelta) -> bool:
    as_of = facts.listings.get(name, _UNASKED).as_of
    return as_of is not None and abs(most - (facts.at - as_of)) <= SOON
