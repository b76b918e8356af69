"""Which tier of consent does this tenant need and hold for a person, or for a place?

From the tenant's own registry and the store, in the one trip that a send makes; nothing is used up.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.domain.consent import Consent, ConsentEvent, Topic
from gatekeeper.domain.disclosure import Element
from gatekeeper.domain.facts import Facts, SenderFacts, Sent
from gatekeeper.domain.fold import fold
from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.number import Number, Places, Reading, Stated
from gatekeeper.domain.registry import Campaign, Tenant
from gatekeeper.domain.words import Purpose, Technology
from gatekeeper.errors import InputRejected
from gatekeeper.numbering.parse import read
from gatekeeper.numbering.places import places_of
from gatekeeper.pipeline.case import sender_of
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.pipeline.snapshot import Snapshot
from gatekeeper.rollout.tier import TierAnswer, TierQuestion, tier
from gatekeeper.store.contract import Ask, IdempotencyAsk, Person


class _Known(Struct, frozen=True):
    """What the store knows of the person."""

    events: tuple[ConsentEvent, ...] = ()
    sent: tuple[Sent, ...] = ()


async def tier_of(rooms: Rooms, tenant: str, question: TierQuestion) -> TierAnswer:
    """The answer under the newest registry; InputRejected for a question that has no meaning."""
    number = _number(question)
    while True:
        snapshot = rooms.configured.current
        known, version = await _known(rooms, tenant, question, number)
        if version <= snapshot.registry.version:
            break
        await rooms.configured.catch_up(version)
    facts = _facts(rooms, snapshot, snapshot.registry.tenants[tenant], question, number)
    return tier(_with_person(facts, known), snapshot.policy)


def _number(question: TierQuestion) -> Number | None:
    if question.number is None:
        if question.jurisdiction is None:
            raise InputRejected("say of which number, or of which jurisdiction")
        return None
    reading = read(question.number.removeprefix(f"{question.channel}:"))
    if reading.number is None:
        raise InputRejected(reading.detail or "not a phone number")
    return reading.number


async def _known(
    rooms: Rooms, tenant: str, question: TierQuestion, number: Number | None
) -> tuple[_Known, int]:
    if number is None:
        return _Known(), 0
    subject = rooms.keys.subject(tenant, number.e164)
    ask = Ask(
        request=rooms.random(16).hex(),
        tenant=tenant,
        now_ms=int(rooms.clock().timestamp() * 1000),
        purpose=question.purpose or Purpose.MARKETING,
        persons=(Person(subject, number.e164),),
        buckets=(),
        idempotency=IdempotencyAsk(None, ""),
        reserve=False,
    )
    answer = await rooms.store.gather(ask)
    person = answer.persons[0]
    return _Known(person.events, person.sent), answer.registry_version


def _facts(
    rooms: Rooms,
    snapshot: Snapshot,
    tenant: Tenant,
    question: TierQuestion,
    number: Number | None,
) -> Facts:
    campaign = _campaign(snapshot, tenant, question)
    return Facts(
        at=question.at or rooms.clock(),
        channel=question.channel,
        purpose=_purpose(tenant, campaign, question),
        technology=question.technology or (campaign.technology if campaign else Technology.UNKNOWN),
        sender=_sender(snapshot, tenant, question),
        recipient=Reading(number),
        places=_places(number, question.jurisdiction),
        line_type=question.line_type,
        campaign=campaign.id if campaign else None,
        brand=campaign.brand if campaign else None,
        exemption=campaign.exemption if campaign else None,
        length=0,
        disclosures=frozenset(Element),
        posture=tenant.posture,
        tenant=tenant.id,
    )


def _campaign(snapshot: Snapshot, tenant: Tenant, question: TierQuestion) -> Campaign | None:
    if question.campaign is None:
        return None
    campaign = snapshot.registry.campaigns.get((tenant.id, question.campaign))
    if campaign is None:
        raise InputRejected("there is no such campaign")
    return campaign


def _purpose(tenant: Tenant, campaign: Campaign | None, question: TierQuestion) -> Purpose:
    """As said, else the campaign's; emergency only for whom it was granted."""
    said = question.purpose or (campaign.purposes[0] if campaign else Purpose.MARKETING)
    if said is Purpose.EMERGENCY and not tenant.emergency_granted:
        return Purpose.MARKETING
    return said


def _places(number: Number | None, jurisdiction: str | None) -> Places:
    """The number's places and what is stated of it; a place alone is taken as it is."""
    if number is None:
        return Places(frozenset({jurisdiction}) if jurisdiction else frozenset(), (), "stated")
    return places_of(number, Stated(region=jurisdiction) if jurisdiction else None)


def _sender(snapshot: Snapshot, tenant: Tenant, question: TierQuestion) -> SenderFacts:
    if question.from_ is None:
        return SenderFacts()
    address = Address(AddressKind.UNKNOWN, question.from_, "from")
    _, sender_id = sender_of(address, question.channel)
    sender = snapshot.registry.senders.get((tenant.id, sender_id))
    return SenderFacts(free_to_end_user=sender.free_to_end_user) if sender else SenderFacts()


def _with_person(facts: Facts, known: _Known) -> Facts:
    topic = Topic(facts.channel, facts.purpose, facts.campaign, facts.brand)
    held: Consent = fold(known.events, topic, facts.at)
    return replace(facts, consent=held, sent=known.sent)
