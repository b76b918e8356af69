"""Is a change confirmed only when it is on the server's disk, and do many wait together?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import redis

from gatekeeper.errors import DependencyUnavailable, StoreUnfit
from gatekeeper.store import confirm, promise
from gatekeeper.store.address import parse_address
from gatekeeper.store.changes import PutDocument
from gatekeeper.store.confirm import Confirmer
from gatekeeper.store.functions import function
from gatekeeper.store.promise import Durability, Promise
from gatekeeper.store.store import Store
from tests.store.asks import question
from tests.support.valkey import FaultProxy, launch_server

ROUND = [f"FCALL {function('confirm')}", "CONFIG"]
ON_DEMAND = ["CONFIG", *ROUND, "CONFIG"]


@pytest.fixture
async def lazy(tmp_path: Path) -> AsyncIterator[FaultProxy]:
    """A proxy before a server that syncs every second, as the gate's own does."""
    process, url = launch_server(tmp_path / "server", "everysec")
    standing = FaultProxy(url, tmp_path / "lazy.sock")
    await standing.start()
    yield standing
    await standing.stop()
    process.terminate()
    process.wait()


def look_at(proxy: FaultProxy) -> redis.Redis:
    """redis-py on the server behind the proxy."""
    return redis.Redis(unix_socket_path=proxy.upstream)


async def applied(url: str, number: int) -> None:
    """Apply changes up to `number` through another connection."""
    store = await Store.open(url, durability=Durability.JOURNAL_ONLY)
    await store.apply([PutDocument("a", b"1")], first=1, last=number)
    await store.close()


@pytest.fixture
async def own(lazy: FaultProxy) -> AsyncIterator[Confirmer]:
    """Confirms with a server that is ours to command."""
    await applied(lazy.url, 5)
    confirmer = Confirmer(parse_address(lazy.url), own=True)
    await confirmer.connect()
    lazy.commands.clear()
    yield confirmer
    await confirmer.close()


async def test_our_own_server_syncs_for_the_round_and_is_left_as_it_was(
    lazy: FaultProxy, own: Confirmer
) -> None:
    await own.confirm(5)
    assert own.promise is Promise.ON_DEMAND
    assert lazy.commands == ON_DEMAND
    server = look_at(lazy)
    assert server.config_get("appendfsync") == {"appendfsync": "everysec"}
    assert server.hget("gk:meta", "confirmed") == b"5"


async def test_two_hundred_who_ask_at_once_take_part_in_one_round(
    lazy: FaultProxy, own: Confirmer
) -> None:
    await asyncio.gather(*(own.confirm(5) for _ in range(200)))
    assert lazy.commands == ON_DEMAND


async def test_who_comes_while_a_round_is_under_way_waits_for_the_next(
    lazy: FaultProxy, own: Confirmer
) -> None:
    """The mark of the first may not speak for a change that was applied after it."""
    lazy.delay = 0.02
    first = asyncio.create_task(own.confirm(5))
    await asyncio.sleep(0.03)
    later = [asyncio.create_task(own.confirm(5)) for _ in range(20)]
    await first
    assert not any(task.done() for task in later)
    await asyncio.gather(*later)
    assert lazy.commands.count(ROUND[0]) == 2


async def test_a_caller_that_goes_away_takes_nobody_with_it(
    lazy: FaultProxy, own: Confirmer
) -> None:
    lazy.delay = 0.02
    leaving, staying = (asyncio.create_task(own.confirm(5)) for _ in range(2))
    await asyncio.sleep(0.01)
    leaving.cancel()
    await staying


async def test_a_store_that_has_lost_the_change_does_not_confirm_it(
    lazy: FaultProxy, own: Confirmer
) -> None:
    with pytest.raises(DependencyUnavailable, match="lost changes"):
        await own.confirm(6)
    look_at(lazy).flushall()
    with pytest.raises(DependencyUnavailable, match="lost changes"):
        await own.confirm(5)


async def test_a_lost_reply_confirms_nothing_and_nothing_is_asked_twice(
    lazy: FaultProxy, own: Confirmer
) -> None:
    lazy.withhold = True
    waiting = asyncio.create_task(own.confirm(5))
    await asyncio.sleep(0.05)
    lazy.cut()
    with pytest.raises(DependencyUnavailable, match="lost"):
        await waiting
    assert lazy.commands == ["CONFIG"]
    lazy.withhold = False
    await asyncio.sleep(0.02)
    await own.confirm(5)


async def test_a_file_that_is_switched_off_is_noticed_by_a_round_and_by_a_look(
    lazy: FaultProxy, own: Confirmer
) -> None:
    server = look_at(lazy)
    server.config_set("appendonly", "no")
    with pytest.raises(StoreUnfit, match="no longer syncs"):
        await own.confirm(5)
    assert own.unfit is not None
    await asyncio.sleep(0.02)
    with pytest.raises(StoreUnfit, match="appendonly is off"):
        await own.connect()
    server.config_set("appendonly", "yes")
    await asyncio.sleep(0.1)
    await own.look()
    assert own.unfit is None
    server.config_set("appendonly", "no")
    await own.look()
    assert own.unfit is not None and "appendonly is off" in own.unfit


async def test_settings_are_seen_anew_at_each_wait(store_url: str, plain: redis.Redis) -> None:
    confirmer = Confirmer(parse_address(store_url), own=False)
    await confirmer.confirm(0)
    plain.config_set("appendfsync", "everysec")
    try:
        with pytest.raises(StoreUnfit, match="no longer syncs"):
            await confirmer.confirm(0)
    finally:
        plain.config_set("appendfsync", "always")
        await confirmer.close()


@pytest.fixture
async def waiting(lazy: FaultProxy) -> AsyncIterator[Confirmer]:
    """Confirms by WAITAOF: the server is so slow during its proof that it passes for honest."""
    await applied(lazy.url, 5)
    confirmer = Confirmer(parse_address(lazy.url), own=False)
    lazy.delay = 0.5
    await confirmer.connect()
    lazy.delay = 0.0
    lazy.commands.clear()
    yield confirmer
    await confirmer.close()


async def test_waitaof_follows_its_mark_on_the_same_connection(
    lazy: FaultProxy, waiting: Confirmer
) -> None:
    await waiting.confirm(5)
    assert waiting.promise is Promise.WAITAOF
    assert lazy.commands == [ROUND[0], "WAITAOF"]


async def test_a_waitaof_that_runs_out_of_time_confirms_nothing(
    lazy: FaultProxy, waiting: Confirmer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirm, "WAIT", ("WAITAOF", 1, 0, 200))
    look_at(lazy).config_set("appendfsync", "no")
    with pytest.raises(DependencyUnavailable, match="not synced its disk in time"):
        await waiting.confirm(5)
    assert waiting.unfit is None


async def test_a_waitaof_without_a_file_shows_an_unfit_server(
    lazy: FaultProxy, waiting: Confirmer
) -> None:
    look_at(lazy).config_set("appendonly", "no")
    with pytest.raises(StoreUnfit, match="appendonly is off"):
        await waiting.confirm(5)
    assert waiting.unfit is not None


# The store as a whole


async def test_a_store_on_a_server_that_promises_too_little_does_not_open(
    lazy: FaultProxy,
) -> None:
    with pytest.raises(StoreUnfit, match="GATEKEEPER_STORE_DURABILITY"):
        await Store.open(lazy.url)
    accepted = await Store.open(lazy.url, durability=Durability.JOURNAL_ONLY)
    assert (accepted.promise, accepted.verified) == ("none", True)
    await accepted.confirm(99)
    await accepted.close()


async def test_nothing_passes_while_the_server_is_unfit(
    store_url: str, plain: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await Store.open(store_url)
    await store.gather(question())
    plain.config_set("appendonly", "no")
    try:
        assert (await store.health()).connected
        assert store.trouble is not None and "appendonly is off" in store.trouble
        with pytest.raises(StoreUnfit):
            await store.gather(question())
    finally:
        plain.config_set("appendonly", "yes")
    await asyncio.sleep(0.1)
    assert (await store.health()).durability == "appendfsync always"
    assert (await store.gather(question())).applied == 0
    await store.close()


def test_a_wait_is_longer_than_a_period_and_shorter_than_its_answer() -> None:
    assert 1.0 < promise.SYNC_S < promise.ANSWER_S < promise.PROVE_S
