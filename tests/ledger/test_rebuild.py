"""Does a rebuilt store hold what the journal says, and does a comparison find what it does not?"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
import redis

from gatekeeper.domain.consent import ConsentAct, ConsentEvent
from gatekeeper.domain.registry import Tenant
from gatekeeper.errors import DependencyUnavailable, StoreUnfit
from gatekeeper.ledger import rebuild as rebuilding
from gatekeeper.ledger.changes import consent_entry, document_entry, listed_entry
from gatekeeper.ledger.ledger import Home
from gatekeeper.ledger.rebuild import Difference, Site, differences, fill, rebuild
from gatekeeper.store.changes import ConsentChange, HeardChange, PutDocument
from gatekeeper.store.projection import Projection
from gatekeeper.store.store import Store
from tests.support.ledgers import INSTALLATION, NOW, TENANT, Books
from tests.support.valkey import launch_server

ALICE, BOB = bytes(range(16)), bytes(range(16, 32))


@pytest.fixture
def heard() -> list[tuple[int, int]]:
    """How far a replay has told it is."""
    return []


@pytest.fixture
async def site(books: Books, heard: list[tuple[int, int]]) -> AsyncIterator[Site]:
    """An installation with changes of each kind but list versions."""
    stop, late = (ConsentEvent(n, ConsentAct.OPT_OUT, NOW) for n in ("e1", "e2"))
    entries = [
        consent_entry(TENANT, ALICE, stop),
        consent_entry(TENANT, BOB, late),
        document_entry(Tenant(TENANT, "Acme")),
        listed_entry(TENANT, "internal", ALICE, listed=True),
    ]
    await books.ledger.commit(books.store, entries)
    projection = Projection(books.url)
    home = Home(INSTALLATION, lambda done, total: heard.append((done, total)))
    versions = books.lists.versions
    yield Site(books.folder / "journal", books.store, projection, versions, home)
    await projection.close()


@pytest.fixture
async def twin(site: Site, tmp_path: Path) -> AsyncIterator[Projection]:
    """A store that was made from the journal just now."""
    process, url = launch_server(tmp_path / "twin")
    store, projection = await Store.open(url), Projection(url)
    await fill(replace(site, store=store, projection=projection))
    yield projection
    await projection.close()
    await store.close()
    process.terminate()
    process.wait()


def contents(plain: redis.Redis) -> dict[bytes, object]:
    return {key: plain.dump(key) for key in plain.scan_iter("gk:*") if b":p:" not in key}


async def test_everything_is_there_again_and_nothing_else(
    site: Site, plain: redis.Redis, heard: list[tuple[int, int]]
) -> None:
    await site.store.confirm(4)
    before = contents(plain)
    await site.store.apply([PutDocument("sender:stray", b"x")], first=5, last=9)
    made = await rebuild(site)
    assert (made.changes, made.to_import) == (4, ())
    assert made.kinds == {"consent": 2, "listed": 1, "registry": 1}
    assert contents(plain) == before
    assert heard == [(4, 4)]


async def test_a_store_of_another_installation_is_not_touched(
    site: Site, plain: redis.Redis
) -> None:
    plain.hset("gk:meta", "installation", "another")
    before = contents(plain)
    with pytest.raises(StoreUnfit, match="another installation"):
        await rebuild(site)
    assert contents(plain) == before


async def test_after_a_crash_in_between_the_store_knows_that_it_lacks_changes(
    site: Site, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def crash(*_: object, **__: object) -> int:
        raise DependencyUnavailable("store", "gone")

    with monkeypatch.context() as patch:
        patch.setattr(rebuilding, "replay", crash)
        with pytest.raises(DependencyUnavailable):
            await rebuild(site)
    assert await books.store.applied() == 0
    await books.ledger.verify(books.store)
    assert await books.store.applied() == 4


async def test_an_equal_store_shows_no_difference(site: Site, twin: Projection) -> None:
    assert [each async for each in differences(site.projection, twin)] == []


async def test_a_lost_opt_out_is_told_as_one_that_decides_otherwise(
    site: Site, twin: Projection, plain: redis.Redis
) -> None:
    plain.hdel(f"gk:c:{{{ALICE[:2].hex()}}}", ALICE[2:])
    told = [each async for each in differences(site.projection, twin)]
    assert told == [
        Difference("consent", ALICE.hex(), "the store lacks 1 events", decides=True),
    ]


async def test_what_changes_no_decision_is_told_as_such(site: Site, twin: Projection) -> None:
    remark = ConsentEvent("e9", ConsentAct.CONFIRMATION, NOW)
    await site.store.apply([ConsentChange(ALICE, remark)], first=5, last=5)
    told = {each.what: each async for each in differences(site.projection, twin)}
    assert told.keys() == {"mark", "consent"}
    assert "1 events that are not in the journal" in told["consent"].found
    assert not told["consent"].decides


async def test_every_kind_of_difference_has_its_words(
    site: Site, twin: Projection, plain: redis.Redis
) -> None:
    plain.hset("gk:registry", mapping={f"tenant:{TENANT}": b"{}", "tenant:other": b"{}"})
    plain.hdel("gk:meta", "list:4:acme:internal")
    plain.delete(*plain.keys("gk:p:*"))
    told = sorted([each async for each in differences(site.projection, twin)])
    assert [each[:3] for each in told] == [
        ("list", f"gk:p:{{{ALICE[:2].hex()}}}:4:acme:internal:own {ALICE[2:].hex()}",
         "the store lacks it"),
        ("list", "list:4:acme:internal", "the store lacks it"),
        ("registry", f"tenant:{TENANT}", "the store holds another value"),
        ("registry", "tenant:other", "it is not in the journal"),
    ]  # fmt: skip
    assert all(each.decides for each in told)
    assert msgspec.json.encode(told[0]._asdict())


async def test_a_window_that_the_journal_does_not_tell_of_is_found(
    site: Site, twin: Projection
) -> None:
    heard = HeardChange(ALICE, "whatsapp:+13122000203", NOW, "wamid.A")
    await site.store.apply([heard], first=5, last=5)
    told = {each.what: each async for each in differences(site.projection, twin)}
    assert told["window"][1:3] == (ALICE.hex(), "it is not in the journal")
