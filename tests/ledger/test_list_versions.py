"""Can a list go back to the version before, and tell what was asked when?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import redis

from gatekeeper.domain.facts import Listing
from gatekeeper.domain.words import ListAnswer
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.list_import import ListFile
from gatekeeper.store.changes import Kind, Method, SwapList
from gatekeeper.store.status import Swap
from tests.store.asks import person, question
from tests.support.ledgers import NOW, Books, told

LIST = "us-national"
YESTERDAY = NOW - timedelta(days=1)
BEFORE = NOW - timedelta(days=2)


def written(books: Books, number: str) -> Path:
    path = books.folder / "list.txt"
    path.write_text(f"{number}\n")
    return path


async def imported(books: Books, number: str, as_of: datetime = NOW) -> str:
    """Import one number; the version that it became."""
    path = written(books, number)
    await told(books.lists.run(ListFile(LIST, path, as_of)))
    return (await swaps(books))[-1].version


async def swaps(books: Books) -> tuple[Swap, ...]:
    return await books.lists.versions.history(LIST, None)


async def listing(books: Books, number: str) -> Listing:
    answer = await books.store.gather(question(person(bytes(16), number, LIST), reserve=False))
    return answer.persons[0].listings[LIST]


async def test_a_rollback_asks_the_version_before_again_as_old_as_it_is(books: Books) -> None:
    first = await imported(books, "+12122000123", YESTERDAY)
    second = await imported(books, "+12122000124")
    await books.lists.versions.roll_back(LIST, None, by="ops")
    assert await listing(books, "+12122000123") == Listing(ListAnswer.HIT, first, YESTERDAY)
    assert (await listing(books, "+12122000124")).answer is ListAnswer.CLEAR
    last = books.records("list_version")[-1].content
    assert (last["kind"], last["version"], last["base"]) == ("rollback", first, second)
    assert (last["by"], last["as_of"]) == ("ops", YESTERDAY.isoformat())


async def test_the_history_tells_every_swap_in_its_order(books: Books) -> None:
    first = await imported(books, "+12122000123", YESTERDAY)
    second = await imported(books, "+12122000124")
    await books.lists.versions.roll_back(LIST, None)
    told = [(swap.version, swap.origin.kind, swap.origin.base) for swap in await swaps(books)]
    assert told == [
        (first, Kind.FULL, None),
        (second, Kind.FULL, first),
        (first, Kind.ROLLBACK, second),
    ]
    assert [swap.number for swap in await swaps(books)] == books.numbers()


async def test_a_rollback_can_be_taken_back_by_naming_the_version(books: Books) -> None:
    await imported(books, "+12122000123", YESTERDAY)
    second = await imported(books, "+12122000124")
    await books.lists.versions.roll_back(LIST, None)
    await books.lists.versions.roll_back(LIST, None, second)
    assert (await listing(books, "+12122000124")).version == second


async def test_only_the_version_before_is_kept_unless_more_are_asked_for(books: Books) -> None:
    first = await imported(books, "+12122000123", BEFORE)
    await imported(books, "+12122000124", YESTERDAY)
    await imported(books, "+12122000125")
    with pytest.raises(InputRejected, match="no longer kept"):
        await books.lists.versions.roll_back(LIST, None, first)
    await books.lists.versions.roll_back(LIST, None)
    assert (await listing(books, "+12122000124")).answer is ListAnswer.HIT


async def test_there_is_nothing_before_the_first_version(books: Books) -> None:
    only = await imported(books, "+12122000123")
    with pytest.raises(InputRejected, match="no version before"):
        await books.lists.versions.roll_back(LIST, None)
    with pytest.raises(InputRejected, match="asked already"):
        await books.lists.versions.roll_back(LIST, None, only)
    with pytest.raises(InputRejected, match="no such version"):
        await books.lists.versions.roll_back(LIST, None, "v9")
    with pytest.raises(InputRejected, match="no such version"):
        await books.lists.versions.roll_back("us-fl", None)


async def test_after_a_rollback_the_file_rolled_back_from_can_come_in_again(books: Books) -> None:
    await imported(books, "+12122000123", YESTERDAY)
    second = await imported(books, "+12122000124")
    await books.lists.versions.roll_back(LIST, None)
    assert await imported(books, "+12122000124") != second
    assert (await listing(books, "+12122000124")).answer is ListAnswer.HIT


async def test_a_lost_store_learns_the_history_again_from_the_journal(
    books: Books, plain: redis.Redis
) -> None:
    await imported(books, "+12122000123", YESTERDAY)
    await imported(books, "+12122000124")
    before = await swaps(books)
    plain.flushall()
    again = await books.again()
    assert await swaps(again) == before
    await again.close()


# Copies


async def test_a_lost_store_gets_the_numbers_again_from_their_copies(
    books: Books, plain: redis.Redis
) -> None:
    version = await imported(books, "+12122000123")
    plain.flushall()
    again = await books.again()
    assert (await listing(again, "+12122000123")).answer is ListAnswer.ERROR
    assert await again.lists.versions.mend() == ()
    assert await listing(again, "+12122000123") == Listing(ListAnswer.HIT, version, NOW)
    assert (await listing(again, "+12122000124")).answer is ListAnswer.CLEAR
    await again.close()


@pytest.mark.parametrize("change", ["gone", "another", "damaged"])
async def test_a_copy_that_is_not_the_version_is_not_loaded(
    books: Books, plain: redis.Redis, change: str
) -> None:
    await imported(books, "+12122000124", YESTERDAY)
    await imported(books, "+12122000123")
    folder = books.folder / "lists" / "shared" / LIST
    old, new = (folder / f"{swap.version}.numbers" for swap in await swaps(books))
    if change == "another":
        old.replace(new)
    else:
        new.write_bytes(new.read_bytes()[:-3] if change == "damaged" else b"")
        if change == "gone":
            new.unlink()
    plain.flushall()
    again = await books.again()
    assert await again.lists.versions.mend() == (LIST,)
    assert (await listing(again, "+12122000123")).answer is ListAnswer.ERROR
    assert (await listing(again, "+12122000124")).answer is ListAnswer.ERROR
    await again.close()


async def test_what_the_store_has_is_not_loaded_again(books: Books, plain: redis.Redis) -> None:
    await imported(books, "+12122000123")
    before = set(plain.keys())
    assert await books.lists.versions.mend() == ()
    assert set(plain.keys()) == before


async def test_as_many_copies_stay_as_are_asked_for_and_can_be_asked_again(books: Books) -> None:
    books.lists = replace(books.lists, versions=replace(books.lists.versions, keep=3))
    names = [
        await imported(books, f"+1212200012{n}", NOW - timedelta(days=9 - n)) for n in range(4)
    ]
    folder = books.folder / "lists" / "shared" / LIST
    assert {path.stem for path in folder.iterdir()} == set(names[1:])
    await books.lists.versions.roll_back(LIST, None, names[1])
    assert (await listing(books, "+12122000121")).version == names[1]
    assert (await listing(books, "+12122000121")).answer is ListAnswer.HIT
    with pytest.raises(InputRejected, match="no longer kept"):
        await books.lists.versions.roll_back(LIST, None, names[0])


async def test_what_a_killed_import_left_goes_at_the_next_start_and_nothing_else(
    books: Books, plain: redis.Redis
) -> None:
    names = [await imported(books, f"+1212200012{n}", NOW - timedelta(days=9 - n)) for n in (1, 2)]
    left = SwapList(None, LIST, Method.NUMBER, "left", NOW, 1)
    other = SwapList("acme", "litigators", Method.NUMBER, "left", NOW, 1)
    versions = books.lists.versions
    copy = versions.copies.open(None, LIST, names[1])
    assert copy is not None
    async with versions.opened() as lists:
        for swap in (left, other):
            versions.copies.path(swap).parent.mkdir(parents=True, exist_ok=True)
            versions.copies.path(swap).write_bytes(copy.path.read_bytes())
            await lists.load(swap, copy)
    await versions.sweep()
    assert not [key for key in plain.scan_iter() if b":left" in key]
    assert not versions.copies.path(left).exists() and not versions.copies.path(other).exists()
    await versions.roll_back(LIST, None)
    assert (await listing(books, "+12122000121")).answer is ListAnswer.HIT


async def test_a_store_that_is_behind_the_journal_costs_no_copy(
    books: Books, plain: redis.Redis
) -> None:
    version = await imported(books, "+12122000123")
    plain.flushall()
    await books.lists.versions.sweep()
    assert books.lists.versions.copies.open(None, LIST, version) is not None
