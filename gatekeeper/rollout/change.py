"""What is the least that somebody could change so that the message goes?

Nothing is guessed: every proposal is a set of changed facts that the same `evaluate` has let go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations

from pydantic import Field

from gatekeeper.domain.decision import Decision
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.evaluate import evaluate
from gatekeeper.numbering.zones import local
from gatekeeper.policy.model import Policy
from gatekeeper.policy.row import Shape
from gatekeeper.rollout.change_offers import WAIT, Offer, offers

MOST_TRIES = 1500
"""How many sets of changes are tried; beyond them a set is made smaller one by one instead."""
MOST_WAYS = 3
_ROUNDS = 4


class ChangeShape(Shape):
    """One change."""

    id: str
    sentence: str
    depends: str | None = Field(description="What must turn out to be so; null for nothing.")


class WayShape(Shape):
    """Changes that together let the message go, none of them without need."""

    changes: tuple[ChangeShape, ...]
    verdict: str
    at: datetime = Field(description="When it goes.")


class RemedyShape(Shape):
    """The least that would let the message go."""

    ways: tuple[WayShape, ...]
    smallest: bool = Field(description="Whether every smaller set of changes was tried.")
    hopeless: tuple[str, ...] = Field(description="Why nothing that the sender does helps.")


@dataclass(frozen=True, slots=True)
class Way:
    """A set of changes, and the facts that come of them."""

    offers: tuple[Offer, ...]
    facts: Facts
    decision: Decision


def remedy(facts: Facts, policy: Policy) -> RemedyShape | None:
    """The smallest sets of changes that let the message go; None if it goes as it is."""
    decision = evaluate(facts, policy)
    if decision.verdict.forwards:
        return None
    offered = every_offer(facts, policy)
    ways, smallest = search(facts, policy, offered)
    hopeless = () if ways else tuple(_hopeless(facts, policy, offered))
    return RemedyShape(ways=tuple(map(_told, ways)), smallest=smallest, hopeless=hopeless)


def every_offer(facts: Facts, policy: Policy) -> tuple[Offer, ...]:
    """Every change that may help, also against what comes up only when others are made."""
    found: dict[str, Offer] = {}
    changed = facts
    for _ in range(_ROUNDS):
        new = [
            offer
            for offer in offers(changed, evaluate(changed, policy), policy)
            if offer.id not in found
        ]
        if not new:
            break
        found.update((offer.id, offer) for offer in new)
        changed = made(tuple(_strongest(tuple(found.values()))), facts)
    return _few_places(tuple(found.values()), facts, policy)


def made(chosen: Sequence[Offer], facts: Facts) -> Facts:
    """The facts under the changes; waiting comes last, since it waits for what is then left."""
    for offer in sorted(chosen, key=lambda offer: offer.id == WAIT):
        facts = offer.apply(facts)
    return facts


def search(facts: Facts, policy: Policy, offered: Sequence[Offer]) -> tuple[tuple[Way, ...], bool]:
    """The smallest sets that help, and whether all smaller ones were tried."""
    tries = 0
    for size in range(1, len(offered) + 1):
        ways: list[Way] = []
        for chosen in _sets(offered, size):
            tries += 1
            if tries > MOST_TRIES:
                reduced = _reduced(facts, policy, offered)
                return (reduced,) if reduced else (), False
            way = tried(chosen, facts, policy)
            if way is not None:
                ways.append(way)
        if ways:
            return tuple(ways[:MOST_WAYS]), True
    return (), True


def tried(chosen: Sequence[Offer], facts: Facts, policy: Policy) -> Way | None:
    """What comes of the changes; None if the message does not go."""
    changed = made(chosen, facts)
    decision = evaluate(changed, policy)
    return Way(tuple(chosen), changed, decision) if decision.verdict.forwards else None


def _sets(offered: Sequence[Offer], size: int) -> Iterator[tuple[Offer, ...]]:
    for chosen in combinations(offered, size):
        if len({offer.group for offer in chosen}) == size:
            yield chosen


def _strongest(offered: Sequence[Offer]) -> Iterator[Offer]:
    """The last of each group: of consents that is the strongest."""
    yield from {offer.group: offer for offer in offered}.values()


def _reduced(facts: Facts, policy: Policy, offered: Sequence[Offer]) -> Way | None:
    """All changes together, less each one without which the message still goes."""
    chosen = tuple(_strongest(offered))
    way = tried(chosen, facts, policy)
    for offer in reversed(chosen):
        if way is not None:
            less = tuple(each for each in way.offers if each is not offer)
            way = tried(less, facts, policy) or way
    return way


def _few_places(offered: tuple[Offer, ...], facts: Facts, policy: Policy) -> tuple[Offer, ...]:
    """Of all places those that help alone, else with everything else: the first few of them."""
    places = [offer for offer in offered if offer.group == "place"]
    others = tuple(offer for offer in offered if offer.group != "place")
    if len(places) <= MOST_WAYS:
        return offered
    alone = [place for place in places if tried((place,), facts, policy)]
    rest = tuple(_strongest(others))
    helping = alone or [place for place in places if tried((place, *rest), facts, policy)]
    return (*others, *helping[:MOST_WAYS])


def _told(way: Way) -> WayShape:
    at = moment(way.facts)
    changes = tuple(
        ChangeShape(id=o.id, sentence=o.sentence.format(at=at), depends=o.depends)
        for o in way.offers
    )
    return WayShape(changes=changes, verdict=way.decision.verdict.label, at=way.facts.at)


def moment(facts: Facts) -> str:
    """An instant in UTC, and what the clock shows then in the first of the candidate zones."""
    at = facts.at.astimezone(UTC).isoformat()
    zones = facts.places.zones
    return f"{at} ({local(facts.at, zones[0]):%a %H:%M} in {zones[0]})" if zones else at


def _hopeless(facts: Facts, policy: Policy, offered: Sequence[Offer]) -> Iterator[str]:
    """What still stops the message when everything is changed that could be."""
    changed = made(tuple(_strongest(offered)), facts)
    stopping = [f for f in evaluate(changed, policy).findings if not f.effect.forwards]
    yield from dict.fromkeys(_why(finding) for finding in stopping)


_NOTHING: dict[Reason, str] = {
    Reason.CONSENT_REVOKED: "The recipient opted out: only an opt-in of the recipient's own, after "
    "that, lets messages go again.",
    Reason.CONSENT_REASSIGNED: "The number is no longer that person's: it takes the consent of "
    "whoever has it now.",
    Reason.DNC_LISTED: "The number is on a list, and nothing that the sender does takes it off.",
    Reason.LITIGATOR_LISTED: "The number is on the list of people known to sue; only whoever keeps "
    "that list can take it off.",
    Reason.SUSPENDED: "Whoever suspended it has to lift the suspension.",
    Reason.INTERNAL_ERROR: "A check failed: that is for the operator to look into.",
}


def _why(finding: Finding) -> str:
    if finding.reason.startswith("destination."):
        return f"No message may go to that destination. {finding.detail}"
    return _NOTHING.get(finding.reason, f"Nothing that the sender does helps. {finding.detail}")
