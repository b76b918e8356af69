"""When did a person last write to a sender, whatever the order in which the store is told?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from gatekeeper.domain.words import Purpose
from gatekeeper.store.changes import HeardChange
from gatekeeper.store.contract import Person, Tail
from gatekeeper.store.store import Store
from tests.store.asks import ALICE, person, question

T0 = datetime(2026, 11, 1, 12, 30, 15, 250000, tzinfo=UTC)
HOUR = timedelta(hours=1)
OURS = "whatsapp:+13122000203"


def heard(number: int, at: datetime, sender: str = OURS) -> HeardChange:
    return HeardChange(ALICE, sender, at, f"wamid.{number}")


async def told(store: Store, *changes: HeardChange) -> None:
    first = await store.applied() + 1
    await store.apply(changes, first=first, last=first + len(changes) - 1)


async def when(store: Store, sender: str = OURS) -> datetime | None:
    return (await store.gather(question(heard_by=sender))).persons[0].heard_at


async def test_the_newest_message_counts_whatever_the_order(store: Store) -> None:
    assert await when(store) is None
    await told(store, heard(2, T0 + HOUR), heard(1, T0))
    assert await when(store) == T0 + HOUR


async def test_a_message_that_is_told_again_is_no_newer_one(store: Store) -> None:
    await told(store, heard(1, T0), heard(1, T0 + HOUR))
    assert await when(store) == T0
    await told(store, *[heard(n, T0) for n in range(2, 32)], heard(1, T0 + HOUR))
    assert await when(store) == T0


async def test_another_sender_or_person_was_not_written_to(store: Store) -> None:
    await told(store, heard(1, T0))
    assert await when(store, "whatsapp:+13122000204") is None
    others = question(person(bytes(16)), heard_by=OURS)
    assert (await store.gather(others)).persons[0].heard_at is None


async def test_it_is_told_beside_what_else_the_trip_brings(store: Store) -> None:
    await told(store, heard(1, T0))
    tailed = Person(ALICE, "+12122000123", (), Tail("t", b"end"))
    ask = question(tailed, heard_by=OURS, tail_ms=1000, purpose=Purpose.MARKETING)
    await store.gather(ask)
    again = await store.gather(question(tailed, heard_by=OURS, tail_ms=1000))
    (answer,) = again.persons
    assert (answer.heard_at, answer.tails, len(answer.sent)) == (T0, (b"end",), 1)
    assert (await store.gather(question())).persons[0].heard_at is None
