"""Is the number on a list that forbids the message, and was the list fresh enough to tell?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Self

from pydantic import model_validator

from gatekeeper.checks import compared_lists, edges_lists
from gatekeeper.checks.answer import answers_recipient
from gatekeeper.checks.contract import Check, Params
from gatekeeper.checks.relation import related
from gatekeeper.domain.consent import Basis
from gatekeeper.domain.facts import Facts, Listing
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import ListAnswer
from gatekeeper.policy.lists import commercial
from gatekeeper.policy.model import Rule

UNASKED = Listing()
"""What holds of a list that nobody asked."""


class DncLists(Params):
    """Which lists are asked, and what excuses a hit."""

    lists: tuple[str, ...]
    required: bool = True
    """Whether a list that was not asked is a finding too; an error always is."""
    max_age_days: int | None = None
    excused_by: Basis | None = None
    """Consent of this basis or a stronger one excuses a hit, never an old or absent list."""
    excuse_months: Mapping[str, int] = {}
    """Business relationships that excuse a hit: months by source (`purchase`, `inquiry`)."""
    excused_by_list: tuple[str, ...] = ()
    """Lists of which one excuses a hit; only a list that no law asks for can be excused so."""
    reason: Reason = Reason.DNC_LISTED
    stage: int | None = None
    """Where a hit is reported, if not with the external lists."""

    @model_validator(mode="after")
    def _only_commercial_lists_are_excused(self) -> Self:
        bound = [name for name in self.lists if not commercial(name)]
        if self.excused_by_list and bound:
            raise ValueError(f"{bound[0]} is not a commercial list: no list excuses a hit on it")
        return self


def run(facts: Facts, rule: Rule) -> Finding | None:
    """The first list that hits, is stale, or could not be asked."""
    params: DncLists = rule.params
    for name in params.lists:
        finding = judge(facts, rule, name, facts.listings.get(name, UNASKED))
        if finding is not None:
            return None if answers_recipient(facts) else finding
    return None


def judge(facts: Facts, rule: Rule, name: str, listing: Listing) -> Finding | None:
    """What the rule makes of the answer of one list."""
    params: DncLists = rule.params
    answer = listing.answer
    if answer is ListAnswer.NOT_CHECKED:
        return _not_checked(rule, f"List {name} was not asked.") if params.required else None
    if answer is ListAnswer.ERROR:
        return _not_checked(rule, f"List {name} could not be asked: it answered with an error.")
    if answer is ListAnswer.HIT and not _excused(facts, params):
        return rule.finding(params.reason, f"The number is on list {name}.", stage=params.stage)
    if answer is ListAnswer.STALE or _too_old(listing.as_of, params.max_age_days, facts.at):
        limit = f" ({params.max_age_days} days)" if params.max_age_days else ""
        return rule.finding(Reason.DNC_STALE, f"List {name} is older than the limit{limit}.")
    return None


def _not_checked(rule: Rule, detail: str) -> Finding:
    return rule.finding(Reason.DNC_NOT_CHECKED, detail)


def _too_old(as_of: datetime | None, days: int | None, at: datetime) -> bool:
    return as_of is not None and days is not None and at - as_of > timedelta(days=days)


def _excused(facts: Facts, params: DncLists) -> bool:
    listings = (facts.listings.get(name, UNASKED) for name in params.excused_by_list)
    if any(listing.answer is ListAnswer.HIT for listing in listings):
        return True
    held = facts.consent
    if held.ended_by is not None:
        return False
    strong = params.excused_by is not None and held.basis.rank >= params.excused_by.rank
    if strong and not held.missing:
        return True
    return related(held, params.excuse_months, facts.at)


def asks(params: DncLists) -> Iterator[str]:
    """The lists, and those that may excuse a hit."""
    return (f"list:{name}" for name in (*params.lists, *params.excused_by_list))


CHECK = Check(
    "dnc",
    DncLists,
    run,
    edges=edges_lists.lists,
    stage=5,
    compared=compared_lists.lists,
    needs=("at", "consent", "kind", "limits", "listings"),
    asks=asks,
)
