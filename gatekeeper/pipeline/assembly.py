"""Does a message go on with a number that an earlier one to the same person began?

Off unless the operator chose it: the end of each message is personal data of its own. It is kept
in the store for so many seconds, sealed, for one sender and one person of one tenant.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from gatekeeper.domain.facts import Facts
from gatekeeper.domain.message import TextPart
from gatekeeper.pipeline.case import Case
from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.gather import Target
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.screening.assembly import across, tail_of
from gatekeeper.store.contract import NOT_KEPT, Answer, Kept, PersonAnswer, Tail


def kept(case: Case, people: Sequence[Target], parts: Sequence[TextPart], rooms: Rooms) -> Kept:
    """What the store is to keep of this message; nothing where assembling is off."""
    if not rooms.assembly_s:
        return NOT_KEPT
    tenant, ending = case.caller.tenant.id, tail_of(parts).encode()
    sender = rooms.keys.pseudonym(tenant, f"{case.request.channel}:{case.request.sender.value}")
    tails = [
        Tail(sender, rooms.keys.seal(ending, _aad(tenant, target)) if ending else b"")
        for target in people
    ]
    return Kept(tuple(tails), rooms.assembly_s * 1000)


def assembled(
    flight: Flight,
    parts: Sequence[TextPart],
    people: Sequence[Target],
    answer: Answer,
    facts: tuple[Facts, ...],
) -> tuple[Facts, ...]:
    """The facts, with what the message makes of the ends of those before it to each person."""
    if not any(person.tails for person in answer.persons):
        return facts
    told = zip(facts, people, answer.persons, strict=True)
    return tuple([_with(flight, parts, each, target, person) for each, target, person in told])


def _with(
    flight: Flight, parts: Sequence[TextPart], facts: Facts, target: Target, person: PersonAnswer
) -> Facts:
    if facts.tenant is None:
        raise ValueError("a message that is judged has a tenant")
    aad = _aad(facts.tenant, target)
    endings = [flight.rooms.keys.unseal(tail, aad).decode() for tail in person.tails]
    found = across(flight.snapshot.screener, endings, parts)
    return replace(facts, matches=(*facts.matches, *found)) if found else facts


def _aad(tenant: str, target: Target) -> bytes:
    return b"tail\x00" + tenant.encode() + b"\x00" + target.subject
