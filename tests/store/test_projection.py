"""Is exactly that emptied and compared which the journal can bring back?"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import redis

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent
from gatekeeper.errors import DependencyUnavailable
from gatekeeper.store.changes import Change, ConsentChange, ListPerson, PutDocument
from gatekeeper.store.contract import End, Settlement
from gatekeeper.store.projection import Differing, Projection
from gatekeeper.store.store import Store
from tests.store.asks import ALICE, question
from tests.support.valkey import launch_server

STOP = ConsentEvent("e1", ConsentAct.OPT_OUT, datetime(2026, 1, 1, tzinfo=UTC))
CHANGES: list[Change] = [
    ConsentChange(ALICE, STOP),
    PutDocument("sender:a", b"1"),
    ListPerson("t1", "internal", ALICE),
]


@pytest.fixture
async def projection(store_url: str) -> AsyncIterator[Projection]:
    opened = Projection(store_url)
    yield opened
    await opened.close()


@pytest.fixture
async def twin(tmp_path: Path) -> AsyncIterator[tuple[Store, Projection]]:
    """A second server with the same changes."""
    process, url = launch_server(tmp_path / "twin")
    store, projection = await Store.open(url), Projection(url)
    await store.apply(CHANGES, first=1, last=3)
    yield store, projection
    await projection.close()
    await store.close()
    process.terminate()
    process.wait()


def keys(plain: redis.Redis) -> set[bytes]:
    return set(plain.scan_iter())


async def found(ours: Projection, theirs: Projection) -> list[Differing]:
    return [each async for each in ours.compare(theirs)]


async def test_what_the_journal_cannot_bring_back_is_left_alone(
    store: Store, projection: Projection, plain: redis.Redis
) -> None:
    await store.apply(CHANGES, first=1, last=3)
    ask = question(key="k")
    await store.gather(ask)
    await store.settle(Settlement(ask, End.SENT, b"answer"))
    plain.hset("gk:dnc:0::us-national:v1", "*", 7)
    plain.set("other:key", "of somebody else")
    others = (b"gk:i:", b"gk:s:", b"gk:dnc", b"other:")
    kept = {key for key in keys(plain) if key.startswith(others)}
    assert len(kept) == 4
    assert await projection.erase() == 4
    assert keys(plain) == kept


async def test_equal_stores_do_not_differ(
    store: Store, projection: Projection, twin: tuple[Store, Projection]
) -> None:
    """Though one has confirmed its disk and the other has not, and one has been sent to."""
    await store.apply(CHANGES, first=1, last=3)
    await store.confirm(3)
    await store.gather(question(key="k"))
    assert await found(projection, twin[1]) == []


async def test_every_field_that_differs_is_told_from_either_side(
    store: Store, projection: Projection, twin: tuple[Store, Projection]
) -> None:
    await store.apply(CHANGES[1:2], first=1, last=1)
    await store.apply([PutDocument("sender:b", b"2")], first=2, last=4)
    told = {(each.key, each.field): each[2:] for each in await found(projection, twin[1])}
    tag, field = ALICE[:2].hex(), ALICE[2:]
    assert told.keys() == {
        ("gk:meta", b"applied"),
        ("gk:meta", b"list:2:t1:internal"),
        ("gk:registry", b"sender:b"),
        (f"gk:c:{{{tag}}}", field),
        (f"gk:p:{{{tag}}}:2:t1:internal:own", field),
    }
    assert told["gk:meta", b"applied"] == (b"4", b"3")
    assert told["gk:registry", b"sender:b"] == (b"2", None)
    assert told[f"gk:p:{{{tag}}}:2:t1:internal:own", field] == (None, b"")


async def test_many_keys_are_read_and_removed_in_steps(
    store: Store, projection: Projection, plain: redis.Redis
) -> None:
    people = [n.to_bytes(2, "big") + bytes(14) for n in range(1200)]
    await store.apply([ConsentChange(p, STOP) for p in people], first=1, last=1200)
    assert await projection.erase() == 1201
    assert plain.dbsize() == 0


async def test_keys_that_are_no_text_are_removed_as_well(
    store: Store, projection: Projection, plain: redis.Redis
) -> None:
    """What was dropped of a person is remembered under a key with their field in it."""
    who, at = bytes(range(200, 216)), datetime(2026, 1, 1, tzinfo=UTC)
    acts = [ConsentEvent(f"{n:024}", ConsentAct.OPT_IN, at, Basis.EXPRESS) for n in range(20)]
    await store.apply([ConsentChange(who, each) for each in acts], first=1, last=20)
    assert any(key.startswith(b"gk:g:") for key in keys(plain))
    await projection.erase()
    assert keys(plain) == set()


async def test_a_lost_store_is_unavailable(tmp_path: Path) -> None:
    nowhere = Projection(f"unix://{tmp_path}/none.sock")
    with pytest.raises(DependencyUnavailable):
        await nowhere.erase()
    await nowhere.close()
