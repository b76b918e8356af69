"""What else may a check ask? Everything comes in one blocking trip to the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Protocol

from msgspec import Struct

from gatekeeper.checks.emergency_order import standing
from gatekeeper.domain.disclosure import Told
from gatekeeper.domain.facts import Facts, SenderFacts, Sent, Template
from gatekeeper.domain.match import Match
from gatekeeper.domain.message import Address, Opaque, TextPart
from gatekeeper.domain.number import Places, Reading, Stated
from gatekeeper.domain.registry import RegisteredContent, Registry
from gatekeeper.domain.resemblance import Resemblance
from gatekeeper.domain.words import WINDOWED, Role, SenderState, Technology
from gatekeeper.numbering.parse import read
from gatekeeper.numbering.places import places_of
from gatekeeper.numbering.stated import told
from gatekeeper.numbering.trust import NO_TRUST, Trust
from gatekeeper.pipeline.addresses import reading_of
from gatekeeper.pipeline.capacity import buckets
from gatekeeper.pipeline.case import Case
from gatekeeper.pipeline.held import consent_of, former_topics
from gatekeeper.pipeline.parties import binds, component_disabled, suspended, terms
from gatekeeper.pipeline.recipient import NOTHING_STATED
from gatekeeper.pipeline.snapshot import Asking, Snapshot
from gatekeeper.rollout.statement import believed_line
from gatekeeper.store.contract import (
    NOT_KEPT,
    Answer,
    Ask,
    IdempotencyAsk,
    Kept,
    Person,
    Tail,
)


class Target(Struct, frozen=True, gc=False):
    """One recipient with what is known of its address before any look-up."""

    address: Address
    reading: Reading
    places: Places
    subject: bytes
    stated: Stated | None = None
    """Where it is said to be; a postal code stands here only as the place that it lies in."""
    line_type: str | None = None
    """The kind of line, if the policy believes who says so."""

    @property
    def key(self) -> str:
        """The canonical address that pseudonyms are made of."""
        return self.reading.number.e164 if self.reading.number else self.address.value


class Seen(Struct, frozen=True, gc=False):
    """What was seen of the message's content, and what could not be."""

    matches: tuple[Match, ...]
    contents: tuple[RegisteredContent, ...] = ()
    unread: tuple[Opaque, ...] = ()
    told: Told = Told()
    """What the texts tell their recipient."""
    reads_as: Resemblance | None = None
    """What kind of message they read like, where that could contradict the campaign."""


TAG = "tag"
"""The extra under which a request bears a tag of the channel (Messenger)."""
_BY_HAND = frozenset({Technology.LIVE, Technology.MANUAL})
MEDIA = "media"
"""The kind of what only its recipient sees or hears: a picture, a recording, a file."""


class Subjects(Protocol):
    """What gathering needs of the keyring."""

    def subject(self, tenant: str, address: str) -> bytes:
        """The store's name for a recipient."""


def targets(case: Case, keys: Subjects, trust: Trust = NO_TRUST) -> tuple[Target, ...]:
    """Every recipient of the request, read and placed as far as `trust` believes what is stated."""
    return tuple([_target(case, address, keys, trust) for address in case.request.recipients])


def _target(case: Case, address: Address, keys: Subjects, trust: Trust) -> Target:
    reading = reading_of(address)
    number = reading.number
    canonical = number.e164 if number else address.value
    subject = keys.subject(case.caller.tenant.id, canonical)
    said = case.statement
    if said is NOTHING_STATED or said.number not in (None, canonical):
        return Target(address, reading, places_of(number), subject)
    places = places_of(number, said.stated, trust, case.at)
    line = believed_line(said.line_type, said.stated, trust, case.at)
    stated = told(said.stated) if said.stated else None
    return Target(address, reading, places, subject, stated, line)


def split_opaque(
    case: Case, snapshot: Snapshot
) -> tuple[tuple[RegisteredContent, ...], tuple[Opaque, ...]]:
    """The references whose content is registered, and those that nobody can read."""
    known: list[RegisteredContent] = []
    unknown: list[Opaque] = []
    for opaque in case.request.opaque:
        content = snapshot.registry.contents.get((case.caller.tenant.id, opaque.kind, opaque.ref))
        if content is None:
            unknown.append(opaque)
        else:
            known.append(content)
    return tuple(known), tuple(unknown)


def parts_of(case: Case, contents: Sequence[RegisteredContent]) -> tuple[TextPart, ...]:
    """Every text of the message: what the request holds and what it refers to."""
    if not contents:
        return case.request.parts
    referred = (
        TextPart(f"{c.kind}:{c.ref}[{n}]", Role.BODY, text)
        for c in contents
        for n, text in enumerate(c.texts)
    )
    return (*case.request.parts, *referred)


def names_of(case: Case, registry: Registry) -> tuple[str, ...]:
    """The names that the sender goes by: of the brand, the end customers and the tenant."""
    tenant, campaign = case.caller.tenant, case.campaign
    brand = (
        registry.brands.get((tenant.id, campaign.brand)) if campaign and campaign.brand else None
    )
    branded = (brand.name,) if brand else ()
    return (*branded, *[each.name for each in case.end_customers], tenant.name)


def ask(
    case: Case,
    people: Sequence[Target],
    snapshot: Snapshot,
    idem: IdempotencyAsk,
    kept: Kept = NOT_KEPT,
) -> Ask:
    """The one question for all recipients."""
    tenant = case.caller.tenant.id
    asking = snapshot.asking_own.get(tenant, snapshot.asking)
    return Ask(
        request=case.id,
        tenant=tenant,
        now_ms=int(case.at.timestamp() * 1000),
        purpose=case.purpose,
        persons=_persons(people, asking, kept),
        buckets=buckets(case, [target.subject for target in people], snapshot.policy),
        idempotency=idem,
        tail_ms=kept.for_ms,
        heard_by=case.sender_id if case.request.channel in WINDOWED else "",
    )


def _persons(people: Sequence[Target], asking: Asking, kept: Kept) -> tuple[Person, ...]:
    tails = kept.tails or [None] * len(people)
    return tuple([_person(t, asking, tail) for t, tail in zip(people, tails, strict=True)])


def _person(target: Target, asking: Asking, tail: Tail | None) -> Person:
    number = target.reading.number
    lists = lists_for(asking, target.places)
    return Person(target.subject, number.e164 if number else None, lists, tail)


@lru_cache(maxsize=4096)
def lists_for(asking: Asking, places: Places) -> tuple[str, ...]:
    """The lists that any rule may ask of a number in these places."""
    wanted: dict[str, None] = {}
    for jurisdiction, lists in asking:
        if jurisdiction is None or places.within(jurisdiction):
            wanted.update(dict.fromkeys(lists))
    return tuple(wanted)


def facts_of(
    case: Case, people: Sequence[Target], answer: Answer, seen: Seen, snapshot: Snapshot
) -> tuple[Facts, ...]:
    """The facts of each recipient's message, in the order of the recipients."""
    shared, registry = _shared(case, answer, seen, snapshot), snapshot.registry
    former = former_topics(case, registry)
    return tuple(
        [
            Facts(
                recipient=target.reading,
                places=target.places,
                stated=target.stated,
                line_type=target.line_type,
                consent=consent_of(case, person.events, former, registry),
                listings=person.listings,
                sent=_sent(person.sent, case.due - case.at),
                lot=lot_of(target.subject),
                last_inbound_at=_newest(case.heard_at, person.heard_at),
                **shared,
            )
            for target, person in zip(people, answer.persons, strict=True)
        ]
    )


def _newest(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else one or other


def _sent(sends: tuple[Sent, ...], later: timedelta) -> tuple[Sent, ...]:
    """What counts towards a cap: a message for later counts when it is handed over, as the others
    did, so that many may not be handed over at once for one day."""
    return tuple([Sent(each.at + later, each.purpose) for each in sends]) if later else sends


def lot_of(subject: bytes) -> int:
    """A recipient's lot for rollouts by percent, 0 to 9999: from the keyed name, so it stays."""
    return int.from_bytes(subject[-8:], "big") % 10_000


def _shared(case: Case, answer: Answer, seen: Seen, snapshot: Snapshot) -> dict[str, Any]:
    """The facts that are the same for every recipient."""
    campaign = case.campaign
    return {
        "at": case.due,
        "channel": case.request.channel,
        "purpose": case.purpose,
        "technology": case.technology,
        "sender": sender_facts(case),
        "limits": answer.limits,
        "matches": seen.matches,
        "opaque": (*seen.unread, *[Opaque(MEDIA, url, "") for url in case.request.media]),
        "disclosures": None if seen.unread else seen.told.elements,
        "language": seen.told.language,
        "reads_as": seen.reads_as,
        "claims": case.claims,
        "campaign": campaign.id if campaign else None,
        "brand": campaign.brand if campaign else None,
        "exemption": campaign.exemption if campaign else None,
        "carrier_class": campaign.carrier_class if campaign else None,
        "campaign_purposes": frozenset(campaign.purposes) if campaign else frozenset(),
        "suspended": suspended(case),
        "terms": terms(case),
        "component_disabled": component_disabled(case),
        "template": _template(seen.contents),
        "record": case.request.record,
        "length": _length(case, seen),
        "posture": case.caller.tenant.posture,
        "kind": case.kind,
        "tenant": case.caller.tenant.id,
        "observed": case.caller.tenant.observes_until(case.due) is not None,
        "tag": case.request.extras.get(TAG),
        "automated": _automated(case),
        "orders": standing(snapshot.policy.orders, case.due),
        "sandbox": snapshot.sandbox,
    }


def _automated(case: Case) -> bool:
    """Whether a tag is borne by what no person writes: the caller's word for it counts nothing."""
    return TAG in case.request.extras and case.technology not in _BY_HAND


def _length(case: Case, seen: Seen) -> int | None:
    """Characters of all texts; None where some of them nobody has read."""
    if seen.unread:
        return None
    return sum(len(part.text) for part in parts_of(case, seen.contents))


def sender_facts(case: Case) -> SenderFacts:
    """What the registry says of the sender; nothing registered means not owned."""
    reading = read(case.request.sender.value)
    sender = case.sender
    if sender is None:
        return SenderFacts(case.sender_kind, SenderState.NOT_OWNED, None, reading)
    return SenderFacts(
        kind=sender.kind,
        state=SenderState.SUSPENDED if binds(sender.suspended, case.at) else sender.state,
        registration=sender.registration,
        reading=reading,
        free_to_end_user=sender.free_to_end_user,
        age_gate=sender.age_gate,
        proof=sender.proof.kind if sender.proof else None,
        barred=case.barred,
    )


def _template(contents: Sequence[RegisteredContent]) -> Template | None:
    if not contents:
        return None
    first = contents[0]
    return Template(name=first.ref, category=first.category, status="approved")
