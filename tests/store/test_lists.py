"""Lists: four answers, versions swapped whole, nothing half-applied."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import redis

from gatekeeper.domain.facts import Listing
from gatekeeper.domain.words import ListAnswer
from gatekeeper.errors import DependencyUnavailable, InputRejected
from gatekeeper.store.bitmaps import Bitmaps, Tally
from gatekeeper.store.changes import ListPerson, Method, SwapList
from gatekeeper.store.lists import Lists
from gatekeeper.store.store import Store
from tests.store.asks import ALICE, person, question

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
BOB = bytes(15) + b"b"


@pytest.fixture
async def lists(store_url: str) -> AsyncIterator[Lists]:
    opened = Lists(store_url)
    yield opened
    await opened.close()


def national(version: str = "v1") -> SwapList:
    return SwapList(None, "us-national", Method.NUMBER, version, AS_OF, 0)


def internal(version: str = "v1", tenant: str = "t1") -> SwapList:
    return SwapList(tenant, "internal", Method.SUBJECT, version, AS_OF, 0)


async def load(lists: Lists, store: Store, swap: SwapList, *numbers: str) -> SwapList:
    text = "\n".join(numbers).encode()
    staged = await lists.stage_numbers(swap, [text], lambda *_: None, lambda _: None)
    mark = await store.applied() + 1
    await store.apply([staged], first=mark, last=mark)
    return staged


async def answer(
    store: Store, number: str | None, name: str = "us-national", **ask: Any
) -> Listing:
    asked = question(person(ask.pop("subject", ALICE), number, name), reserve=False, **ask)
    return (await store.gather(asked)).persons[0].listings[name]


async def test_a_number_on_the_list_is_a_hit_with_version_and_instant(
    lists: Lists, store: Store
) -> None:
    staged = await load(lists, store, national(), "2125551234", "3125550000", "2125551234")
    assert staged.count == 2
    assert await answer(store, "+12125551234") == Listing(ListAnswer.HIT, "v1", AS_OF)
    assert await answer(store, "+12125551235") == Listing(ListAnswer.CLEAR, "v1", AS_OF)
    assert await answer(store, "+14155551234") == Listing(ListAnswer.CLEAR, "v1", AS_OF)


async def test_every_number_of_a_large_list_is_found_and_no_other(
    lists: Lists, store: Store
) -> None:
    dice = random.Random(3)
    listed = {dice.randrange(212_2000000, 213_0000000) for _ in range(3000)}
    await load(lists, store, national(), *map(str, listed))
    for number in [
        *dice.sample(sorted(listed), 150),
        *(n + 1 for n in listed if dice.random() < 0.05),
    ]:
        hit = (await answer(store, f"+1{number}")).answer is ListAnswer.HIT
        assert hit is (number in listed)


async def test_an_unknown_list_and_a_foreign_number_are_not_checked(
    lists: Lists, store: Store
) -> None:
    await load(lists, store, national(), "2125551234")
    assert await answer(store, "+12125551234", "us-fl") == Listing()
    for number in (None, "+442071838750", "+1212555123"):
        assert (await answer(store, number)).answer is ListAnswer.NOT_CHECKED


LOST = ["gk:dnc:{12125}:0::us-national:v1", "gk:dnc:0::us-national:v1"]


@pytest.mark.parametrize("key", LOST)
async def test_a_lost_segment_or_manifest_is_an_error_and_never_clear(
    lists: Lists, store: Store, plain: redis.Redis, key: str
) -> None:
    await load(lists, store, national(), "2125551234")
    assert plain.delete(key) == 1
    for number in ("+12125551234", "+12125559999"):
        assert (await answer(store, number)).answer is ListAnswer.ERROR


async def test_a_new_version_replaces_the_old_in_one_step(lists: Lists, store: Store) -> None:
    await load(lists, store, national("v1"), "2125551234")
    text = [b"2125559999\n"]
    staged = await lists.stage_numbers(national("v2"), text, lambda *_: None, lambda _: None)
    assert (await answer(store, "+12125551234")).version == "v1"
    await store.apply([staged], first=2, last=2)
    assert await answer(store, "+12125551234") == Listing(ListAnswer.CLEAR, "v2", AS_OF)
    assert await answer(store, "+12125559999") == Listing(ListAnswer.HIT, "v2", AS_OF)


async def test_an_import_that_fails_leaves_the_old_version_and_nothing_else(
    lists: Lists, store: Store, plain: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    await load(lists, store, national("v1"), "2125551234")
    before = set(plain.keys())
    monkeypatch.setattr(Bitmaps, "segment", lambda *_: bytes(125_000))
    with pytest.raises(DependencyUnavailable, match="not those of the file"):
        await lists.stage_numbers(national("v2"), [b"2125559999"], lambda *_: None, lambda _: None)
    assert set(plain.keys()) == before
    assert plain.hkeys("gk:versions:0::us-national") == [b"v1"]
    assert (await answer(store, "+12125551234")).answer is ListAnswer.HIT


async def test_a_file_that_cannot_be_read_to_its_end_touches_nothing(
    lists: Lists, plain: redis.Redis
) -> None:
    def broken() -> Iterator[bytes]:
        yield b"2125551234\n"
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        await lists.stage_numbers(national(), broken(), lambda *_: None, lambda _: None)
    assert plain.keys() == []


async def test_a_version_name_is_used_once(lists: Lists, store: Store) -> None:
    await load(lists, store, national(), "2125551234")
    with pytest.raises(InputRejected, match="already"):
        await lists.stage_numbers(national(), [b"2125559999"], lambda *_: None, lambda _: None)
    assert (await answer(store, "+12125551234")).answer is ListAnswer.HIT


async def test_progress_and_bad_lines_are_told(lists: Lists) -> None:
    seen, bad = list[int](), list[int]()

    def progress(tally: Tally) -> None:
        seen.append(tally.lines)

    chunks = [b"2125551234\nx\n", b"2125551235\n", b"12\n"]
    staged = await lists.stage_numbers(national(), chunks, lambda n, _: bad.append(n), progress)
    assert (seen, bad, staged.count) == ([2, 3, 4, 4], [2, 4], 2)


async def test_unused_versions_are_collected_and_one_that_is_loading_after_its_grace(
    lists: Lists, store: Store, plain: redis.Redis
) -> None:
    await load(lists, store, national("v1"), "2125551234")
    await load(lists, store, national("v2"), "2125551234")
    await lists.stage_numbers(national("v3"), [b"2125551234"], lambda *_: None, lambda _: None)
    now = datetime.now(UTC)
    assert await lists.collect(now, keep=2) == 0
    assert await lists.collect(now, keep=1) == 1
    assert [key for key in plain.scan_iter() if b":v1" in key] == []
    assert await lists.collect(now + timedelta(hours=2), keep=1) == 1
    assert [key for key in plain.scan_iter() if b":v3" in key] == []
    assert (await answer(store, "+12125551234")).answer is ListAnswer.HIT


# Private lists


async def test_a_private_list_answers_its_own_tenant_only(lists: Lists, store: Store) -> None:
    staged = await lists.stage_subjects(internal(), [ALICE, ALICE])
    assert staged.count == 1
    await store.apply([staged], first=1, last=1)
    assert await answer(store, None, "internal") == Listing(ListAnswer.HIT, "v1", AS_OF)
    assert (await answer(store, None, "internal", subject=BOB)).answer is ListAnswer.CLEAR
    assert (await answer(store, None, "internal", tenant="t2")) == Listing()


async def test_one_person_goes_on_and_off_a_list_that_need_not_exist(store: Store) -> None:
    await store.apply([ListPerson("t1", "internal", ALICE)], first=1, last=1)
    assert (await answer(store, None, "internal")).answer is ListAnswer.HIT
    assert (await answer(store, None, "internal", subject=BOB)).answer is ListAnswer.CLEAR
    await store.apply([ListPerson("t1", "internal", ALICE, listed=False)], first=2, last=2)
    assert (await answer(store, None, "internal")).answer is ListAnswer.CLEAR


async def test_a_person_listed_while_a_new_version_loads_is_on_it_after_the_swap(
    lists: Lists, store: Store
) -> None:
    await store.apply([ListPerson("t1", "internal", BOB)], first=1, last=1)
    staged = await lists.stage_subjects(internal("v2"), [])
    await store.apply([ListPerson("t1", "internal", ALICE)], first=2, last=2)
    await store.apply([staged], first=3, last=3)
    assert (await answer(store, None, "internal")).answer is ListAnswer.HIT
    assert (await answer(store, None, "internal", subject=BOB)).answer is ListAnswer.CLEAR
    assert await lists.collect(datetime.now(UTC) + timedelta(hours=2)) == 1


async def test_no_tenant_can_put_its_own_list_before_a_common_one(
    lists: Lists, store: Store
) -> None:
    await load(lists, store, national(), "2125551234")
    own = SwapList("t1", "us-national", Method.SUBJECT, "v1", AS_OF, 0)
    await store.apply([await lists.stage_subjects(own, [])], first=2, last=2)
    assert (await answer(store, "+12125551234")).answer is ListAnswer.HIT


async def test_a_lost_server_is_told_as_unavailable(tmp_path: Any) -> None:
    lists = Lists(f"unix://{tmp_path}/none.sock")
    with pytest.raises(DependencyUnavailable):
        await lists.stage_subjects(internal(), [ALICE])
    await lists.close()
