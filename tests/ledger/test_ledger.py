"""Is an acknowledged change never lost, never applied twice, and never out of order?"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
import redis

from gatekeeper.domain.consent import ConsentAct, ConsentEvent
from gatekeeper.errors import DependencyUnavailable, StoreUnfit
from gatekeeper.journal.disk import Disk
from gatekeeper.ledger.changes import Entry, consent_entry
from gatekeeper.ledger.ledger import Home, Ledger
from gatekeeper.store.changes import Change
from gatekeeper.store.embedded import EmbeddedServer
from gatekeeper.store.promise import Durability
from gatekeeper.store.store import Store
from tests.support.journal import FaultyDisk, proved
from tests.support.ledgers import INSTALLATION, NOW, TENANT, Books

ALICE, BOB = bytes(16), bytes(range(16))


def opt_out(number: int = 0, subject: bytes = ALICE) -> Entry:
    event = ConsentEvent(f"e{number}", ConsentAct.OPT_OUT, NOW)
    return consent_entry(TENANT, subject, event)


async def acts(books: Books, subject: bytes = ALICE) -> list[str]:
    return sorted(event.id for event in await books.store.events_of(subject))


async def test_changes_are_numbered_from_one_without_gaps(books: Books) -> None:
    assert await books.ledger.commit(books.store, [opt_out(1), opt_out(2)]) == 2
    assert await books.ledger.commit(books.store, [opt_out(3)]) == 3
    assert books.numbers() == [1, 2, 3]


async def test_changes_made_at_once_stand_in_one_row(books: Books) -> None:
    makers = (books.ledger.commit(books.store, [opt_out(n)]) for n in range(40))
    ends = await asyncio.gather(*makers)
    assert sorted(ends) == books.numbers() == list(range(1, 41))
    assert books.ledger.last == await books.store.applied() == 40


async def test_an_acknowledged_change_survives_the_loss_of_the_whole_store(
    books: Books, plain: redis.Redis
) -> None:
    """FLUSHALL while the gate runs: the next verification replays the journal."""
    await books.ledger.commit(books.store, [opt_out(1), opt_out(2, BOB)])
    plain.flushall()
    assert await acts(books) == []
    await books.ledger.verify(books.store)
    assert (await acts(books), await acts(books, BOB)) == (["e1"], ["e2"])


async def test_an_acknowledged_change_survives_a_restart_with_an_empty_store(
    books: Books, plain: redis.Redis
) -> None:
    await books.ledger.commit(books.store, [opt_out(1)])
    await books.close()
    plain.flushall()
    again = await Books.open(books.folder, books.url)
    assert await acts(again) == ["e1"]
    assert await again.ledger.commit(again.store, [opt_out(2)]) == 2
    await again.close()


async def test_what_is_in_the_journal_is_applied_though_the_store_was_away(books: Books) -> None:
    """The caller gets an error; the store is not believed before it has caught up."""
    away = Store("unix:///nowhere/valkey.sock", 200, None)
    with pytest.raises(DependencyUnavailable):
        await books.ledger.commit(away, [opt_out(1)])
    assert (away.expected_applied, books.ledger.last) == (1, 1)
    await books.ledger.verify(books.store)
    assert await acts(books) == ["e1"]


async def test_a_change_that_the_disk_refused_is_not_acknowledged(
    store_url: str, tmp_path: Path
) -> None:
    disk = FaultyDisk()
    books = await Books.open(tmp_path, store_url, disk=disk)
    disk.fail["sync"] = 2  # the second chance on a new file fails too
    with pytest.raises(DependencyUnavailable):
        await books.ledger.commit(books.store, [opt_out(1)])
    assert await acts(books) == []
    await recovered(books)
    last = await books.ledger.commit(books.store, [opt_out(2)])
    assert last == books.ledger.last == books.numbers()[-1]
    await books.close()


class SlowDisk(Disk):
    """Syncs only when it is let."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.open.set()

    def sync(self, fd: int) -> None:
        self.open.wait(10)
        super().sync(fd)


async def test_an_append_in_doubt_that_became_durable_keeps_every_number_once(
    store_url: str, tmp_path: Path
) -> None:
    """Told "not durable in time", and durable all the same: the next change asks the journal."""
    disk = SlowDisk()
    books = await Books.open(tmp_path, store_url, disk=disk, timeout_s=0.2)
    disk.open.clear()
    with pytest.raises(DependencyUnavailable, match="in time"):
        await books.ledger.commit(books.store, [opt_out(1)])
    disk.open.set()
    await recovered(books)
    assert await books.ledger.commit(books.store, [opt_out(2)]) == 2
    assert books.numbers() == [1, 2]
    assert await acts(books) == ["e1", "e2"]
    await books.close()
    assert proved(tmp_path / "journal").ok


async def test_a_commit_that_is_cancelled_leaves_no_number_twice(
    store_url: str, tmp_path: Path
) -> None:
    disk = SlowDisk()
    books = await Books.open(tmp_path, store_url, disk=disk)
    disk.open.clear()
    leaving = asyncio.create_task(books.ledger.commit(books.store, [opt_out(1)]))
    await asyncio.sleep(0.05)
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    disk.open.set()
    assert await books.ledger.commit(books.store, [opt_out(2)]) == 2
    assert books.numbers() == [1, 2]
    assert await acts(books) == ["e1", "e2"]
    await books.close()


# Whose store, and how much does it know?


async def test_a_store_that_knows_more_than_the_journal_is_refused(books: Books) -> None:
    """The journal was set back to an older copy: numbers would be given a second time."""
    await books.ledger.commit(books.store, [opt_out(1), opt_out(2)])
    await books.close()
    older = books.folder / "older"
    older.mkdir()
    with pytest.raises(StoreUnfit, match=r"applied 2 changes and the journal holds 0.*rebuild"):
        await Books.open(older, books.url)


async def test_a_store_of_another_installation_is_refused_even_if_it_knows_less(
    books: Books,
) -> None:
    other = Home("another", lambda _done, _total: None)
    ledger = await Ledger.open(books.folder / "journal", books.journal, other)
    with pytest.raises(StoreUnfit, match="another installation"):
        await Store.open(books.url, verify=ledger.verify)
    assert await books.store.applied() == 0


async def test_a_store_without_an_owner_is_claimed_and_so_is_an_emptied_one(
    books: Books, plain: redis.Redis
) -> None:
    for _ in range(2):
        assert plain.hget("gk:meta", "installation") == INSTALLATION.encode()
        plain.flushall()
        await books.ledger.verify(books.store)


async def test_a_replay_tells_how_far_it_is(books: Books, plain: redis.Redis) -> None:
    for batch in range(3):
        await books.ledger.commit(
            books.store, [opt_out(batch * 400 + n) for n in range(400)], settled=False
        )
    plain.flushall()
    heard: list[tuple[int, int]] = []
    home = Home(INSTALLATION, lambda done, total: heard.append((done, total)))
    ledger = await Ledger.open(books.folder / "journal", books.journal, home)
    await ledger.verify(books.store)
    assert heard == [(500, 1200), (1000, 1200), (1200, 1200)]


# Acknowledgement


class Slow:
    """A store's place whose disk is slow: changes are applied at once, and confirmed when let."""

    def __init__(self) -> None:
        self.expected_applied = 0
        self.mark = 0
        self.asked: list[int] = []
        self.synced = asyncio.Event()

    async def claim(self, installation: str) -> None:
        raise AssertionError("nobody verifies it")

    async def apply(self, changes: Sequence[Change], *, first: int, last: int) -> int:
        self.mark = last
        return last

    async def confirm(self, number: int) -> None:
        self.asked.append(number)
        await self.synced.wait()

    async def applied(self) -> int:
        return self.mark


async def test_only_the_acknowledgement_waits_for_the_stores_disk(books: Books) -> None:
    """Others are applied meanwhile, and bind: nobody's turn is held by a slow disk."""
    store = Slow()
    commits = [asyncio.create_task(books.ledger.commit(store, [opt_out(n)])) for n in range(5)]
    async with asyncio.timeout(5):
        while len(store.asked) < 5:  # noqa: ASYNC110 - the store's place knows no event
            await asyncio.sleep(0.01)
    assert (store.mark, store.asked) == (5, [1, 2, 3, 4, 5])
    assert not any(commit.done() for commit in commits)
    store.synced.set()
    assert await asyncio.gather(*commits) == [1, 2, 3, 4, 5]


async def test_many_commits_may_be_settled_together(books: Books) -> None:
    store = Slow()
    for n in range(3):
        await books.ledger.commit(store, [opt_out(n)], settled=False)
    assert (store.mark, store.asked) == (3, [])
    settling = asyncio.create_task(books.ledger.settle(store))
    await asyncio.sleep(0.02)
    assert (store.asked, settling.done()) == ([3], False)
    store.synced.set()
    await settling


async def test_a_change_that_is_not_confirmed_is_not_acknowledged_and_yet_true(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(number: int) -> None:
        raise DependencyUnavailable("store", "it has not synced its disk in time")

    with monkeypatch.context() as patch:
        patch.setattr(books.store, "confirm", silent)
        with pytest.raises(DependencyUnavailable, match="not synced"):
            await books.ledger.commit(books.store, [opt_out(1)])
    assert (await acts(books), books.numbers()) == (["e1"], [1])
    assert await books.ledger.commit(books.store, [opt_out(2)]) == 2


async def test_two_hundred_opt_outs_at_once_are_acknowledged_together(tmp_path: Path) -> None:
    """On the embedded server, which by itself syncs only once a second."""
    server = await EmbeddedServer.start(tmp_path / "store")
    books = await Books.open(tmp_path, server.url, durability=Durability.OWN_SERVER)
    start = time.monotonic()
    everyone = (
        books.ledger.commit(books.store, [opt_out(n, n.to_bytes(16, "big"))]) for n in range(200)
    )
    await asyncio.gather(*everyone)
    took = time.monotonic() - start
    print(f"200 opt-outs acknowledged in {took:.2f} s")
    assert took < 3.0
    assert await books.store.applied() == 200
    await books.close()
    await server.stop()


async def test_the_same_change_twice_is_one_event_under_two_numbers(books: Books) -> None:
    for _ in range(2):
        await books.ledger.commit(books.store, [opt_out(1)])
    assert books.numbers() == [1, 2]
    assert await acts(books) == ["e1"]


async def recovered(books: Books) -> None:
    """Wait until the journal is well again."""
    async with asyncio.timeout(5):
        while not await books.journal.probe():  # noqa: ASYNC110 - it is asked anew each time
            await asyncio.sleep(0.02)
