"""The function library, the fitness of a server, and the high-water mark."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import redis
from msgspec.structs import replace

from gatekeeper.domain.consent import ConsentAct, ConsentEvent
from gatekeeper.errors import DependencyUnavailable
from gatekeeper.store.changes import ConsentChange, DeleteDocument, PutDocument
from gatekeeper.store.contract import IdempotencyAsk
from gatekeeper.store.functions import LIBRARY, VERSION, ServerInfo, inspect, parse_info
from gatekeeper.store.pipe import Pipe
from gatekeeper.store.store import Store
from tests.store.asks import ALICE, question

T0 = datetime(2026, 1, 1, tzinfo=UTC)


async def test_events_already_applied_are_left_out_and_a_gap_is_refused(store: Store) -> None:
    assert await store.apply([PutDocument("a", b"\xff1")], first=1, last=3) == 3
    assert await store.apply([PutDocument("a", b"old")], first=2, last=2) == 3
    with pytest.raises(DependencyUnavailable, match="GAP"):
        await store.apply([PutDocument("a", b"far")], first=5, last=5)
    assert await store.documents() == (3, {"a": b"\xff1"})
    await store.apply([PutDocument("b", b"2"), DeleteDocument("a")], first=4, last=5)
    assert await store.documents() == (5, {"b": b"2"})


async def test_the_registry_version_moves_only_with_documents(store: Store) -> None:
    await store.apply([PutDocument("a", b"1")], first=1, last=1)
    stop = ConsentEvent("e", ConsentAct.OPT_OUT, T0)
    await store.apply([ConsentChange(ALICE, stop)], first=2, last=2)
    answer = await store.gather(question())
    assert (answer.registry_version, answer.applied) == (1, 2)


async def test_after_a_rewind_the_ledger_can_apply_everything_anew(store: Store) -> None:
    await store.apply([PutDocument("a", b"1")], first=1, last=1)
    await store.rewind()
    assert await store.applied() == 0
    await store.apply([PutDocument("a", b"1"), PutDocument("a", b"2")], first=1, last=2)
    assert await store.documents() == (2, {"a": b"2"})


async def test_the_library_is_named_by_its_content_and_survives_beside_others(
    store: Store, plain: redis.Redis
) -> None:
    source = (
        "#!lua name=gatekeeper_other\nredis.register_function('gk_gather_other', function() end)"
    )
    plain.function_load(source, replace=True)
    again = await Store.open(f"unix://{plain.connection_pool.connection_kwargs['path']}")
    names = {entry[1].decode() for entry in plain.function_list()}
    assert {LIBRARY, "gatekeeper_other"} <= names
    assert VERSION in LIBRARY
    await again.close()


def test_info_reads_into_what_matters() -> None:
    lines = ["# Server", "redis_version:7.0.15", "run_id:abc", "role:master"]
    text = "\r\n".join([*lines, "maxmemory_policy:noeviction", ""])
    assert parse_info(text) == ServerInfo("abc", (7, 0, 15), "master", "noeviction")


UNFIT = [("6.2.14", "master", "noeviction", "older"), ("7.2.4", "slave", "noeviction", "slave"),
         ("7.2.4", "master", "allkeys-lru", "evicted")]  # fmt: skip


@pytest.mark.parametrize(("version", "role", "policy", "why"), UNFIT)
async def test_a_server_that_could_lose_consent_is_refused(
    monkeypatch: pytest.MonkeyPatch, version: str, role: str, policy: str, why: str
) -> None:
    async def info(*_: object, within: float) -> bytes:
        return f"redis_version:{version}\nrole:{role}\nmaxmemory_policy:{policy}".encode()

    pipe = Pipe()
    monkeypatch.setattr(pipe, "call", info)
    with pytest.raises(DependencyUnavailable, match=why):
        await inspect(pipe)


async def test_an_evicting_server_is_refused_by_the_store(
    store_url: str, plain: redis.Redis
) -> None:
    plain.config_set("maxmemory-policy", "allkeys-lru")
    try:
        store = await Store.open(store_url)
        with pytest.raises(DependencyUnavailable):
            await store.gather(replace(question(), idempotency=IdempotencyAsk(None, "f")))
        await store.close()
    finally:
        plain.config_set("maxmemory-policy", "noeviction")
