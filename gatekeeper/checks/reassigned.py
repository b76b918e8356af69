"""Has the number changed hands since the consent that the message rests on (47 CFR 64.1200(m))?

The database tells a day of permanent disconnection, or answers for the day that was asked about.
A hit counts unless the consent is surely later; a "no" counts only for consent from the day asked
about or later. Without a date on either side the answer counts as it is.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from msgspec.structs import replace

from gatekeeper.checks import compared_lists, edges_lists
from gatekeeper.checks.answer import answers_recipient
from gatekeeper.checks.contract import Check
from gatekeeper.checks.dnc import UNASKED, DncLists, asks, judge
from gatekeeper.checks.relation import Lifting
from gatekeeper.domain.facts import Facts, Listing
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import ListAnswer
from gatekeeper.policy.model import Rule

OVER_EVERYWHERE = timedelta(days=1, hours=12)
"""After its midnight in UTC a day is over in the last zone of the earth (UTC-12)."""


class Reassigned(DncLists):
    """Which databases of reassigned numbers are asked."""

    reason: Reason = Reason.CONSENT_REASSIGNED
    excuse_unasked: Lifting = Lifting()
    """What excuses that nobody has asked; nothing excuses a hit by it."""


def run(facts: Facts, rule: Rule) -> Finding | None:
    """The first database that says so, or that could not be asked."""
    params: Reassigned = rule.params
    for name in params.lists:
        listing = compared(facts.listings.get(name, UNASKED), facts.consent.given_at)
        finding = judge(facts, rule, name, listing)
        if finding is not None:
            return None if _let_be(facts, params, listing) else finding
    return None


def _let_be(facts: Facts, params: Reassigned, listing: Listing) -> bool:
    unasked = listing.answer is ListAnswer.NOT_CHECKED
    return answers_recipient(facts) or (unasked and params.excuse_unasked.lifts(facts))


def compared(listing: Listing, given_at: datetime | None) -> Listing:
    """What the answer means for consent that was given then."""
    since = listing.since
    if since is None:
        return listing
    day = datetime.combine(since, time(), UTC)
    if listing.answer is ListAnswer.HIT and given_at is not None:
        return _clear(listing) if given_at >= day + OVER_EVERYWHERE else listing
    if listing.answer is ListAnswer.CLEAR and (given_at is None or given_at < day):
        return replace(listing, answer=ListAnswer.NOT_CHECKED)
    return listing


def _clear(listing: Listing) -> Listing:
    return replace(listing, answer=ListAnswer.CLEAR)


CHECK = Check(
    "reassigned",
    Reassigned,
    run,
    edges=edges_lists.reassigned,
    stage=2,
    compared=compared_lists.reassigned,
    needs=("at", "consent", "kind", "limits", "listings"),
    asks=asks,
)
