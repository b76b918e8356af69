"""Consent in the store: order-independent, idempotent, bounded, never laxer than the whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import redis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent, Scope, Topic
from gatekeeper.domain.fold import fold
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.store.changes import ConsentChange
from gatekeeper.store.store import Store
from tests.store.asks import ALICE, question

T0 = datetime(2026, 1, 1, tzinfo=UTC)
TOPIC = Topic(Channel.SMS, Purpose.MARKETING, "c1", "b1")
ACTS = (
    ConsentAct.OPT_IN,
    ConsentAct.OPT_OUT,
    ConsentAct.EXPIRY,
    ConsentAct.PURCHASE,
    ConsentAct.CONFIRMATION,
    ConsentAct.RESTART,
    ConsentAct.SCOPE_CHANGE,
    ConsentAct.DECEASED,
)


def scopes() -> st.SearchStrategy[Scope]:
    return st.builds(
        Scope,
        st.sampled_from([None, Channel.SMS]),
        st.none(),
        st.sampled_from([None, "c1"]),
        st.sampled_from([None, "b1", "b2"]),
    )


def events() -> st.SearchStrategy[list[ConsentEvent]]:
    minutes = st.integers(0, 40).map(lambda m: T0 + timedelta(minutes=m))
    event = st.builds(
        ConsentEvent,
        id=st.uuids().map(str),
        act=st.sampled_from(ACTS),
        at=minutes,
        basis=st.sampled_from([Basis.NONE, Basis.IMPLIED, Basis.EXPRESS]),
        scope=scopes(),
        expires=st.none() | minutes,
        missing=st.just(()) | st.just(("seller", "number")),
        pending=st.booleans(),
        unproven=st.booleans(),
    )
    return st.lists(event, min_size=1, max_size=60, unique_by=lambda e: e.id)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(events(), st.randoms(use_true_random=False))
async def test_in_any_order_and_any_number_of_times_the_events_give_one_entry(
    store_url: str, plain: redis.Redis, history: list[ConsentEvent], random: object
) -> None:
    store = await Store.open(store_url)
    await store.rewind()
    people = [bytes([i]) * 16 for i in range(3)]
    plain.delete(*(f"gk:c:{{{i:02x}{i:02x}}}" for i in range(3)))
    orders = [history, history[::-1], history + sorted(history, key=lambda e: e.id)]
    changes = [ConsentChange(p, e) for p, order in zip(people, orders, strict=True) for e in order]
    await store.apply(changes, first=1, last=1)
    entries = {plain.hget(f"gk:c:{{{i:02x}{i:02x}}}", bytes([i]) * 14) for i in range(3)}
    assert len(entries) == 1
    kept = await store.events_of(people[0])
    assert set(kept) <= set(history)
    for minute in (41, 400):
        at = T0 + timedelta(minutes=minute)
        whole = fold(history, TOPIC, at)
        ours = fold(kept, TOPIC, at)
        assert (ours.ended_by, ours.ended_at) == (whole.ended_by, whole.ended_at)
        assert ours.basis.rank <= whole.basis.rank, "what is dropped may only make it stricter"
    await store.close()


async def test_a_dropped_ending_gives_no_older_grant_back(store: Store) -> None:
    """Written consent, STOP, express consent, and then STOP and START for ever."""
    told = [
        ConsentEvent("w", ConsentAct.OPT_IN, T0, Basis.EXPRESS_WRITTEN),
        ConsentEvent("s", ConsentAct.OPT_OUT, T0 + timedelta(hours=1)),
        ConsentEvent("e", ConsentAct.OPT_IN, T0 + timedelta(hours=2), Basis.EXPRESS),
    ]
    for n in range(12):
        at = T0 + timedelta(days=n + 1)
        told += [
            ConsentEvent(f"s{n}", ConsentAct.OPT_OUT, at),
            ConsentEvent(f"r{n}", ConsentAct.RESTART, at + timedelta(hours=1)),
        ]
    await store.apply([ConsentChange(ALICE, event) for event in told], first=1, last=1)
    kept, late = await store.events_of(ALICE), T0 + timedelta(days=99)
    assert "s" not in {event.id for event in kept}
    assert fold(told, TOPIC, late).basis is Basis.EXPRESS
    assert fold(kept, TOPIC, late).basis is Basis.NONE, "what is not sure errs to block"
    assert fold(kept, TOPIC, late).ended_by is None


async def test_a_short_history_is_kept_whole_and_reads_back_equal(store: Store) -> None:
    event = ConsentEvent(
        "e1", ConsentAct.OPT_IN, T0 + timedelta(microseconds=1), Basis.EXPRESS_WRITTEN,
        Scope(Channel.VOICE, Purpose.DEBT, "c9"), T0 + timedelta(days=9), "Acmé", "purchase",
        ("signature",), unproven=True,
    )  # fmt: skip
    fixed = ConsentEvent("e3", ConsentAct.CORRECTION, T0 + timedelta(days=2), about="e9")
    stop = ConsentEvent("e2", ConsentAct.OPT_OUT, T0 + timedelta(days=1))
    changes = [ConsentChange(ALICE, each) for each in (event, stop, fixed)]
    await store.apply(changes, first=1, last=3)
    assert (await store.gather(question())).persons[0].events == (fixed, stop, event)
    assert await store.events_of(ALICE) == (fixed, stop, event)
    assert await store.events_of(bytes(16)) == ()


async def test_no_correction_is_ever_dropped(store: Store) -> None:
    """Else the grant that it takes back would count again."""
    fixes = [
        ConsentEvent(f"f{i}", ConsentAct.CORRECTION, T0 + timedelta(seconds=i), about=f"e{i}")
        for i in range(9)
    ]
    await store.apply([ConsentChange(ALICE, each) for each in fixes], first=1, last=1)
    assert len(await store.events_of(ALICE)) == 9


async def test_one_persons_history_is_bounded_and_its_endings_stay(store: Store) -> None:
    stop = ConsentEvent("stop", ConsentAct.OPT_OUT, T0)
    many = [
        ConsentEvent(f"e{i}", ConsentAct.OPT_IN, T0 + timedelta(seconds=i), Basis.EXPRESS,
                     Scope(campaign=f"c{i}"))
        for i in range(300)
    ]  # fmt: skip
    changes = [ConsentChange(ALICE, event) for event in [stop, *many]]
    await store.apply(changes, first=1, last=1)
    kept = await store.events_of(ALICE)
    assert len(kept) == 128
    assert kept[-1] == stop


async def test_many_histories_come_in_one_trip_in_the_order_asked(store: Store) -> None:
    people = [bytes([n]) * 16 for n in range(5)]
    changes = [
        ConsentChange(
            people[1],
            ConsentEvent(f"{n:024x}", ConsentAct.OPT_IN, T0 + timedelta(days=n), Basis.EXPRESS),
        )
        for n in range(20)
    ]
    changes.append(ConsentChange(people[3], ConsentEvent("e" * 24, ConsentAct.OPT_OUT, T0)))
    await store.apply(changes, first=1, last=len(changes))
    found = await store.histories(people)
    assert [history.events for history in found] == [await store.events_of(p) for p in people]
    assert found[1].dropped == await store.dropped(people[1]) != frozenset()
    assert all(found[1].has(change.event.id) for change in changes[:20])
    assert not found[0].has("e" * 24) and found[3].has("e" * 24)
    assert await store.histories([]) == []
