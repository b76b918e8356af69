"""The store as the pipeline sees it: one trip, believed only when verified, closed otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import redis

from gatekeeper.errors import DependencyUnavailable, InputRejected
from gatekeeper.store.changes import ListPerson, PutDocument
from gatekeeper.store.contract import End, Settlement, Turn
from gatekeeper.store.functions import function
from gatekeeper.store.store import Store
from tests.store.asks import ALICE, limit, person, question
from tests.support.valkey import FaultProxy, launch_server

BOB = bytes(16)
AS_OF = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
async def through(proxy: FaultProxy) -> AsyncIterator[Store]:
    """A store behind the fault proxy, with its counts set to zero."""
    opened = await Store.open(proxy.url)
    proxy.commands.clear()
    yield opened
    proxy.withhold, proxy.delay = False, 0.0
    await opened.close()


# Trips


async def test_one_request_costs_one_trip_and_its_settlement_none_that_anyone_waits_for(
    proxy: FaultProxy, through: Store
) -> None:
    people = (person(ALICE, "+12122000123", "us-national", "internal"), person(BOB, None))
    ask = question(*people, key="k", buckets=(limit(1, 5), limit(9, 9, key="b")))
    await through.gather(ask)
    assert proxy.commands == [f"FCALL {function('gather')}"]
    through.settle_soon(Settlement(ask, End.SENT, b"x"))
    assert len(proxy.commands) == 1, "settling does not wait"
    await asyncio.sleep(0.05)
    assert proxy.commands[1:] == [f"FCALL {function('settle')}"]


async def test_settlements_of_many_requests_share_a_trip(proxy: FaultProxy, through: Store) -> None:
    asks = [question(key=f"k{i}") for i in range(100)]
    await asyncio.gather(*(through.gather(ask) for ask in asks))
    proxy.commands.clear()
    for ask in asks:
        through.settle_soon(Settlement(ask, End.SENT, b"x"))
    await asyncio.sleep(0.1)
    assert proxy.commands == [f"FCALL {function('settle')}"]
    assert (await through.gather(question(key="k99"))).turn is Turn.ANSWERED


# Failures


async def test_a_slow_store_is_unavailable_and_what_it_reserved_is_given_back(
    proxy: FaultProxy, through: Store
) -> None:
    proxy.delay = 0.5
    with pytest.raises(DependencyUnavailable, match="no answer in time"):
        await through.gather(question(key="k", buckets=(limit(1, 1),)))
    proxy.delay = 0.0
    await asyncio.sleep(0.8)
    answer = await through.gather(question(key="k", buckets=(limit(1, 1),)))
    assert (answer.turn, answer.limits[0].retry_after) == (Turn.MINE, 0)
    assert answer.persons[0].sent == ()


async def test_a_caller_that_goes_away_leaves_no_reservation(
    proxy: FaultProxy, through: Store
) -> None:
    task = asyncio.create_task(through.gather(question(key="k")))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await asyncio.sleep(0.1)
    assert (await through.gather(question(key="k"))).turn is Turn.MINE


async def test_a_settlement_is_kept_until_the_store_is_back(
    proxy: FaultProxy, through: Store
) -> None:
    ask = question(key="k")
    await through.gather(ask)
    proxy.withhold = True
    through.settle_soon(Settlement(ask, End.SENT, b"answer"))
    await asyncio.sleep(0.1)
    proxy.cut()
    proxy.withhold = False
    await asyncio.sleep(0.4)
    assert (await through.health()).settlements_waiting == 0
    assert (await through.gather(question(key="k"))).stored == b"answer"


async def test_after_close_every_settlement_is_written(store_url: str) -> None:
    store = await Store.open(store_url)
    ask = question(key="k")
    await store.gather(ask)
    store.settle_soon(Settlement(ask, End.SENT, b"answer"))
    await store.close()
    again = await Store.open(store_url)
    assert (await again.gather(question(key="k"))).stored == b"answer"
    await again.close()


async def test_kill_9_of_the_server_fails_calls_and_the_next_run_is_verified_first(
    tmp_path: Path,
) -> None:
    verified: list[int] = []

    async def verify(store: Store) -> None:
        verified.append(await store.applied())

    process, url = launch_server(tmp_path)
    store = await Store.open(url, verify=verify)
    await store.apply([PutDocument("a", b"1")], first=1, last=1)
    store.expected_applied = 1
    process.kill()
    process.wait()
    with pytest.raises(DependencyUnavailable):
        await store.gather(question())
    process, _ = launch_server(tmp_path)
    refused = 0
    while not verified[1:] or not store.verified:
        with pytest.raises(DependencyUnavailable):
            await store.gather(question())
        refused += 1
        await asyncio.sleep(0.02)
    assert (verified, (await store.gather(question())).applied) == ([0, 1], 1)
    assert refused >= 1
    await store.close()
    process.terminate()
    process.wait()


# Belief


async def test_no_gather_passes_before_the_owner_has_verified(store_url: str) -> None:
    gate = asyncio.Event()

    async def verify(store: Store) -> None:
        await store.apply([PutDocument("a", b"1")], first=1, last=1)
        await gate.wait()

    opening = asyncio.create_task(Store.open(store_url, verify=verify))
    await asyncio.sleep(0.1)
    assert not opening.done()
    gate.set()
    store = await opening
    assert store.verified
    assert (await store.gather(question())).registry_version == 1
    await store.close()


async def test_a_store_that_cannot_be_verified_opens_and_refuses_and_is_tried_again(
    store_url: str,
) -> None:
    tries = 0

    async def verify(_: Store) -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise DependencyUnavailable("store", "not yet")

    store = await Store.open(store_url, verify=verify)
    assert not store.verified
    for _ in range(60):
        if store.verified:
            break
        with pytest.raises(DependencyUnavailable, match="being verified"):
            await store.gather(question())
        await asyncio.sleep(0.02)
    assert (tries, (await store.gather(question())).turn) == (3, Turn.MINE)
    await store.close()


async def test_an_emptied_store_refuses_reserves_nothing_and_is_filled_again(
    store_url: str, plain: redis.Redis
) -> None:
    """If somebody flushes the server, no decision is made on the emptiness."""

    async def replay(store: Store) -> None:
        if await store.applied() < 1:
            await store.apply([PutDocument("a", b"1")], first=1, last=1)

    store = await Store.open(store_url, verify=replay)
    store.expected_applied = 1
    await store.gather(question(key="before"))
    plain.flushall()
    with pytest.raises(DependencyUnavailable, match="lost changes"):
        await store.gather(question(key="k"))
    assert plain.keys("gk:i:*") == []
    await asyncio.sleep(0.1)
    assert (await store.gather(question(key="k"))).registry_version == 1
    await store.close()


async def test_a_verification_that_leaves_changes_missing_does_not_open_the_store(
    store_url: str,
) -> None:
    store = await Store.open(store_url)
    store.expected_applied = 5
    for _ in range(3):
        with pytest.raises(DependencyUnavailable):
            await store.gather(question())
        await asyncio.sleep(0.1)
    assert not store.verified
    await store.close()


async def test_a_change_acknowledged_while_a_gather_is_under_way_does_not_raise_doubt(
    proxy: FaultProxy, through: Store
) -> None:
    proxy.delay = 0.05
    asking = asyncio.create_task(through.gather(question()))
    await asyncio.sleep(0.01)
    through.expected_applied = 1
    await through.apply([PutDocument("a", b"1")], first=1, last=1)
    assert (await asking).applied == 0
    assert through.verified
    assert (await through.gather(question())).applied == 1


async def test_without_the_functions_the_store_loads_them_on_its_next_connection(
    proxy: FaultProxy, through: Store, plain: redis.Redis
) -> None:
    plain.function_flush()
    with pytest.raises(DependencyUnavailable):
        await through.gather(question())
    await asyncio.sleep(0.02)
    assert (await through.gather(question())).turn is Turn.MINE


async def test_it_opens_without_a_server_and_refuses(tmp_path: Path) -> None:
    store = await Store.open(f"unix://{tmp_path}/none.sock")
    with pytest.raises(DependencyUnavailable):
        await store.gather(question())
    with pytest.raises(DependencyUnavailable):
        await store.ready()
    health = await store.health()
    assert (health.connected, health.verified, health.latency_ms) == (False, False, None)
    await store.close()


async def test_an_unusable_url_is_an_input_error() -> None:
    with pytest.raises(InputRejected):
        await Store.open("ftp://x")


# Twins


async def test_a_twin_waits_for_the_answer_of_the_first(store: Store) -> None:
    first = question(key="k")
    await store.gather(first)
    waiting = asyncio.create_task(store.wait_answer(question(key="k"), 2))
    await asyncio.sleep(0.12)
    assert not waiting.done()
    await store.settle(Settlement(first, End.SENT, b"answer", at_ms=first.now_ms))
    answer = await waiting
    assert (answer.turn, answer.stored) == (Turn.ANSWERED, b"answer")


async def test_a_twin_of_a_request_that_was_surely_not_sent_takes_its_turn(store: Store) -> None:
    first = question(key="k")
    await store.gather(first)
    waiting = asyncio.create_task(store.wait_answer(question(key="k"), 2))
    await store.settle(Settlement(first, End.RETRYABLE))
    assert (await waiting).turn is Turn.MINE


async def test_a_twin_waits_no_longer_than_it_said(store: Store) -> None:
    await store.gather(question(key="k"))
    assert (await store.wait_answer(question(key="k"), 0.1)).turn is Turn.IN_FLIGHT


# Several recipients


async def test_each_recipient_gets_its_own_lists_and_history(store: Store) -> None:
    on = [ListPerson("t1", "internal", ALICE), ListPerson("t1", "litigators", BOB)]
    await store.apply(on, first=1, last=2)
    people = (person(ALICE, None, "internal", "x"), person(BOB, None, "litigators", "internal"))
    told = (await store.gather(question(*people))).persons
    answers = [{name: str(item.answer) for name, item in p.listings.items()} for p in told]
    assert answers == [
        {"internal": "hit", "x": "not-checked"},
        {"litigators": "hit", "internal": "clear"},
    ]


async def test_health_tells_latency_and_clock(store: Store) -> None:
    health = await store.health()
    assert health.connected and health.verified
    assert health.latency_ms is not None and health.latency_ms < 1000
    assert health.skew_ms is not None and abs(health.skew_ms) < 1000
    assert store.server is not None and store.server.append_only
