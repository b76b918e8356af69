"""Idempotency: where a request stands among those with its key or payload."""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.store.contract import Ask, End, IdempotencyAsk, Turn
from gatekeeper.store.store import Store
from tests.store.asks import NOW, end, limit, question

HOUR = 3_600_000


async def turn(store: Store, ask: Ask) -> Turn:
    return (await store.gather(ask)).turn


# The turn of a twin (same key, same payload), after each end of the first request.
MATRIX = [
    (None, 0, Turn.IN_FLIGHT),
    (None, 120_000, Turn.IN_FLIGHT),
    (None, 120_001, Turn.UNKNOWN),
    (None, 71 * HOUR, Turn.UNKNOWN),
    (End.SENT, 0, Turn.ANSWERED),
    (End.SENT, 72 * HOUR, Turn.ANSWERED),
    (End.SENT, 72 * HOUR + 1, Turn.MINE),
    (End.REFUSED, 0, Turn.ANSWERED),
    (End.UNKNOWN, 0, Turn.UNKNOWN),
    (End.UNKNOWN, 71 * HOUR, Turn.UNKNOWN),
    (End.RETRYABLE, 0, Turn.MINE),
]


@pytest.mark.parametrize(("how", "later", "expected"), MATRIX)
async def test_a_twin_stands_where_the_first_request_left_its_key(
    store: Store, how: End | None, later: int, expected: Turn
) -> None:
    first = question(key="k")
    assert await turn(store, first) is Turn.MINE
    if how is not None:
        await end(store, first, how)
    answer = await store.gather(question(key="k", now_ms=NOW + later))
    assert answer.turn is expected
    kept = expected in (Turn.ANSWERED, Turn.UNKNOWN) and how is not None
    assert answer.stored == (b"\xffanswer" if kept else None)


async def test_the_same_key_with_another_payload_is_a_mismatch(store: Store) -> None:
    first = question(key="k")
    await store.gather(first)
    assert await turn(store, question(key="k", fingerprint="other")) is Turn.MISMATCH
    await end(store, first, End.SENT)
    assert await turn(store, question(key="k", fingerprint="other")) is Turn.MISMATCH


async def test_a_request_asked_again_by_its_own_id_is_still_its_own(store: Store) -> None:
    ask = question(key="k", buckets=(limit(1, 1),))
    assert await turn(store, ask) is Turn.MINE
    assert await turn(store, ask) is Turn.MINE


GUARD = [
    (None, 60_000, Turn.UNKNOWN),
    ("another", 60_000, Turn.UNKNOWN),
    (None, 60_001, Turn.MINE),
    ("another", 60_001, Turn.MINE),
]


@pytest.mark.parametrize(("key", "later", "expected"), GUARD)
@pytest.mark.parametrize("first_key", [None, "k"])
async def test_after_an_unknown_outcome_an_equal_request_is_not_sent_for_a_minute(
    store: Store, first_key: str | None, key: str | None, later: int, expected: Turn
) -> None:
    first = question(key=first_key)
    await store.gather(first)
    await end(store, first, End.UNKNOWN)
    assert await turn(store, question(key=key, now_ms=NOW + later)) is expected


async def test_without_a_key_equal_requests_are_separate_messages(store: Store) -> None:
    for how in (End.SENT, End.REFUSED, End.RETRYABLE):
        ask = question()
        assert await turn(store, ask) is Turn.MINE
        await end(store, ask, how)


async def test_settling_twice_is_settling_once(store: Store) -> None:
    bucket = limit(1, 2)
    ask = question(key="k", buckets=(bucket,))
    await store.gather(ask)
    await store.gather(question(buckets=(bucket,)))
    for _ in range(3):
        await end(store, ask, End.REFUSED)
    allowed = [await store.gather(question(buckets=(bucket,))) for _ in range(2)]
    assert [a.limits[0].retry_after > 0 for a in allowed] == [False, True]


async def test_a_late_settlement_leaves_the_key_of_a_newer_request_alone(store: Store) -> None:
    old, new = question(key="k"), question(key="k")
    await store.gather(old)
    await end(store, old, End.RETRYABLE)
    await store.gather(new)
    await end(store, old, End.RETRYABLE)
    assert await turn(store, question(key="k")) is Turn.IN_FLIGHT


async def test_a_twin_reserves_nothing(store: Store) -> None:
    bucket = limit(1, 5)
    await store.gather(question(key="k", buckets=(bucket,)))
    for _ in range(10):
        answer = await store.gather(question(key="k", buckets=(bucket,)))
        assert len(answer.persons[0].sent) == 1
    assert not (await store.gather(question(buckets=(bucket,)))).limits[0].retry_after


def tried(attempt: int, **changes: Any) -> Ask:
    """A question of an SDK that counts its tries."""
    return question(idempotency=IdempotencyAsk("k", "f", attempt), **changes)


# What a repetition hears, after each end of the first try; its answer is kept for two minutes.
TRIES = [
    (None, 0, Turn.IN_FLIGHT),
    (End.SENT, 0, Turn.ANSWERED),
    (End.SENT, 120_000, Turn.ANSWERED),
    (End.SENT, 120_001, Turn.MINE),
    (End.REFUSED, 0, Turn.ANSWERED),
    (End.UNKNOWN, 0, Turn.UNKNOWN),
    (End.RETRYABLE, 0, Turn.MINE),
]


@pytest.mark.parametrize(("how", "later", "expected"), TRIES)
async def test_a_repetition_stands_where_the_first_try_left_it(
    store: Store, how: End | None, later: int, expected: Turn
) -> None:
    first = tried(0)
    assert await turn(store, first) is Turn.MINE
    if how is not None:
        await end(store, first, how)
    assert await turn(store, tried(1, now_ms=NOW + later)) is expected


@pytest.mark.parametrize("how", [None, End.SENT, End.REFUSED])
async def test_a_first_try_is_a_message_of_its_own(store: Store, how: End | None) -> None:
    before = tried(0)
    await store.gather(before)
    if how is not None:
        await end(store, before, how)
    assert await turn(store, tried(0)) is Turn.MINE


async def test_an_equal_message_under_way_keeps_the_key(store: Store) -> None:
    first, second = tried(0), tried(0)
    await store.gather(first)
    await store.gather(second)
    await end(store, second, End.RETRYABLE)
    assert await turn(store, tried(1)) is Turn.IN_FLIGHT
    await end(store, first, End.SENT)
    assert await turn(store, tried(1)) is Turn.ANSWERED


async def test_a_message_after_another_takes_the_key_over(store: Store) -> None:
    first, second = tried(0), tried(0)
    await store.gather(first)
    await end(store, first, End.SENT)
    await store.gather(second)
    assert await turn(store, tried(1)) is Turn.IN_FLIGHT


async def test_after_an_unknown_end_even_a_first_try_is_not_sent(store: Store) -> None:
    first = tried(0)
    await store.gather(first)
    await end(store, first, End.UNKNOWN)
    assert await turn(store, tried(0)) is Turn.UNKNOWN
    assert await turn(store, tried(0, now_ms=NOW + 60_001)) is Turn.MINE
