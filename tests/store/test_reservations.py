"""Limits and caps: what passes, what is reserved, what is given back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import redis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatekeeper.domain.words import Purpose
from gatekeeper.store.contract import End
from gatekeeper.store.store import Store
from tests.store.asks import NOW, end, limit, person, question

DAY = 86_400_000


async def test_a_bucket_lets_in_its_burst_and_then_its_rate(store: Store) -> None:
    async def ask(at: int) -> float:
        buckets = (limit(rate=2, burst=3),)
        return (
            (await store.gather(question(buckets=buckets, now_ms=NOW + at))).limits[0].retry_after
        )

    assert [await ask(0) for _ in range(4)] == [0, 0, 0, 0.5]
    assert [await ask(499), await ask(500), await ask(500)] == [0.001, 0, 0.5]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.floats(0.3, 50),
    st.integers(1, 8),
    st.lists(st.tuples(st.integers(0, 700), st.integers(1, 3)), min_size=20, max_size=60),
)
async def test_never_more_than_burst_and_rate_pass_in_any_window(
    store_url: str, rate: float, burst: int, draws: list[tuple[int, int]]
) -> None:
    store = await Store.open(store_url)
    now, passed, key = NOW, list[tuple[int, int]](), question().request
    for pause, cost in draws:
        now += pause
        ask = question(buckets=(limit(rate, burst, cost, key),), now_ms=now)
        if not (await store.gather(ask)).limits[0].retry_after:
            passed.append((now, cost))
    for i, (start, _) in enumerate(passed):
        for j in range(i, len(passed)):
            total = sum(cost for _, cost in passed[i : j + 1])
            assert total <= burst + rate * (passed[j][0] - start) / 1000 + 0.01
    await store.close()


async def test_if_one_bucket_is_empty_none_is_drawn_from_and_no_cap_counts(store: Store) -> None:
    wide, narrow = limit(1, 10, key="wide"), limit(1, 1, key="narrow")
    await store.gather(question(buckets=(narrow,), persons=(person(bytes(16)),)))
    for _ in range(20):
        answer = await store.gather(question(buckets=(wide, narrow)))
        assert [a.retry_after for a in answer.limits] == [0, 1]
    answer = await store.gather(question(buckets=(limit(1, 10, 10, "wide"),)))
    assert answer.limits[0].retry_after == 0
    assert answer.persons[0].sent == ()


async def test_a_bucket_named_twice_in_one_request_is_drawn_from_twice(store: Store) -> None:
    twice = (limit(1, 2), limit(1, 2))
    assert [a.retry_after for a in (await store.gather(question(buckets=twice))).limits] == [0, 0]
    assert (await store.gather(question(buckets=(limit(1, 2),)))).limits[0].retry_after == 1


@pytest.mark.parametrize(("how", "free"), [(End.REFUSED, True), (End.RETRYABLE, True),
                                           (End.SENT, False), (End.UNKNOWN, False)])  # fmt: skip
async def test_only_what_was_not_sent_gives_back_what_it_reserved(
    store: Store, how: End, free: bool
) -> None:
    ask = question(buckets=(limit(1, 1),))
    await store.gather(ask)
    await end(store, ask, how)
    answer = await store.gather(question(buckets=(limit(1, 1),), fingerprint="g"))
    assert (answer.limits[0].retry_after == 0) is free
    assert len(answer.persons[0].sent) == (0 if free else 1)


async def test_a_request_that_was_not_let_in_gives_nothing_back(store: Store) -> None:
    await store.gather(question(buckets=(limit(1, 1),)))
    refused = question(buckets=(limit(1, 1),))
    await store.gather(refused)
    await end(store, refused, End.RETRYABLE)
    assert (await store.gather(question(buckets=(limit(1, 1),)))).limits[0].retry_after == 1


async def test_a_what_if_question_reserves_nothing(store: Store, plain: redis.Redis) -> None:
    await store.gather(question(key="k", buckets=(limit(1, 1),), reserve=False))
    assert plain.dbsize() == 0


async def test_concurrent_requests_to_one_person_reserve_one_after_the_other(store: Store) -> None:
    answers = await asyncio.gather(*(store.gather(question()) for _ in range(40)))
    assert sorted(len(a.persons[0].sent) for a in answers) == list(range(40))
    assert sum(len(a.persons[0].sent) < 3 for a in answers) == 3


async def test_a_person_named_twice_in_one_request_is_sent_to_twice(store: Store) -> None:
    ask = question(person(), person())
    for _ in range(2):
        assert [len(p.sent) for p in (await store.gather(ask)).persons] == [0, 1]
    await end(store, ask, End.REFUSED)
    assert (await store.gather(question())).persons[0].sent == ()


async def test_earlier_sends_are_told_with_instant_and_purpose_for_31_days(store: Store) -> None:
    await store.gather(question(purpose=Purpose.DEBT))
    (sent,) = (await store.gather(question(now_ms=NOW + 31 * DAY, reserve=False))).persons[0].sent
    assert (sent.at, sent.purpose) == (datetime.fromtimestamp(NOW / 1000, UTC), Purpose.DEBT)
    assert not (await store.gather(question(now_ms=NOW + 31 * DAY + 1))).persons[0].sent


async def test_at_most_64_earlier_sends_are_kept_and_they_are_the_newest(store: Store) -> None:
    for i in range(70):
        await store.gather(question(now_ms=NOW + i))
    sent = (await store.gather(question(now_ms=NOW + 70))).persons[0].sent
    assert len(sent) == 64
    assert sent[-1].at - sent[0].at == timedelta(milliseconds=63)
