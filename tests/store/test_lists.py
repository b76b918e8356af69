"""Lists: four answers, versions swapped whole, nothing half-applied."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import redis

from gatekeeper.domain.facts import Listing
from gatekeeper.domain.words import ListAnswer
from gatekeeper.errors import DependencyUnavailable
from gatekeeper.store import lists as lists_module
from gatekeeper.store.changes import ListPerson, Method, SwapList
from gatekeeper.store.copies import Copy
from gatekeeper.store.lists import Lists
from gatekeeper.store.number_line import Grammar
from gatekeeper.store.staging import Source, stage
from gatekeeper.store.store import Store
from tests.store.asks import ALICE, person, question

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
BOB = bytes(15) + b"b"
HIT, CLEAR, NOT_CHECKED = ListAnswer.HIT, ListAnswer.CLEAR, ListAnswer.NOT_CHECKED


class Loader:
    """Makes versions of texts and swaps them in."""

    def __init__(self, lists: Lists, store: Store, folder: Path) -> None:
        self.lists, self.store, self.folder = lists, store, folder

    def copy(self, *lines: str, **grammar: Any) -> Copy:
        """The copy of a text."""
        path = self.folder / f"{random.getrandbits(64):x}.numbers"
        text = "".join(f"{line}\n" for line in lines).encode()
        stage(path, Source(Grammar(**grammar), [text]), lambda *_: None, lambda *_: None)
        return Copy(path)

    async def swap(self, swap: SwapList) -> None:
        """Make it the version that is asked."""
        mark = await self.store.applied() + 1
        await self.store.apply([swap], first=mark, last=mark)

    async def __call__(self, swap: SwapList, *lines: str, **grammar: Any) -> None:
        await self.lists.load(swap, self.copy(*lines, **grammar))
        await self.swap(swap)


@pytest.fixture
async def lists(store_url: str) -> AsyncIterator[Lists]:
    opened = Lists(store_url)
    yield opened
    await opened.close()


@pytest.fixture
def load(lists: Lists, store: Store, tmp_path: Path) -> Loader:
    return Loader(lists, store, tmp_path)


def national(version: str = "v1", tenant: str | None = None) -> SwapList:
    return SwapList(tenant, "us-national", Method.NUMBER, version, AS_OF, 0)


async def answer(
    store: Store, number: str | None, name: str = "us-national", **ask: Any
) -> Listing:
    asked = question(person(ask.pop("subject", ALICE), number, name), reserve=False, **ask)
    return (await store.gather(asked)).persons[0].listings[name]


async def test_a_number_on_the_list_is_a_hit_with_version_and_instant(
    load: Loader, store: Store
) -> None:
    await load(national(), "2125551234", "3125550000", "2125551234")
    assert await answer(store, "+12125551234") == Listing(ListAnswer.HIT, "v1", AS_OF)
    assert await answer(store, "+12125551235") == Listing(ListAnswer.CLEAR, "v1", AS_OF)
    assert await answer(store, "+14155551234") == Listing(ListAnswer.CLEAR, "v1", AS_OF)


async def test_every_number_of_a_large_list_is_found_and_no_other(
    load: Loader, store: Store
) -> None:
    dice = random.Random(3)
    listed = {dice.randrange(212_2000000, 213_0000000) for _ in range(3000)}
    await load(national(), *map(str, listed))
    for number in [
        *dice.sample(sorted(listed), 150),
        *(n + 1 for n in listed if dice.random() < 0.05),
    ]:
        hit = (await answer(store, f"+1{number}")).answer is ListAnswer.HIT
        assert hit is (number in listed)


async def test_an_unknown_list_and_a_foreign_number_are_not_checked(
    load: Loader, store: Store
) -> None:
    await load(national(), "2125551234")
    assert await answer(store, "+12125551234", "us-fl") == Listing()
    for number in (None, "+442071838750", "+1212555123"):
        assert (await answer(store, number)).answer is ListAnswer.NOT_CHECKED


LOST = ["gk:dnc:{12125}:0::us-national:v1", "gk:dnc:0::us-national:v1"]


@pytest.mark.parametrize("key", LOST)
async def test_a_lost_segment_or_manifest_is_an_error_and_never_clear(
    load: Loader, store: Store, plain: redis.Redis, key: str
) -> None:
    await load(national(), "2125551234")
    assert plain.delete(key) == 1
    for number in ("+12125551234", "+12125559999"):
        assert (await answer(store, number)).answer is ListAnswer.ERROR


async def test_a_new_version_replaces_the_old_in_one_step(load: Loader, store: Store) -> None:
    await load(national("v1"), "2125551234")
    await load.lists.load(national("v2"), load.copy("2125559999"))
    assert (await answer(store, "+12125551234")).version == "v1"
    await load.swap(national("v2"))
    assert await answer(store, "+12125551234") == Listing(CLEAR, "v2", AS_OF)
    assert await answer(store, "+12125559999") == Listing(HIT, "v2", AS_OF)


async def test_a_load_that_fails_leaves_the_old_version_and_nothing_else(
    load: Loader, store: Store, plain: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    await load(national("v1"), "2125551234")
    before = set(plain.keys())
    monkeypatch.setattr(lists_module, "_held", lambda _: 0)
    with pytest.raises(DependencyUnavailable, match="not those of the file"):
        await load.lists.load(national("v2"), load.copy("2125559999"))
    assert set(plain.keys()) == before
    assert plain.hkeys("gk:versions:0::us-national") == [b"v1"]
    assert (await answer(store, "+12125551234")).answer is HIT


async def test_a_version_that_was_not_loaded_to_its_end_is_an_error_and_not_held(
    load: Loader, store: Store, plain: redis.Redis
) -> None:
    await load(national(), "2125551234")
    assert await load.lists.held(None, "us-national") == {"v1"}
    plain.hdel("gk:dnc:0::us-national:v1", "*")
    assert (await answer(store, "+12125551234")).answer is ListAnswer.ERROR
    assert (await answer(store, "+14155551234")).answer is ListAnswer.ERROR
    assert await load.lists.held(None, "us-national") == set()


async def test_a_list_that_an_older_gate_loaded_still_answers(
    load: Loader, store: Store, plain: redis.Redis
) -> None:
    """Its manifest named prefixes without the country code, and every segment was a bitmap."""
    await load.swap(national("old"))
    bits = bytearray(125_000)
    bits[551234 >> 3] |= 0x80 >> (551234 & 7)
    plain.hset("gk:dnc:0::us-national:old", mapping={"*": 1, "2125": 1})
    plain.set("gk:dnc:{12125}:0::us-national:old", bytes(bits))
    assert (await answer(store, "+12125551234")).answer is HIT
    assert (await answer(store, "+12125551235")).answer is CLEAR
    assert (await answer(store, "+13125551234")).answer is CLEAR
    assert (await answer(store, "+442071838750")).answer is NOT_CHECKED


async def test_unused_versions_are_collected_and_one_that_is_loading_after_its_grace(
    load: Loader, store: Store, plain: redis.Redis
) -> None:
    await load(national("v1"), "2125551234")
    await load(national("v2"), "2125551234")
    await load.lists.load(national("v3"), load.copy("2125551234"))
    now = datetime.now(UTC)
    assert await load.lists.collect(now, keep=2) == 0
    assert await load.lists.collect(now, keep=1) == 1
    assert [key for key in plain.scan_iter() if b":v1" in key] == []
    assert await load.lists.collect(now + timedelta(hours=2), keep=1) == 1
    assert [key for key in plain.scan_iter() if b":v3" in key] == []
    assert (await answer(store, "+12125551234")).answer is HIT


# Many and few numbers


@pytest.mark.parametrize("many", [1, 2, 700, 41_666, 41_667, 60_000])
async def test_each_layout_of_a_segment_finds_every_number_and_no_other(
    load: Loader, store: Store, many: int
) -> None:
    """Up to 41,666 numbers of a prefix lie sorted, more of them as a bitmap."""
    dice = random.Random(many)
    listed = sorted(dice.sample(range(2125_000000, 2126_000000), many))
    await load(national(), *map(str, listed))
    some = {*dice.sample(listed, min(many, 60)), listed[0], listed[-1]}
    near = {n + d for n in some for d in (-1, 1)} | {2125_000000, 2125_999999}
    for number in some | {n for n in near if n // 10**6 == 2125}:
        hit = (await answer(store, f"+1{number}")).answer is HIT
        assert hit is (number in set(listed)), number


async def test_numbers_that_lie_unevenly_are_found_too(load: Loader, store: Store) -> None:
    """A guess by proportion is wrong each time here; half the steps halve all the same."""
    listed = [2125_000000 + n for n in range(3000)] + [2125_999999]
    await load(national(), *map(str, listed))
    for number in (2125_000000, 2125_001500, 2125_002999, 2125_999999):
        assert (await answer(store, f"+1{number}")).answer is HIT
    for number in (2125_003000, 2125_500000, 2125_999998):
        assert (await answer(store, f"+1{number}")).answer is CLEAR


# Days, answers, countries


async def test_a_list_with_days_tells_since_when(load: Loader, store: Store) -> None:
    reassigned = SwapList(None, "us-reassigned", Method.NUMBER, "v1", AS_OF, 0)
    lines = (
        "2125551234,2026-05-01",
        "2125551235",
        "2125551236,2026-01-01",
        "2125551236,2026-02-01",
    )
    await load(reassigned, *lines, dated=True)
    told = {n: await answer(store, f"+1212555{n}", "us-reassigned") for n in range(1234, 1238)}
    assert told[1234] == Listing(HIT, "v1", AS_OF, date(2026, 5, 1))
    assert told[1235] == Listing(HIT, "v1", AS_OF)
    assert told[1236].since == date(2026, 2, 1), "the later of two days is the stricter"
    assert told[1237] == Listing(CLEAR, "v1", AS_OF)


async def test_a_list_of_answers_says_nothing_of_numbers_that_were_not_asked_about(
    load: Loader, store: Store
) -> None:
    reassigned = SwapList(None, "us-reassigned", Method.NUMBER, "v1", AS_OF, 0)
    lines = (
        "2125551234,2026-05-01,yes",
        "2125551235,2026-05-01,no",
        "2125551236,2026-05-01,no data",
    )
    await load(reassigned, *lines, dated=True)
    told = {n: await answer(store, f"+1212555{n}", "us-reassigned") for n in range(1234, 1238)}
    assert told[1234] == Listing(HIT, "v1", AS_OF)
    assert told[1235] == Listing(CLEAR, "v1", AS_OF, date(2026, 5, 1))
    assert told[1236].answer is NOT_CHECKED and told[1237].answer is NOT_CHECKED
    assert (await answer(store, "+14155551234", "us-reassigned")).answer is NOT_CHECKED


async def test_a_list_of_another_country_is_asked_for_its_numbers_alone(
    load: Loader, store: Store
) -> None:
    tps = SwapList(None, "gb-national", Method.NUMBER, "v1", AS_OF, 0)
    await load(tps, "+442071838750", "07911 123456", plan="44")
    for number, told in (
        ("+442071838750", HIT),
        ("+447911123456", HIT),
        ("+447911123457", CLEAR),
        ("+12125551234", NOT_CHECKED),
    ):
        assert (await answer(store, number, "gb-national")).answer is told


async def test_a_list_of_any_country_holds_numbers_of_all(load: Loader, store: Store) -> None:
    deny = SwapList(None, "deny", Method.NUMBER, "v1", AS_OF, 0)
    await load(deny, "+442071838750", "2125551234", "+6581234567", plan="")
    for number in ("+442071838750", "+12125551234", "+6581234567"):
        assert (await answer(store, number, "deny")).answer is HIT
    for number in ("+442071838751", "+12125551235", "+16581234567", "+65812345678"):
        assert (await answer(store, number, "deny")).answer is CLEAR


# A tenant's own


async def test_one_person_goes_on_and_off_a_list_that_need_not_exist(store: Store) -> None:
    await store.apply([ListPerson("t1", "internal", ALICE)], first=1, last=1)
    assert (await answer(store, None, "internal")).answer is HIT
    assert (await answer(store, None, "internal", subject=BOB)).answer is CLEAR
    assert (await answer(store, None, "internal", tenant="t2")) == Listing()
    await store.apply([ListPerson("t1", "internal", ALICE, listed=False)], first=2, last=2)
    assert (await answer(store, None, "internal")).answer is CLEAR


async def test_two_tenants_lists_never_mix(load: Loader, store: Store) -> None:
    for tenant, number in (("t1", "2125551234"), ("t2", "2125551235")):
        await load(SwapList(tenant, "litigators", Method.NUMBER, f"v-{tenant}", AS_OF, 0), number)
    for who, hit, clear in (("t1", 4, 5), ("t2", 5, 4)):
        for digit, told in ((hit, HIT), (clear, CLEAR)):
            said = await answer(store, f"+1212555123{digit}", "litigators", tenant=who)
            assert (said.answer, said.version) == (told, f"v-{who}")
    assert await answer(store, "+12125551234", "litigators", tenant="t3") == Listing()


async def test_people_put_on_a_list_by_hand_count_beside_the_version_that_comes_as_a_file(
    load: Loader, store: Store
) -> None:
    await store.apply([ListPerson("t1", "litigators", ALICE)], first=1, last=1)
    await load(SwapList("t1", "litigators", Method.NUMBER, "v1", AS_OF, 0), "2125551234")
    await load(SwapList("t1", "litigators", Method.NUMBER, "v2", AS_OF, 0), "2125551234")
    await load.lists.collect(datetime.now(UTC) + timedelta(hours=2), keep=1)
    assert (await answer(store, "+12125550000", "litigators")).answer is HIT
    assert (await answer(store, "+12125551234", "litigators", subject=BOB)).answer is HIT
    assert (await answer(store, "+12125550000", "litigators", subject=BOB)).answer is CLEAR


async def test_no_tenant_can_put_its_own_list_before_a_common_one(
    load: Loader, store: Store
) -> None:
    await load(national("common"), "2125551234")
    await load(national("own", "t1"), "2125559999")
    assert await answer(store, "+12125551234") == Listing(HIT, "common", AS_OF)
    assert await answer(store, "+12125559999") == Listing(HIT, "own", AS_OF)
    assert await answer(store, "+12125550000") == Listing(CLEAR, "common", AS_OF)
    assert (await answer(store, "+12125559999", tenant="t2")).answer is CLEAR


async def test_a_broken_common_list_is_not_hidden_by_a_sound_one_of_the_tenant(
    load: Loader, store: Store, plain: redis.Redis
) -> None:
    await load(national("common"), "2125551234")
    await load(national("own", "t1"), "2125559999")
    plain.delete("gk:dnc:0::us-national:common")
    assert (await answer(store, "+12125550000")).answer is ListAnswer.ERROR
    assert (await answer(store, "+12125559999")).answer is HIT


async def test_of_two_days_the_stricter_is_told(load: Loader, store: Store) -> None:
    for version, tenant, day in (("c", None, "2026-02-01"), ("o", "t1", "2026-05-01")):
        swap = SwapList(tenant, "us-reassigned", Method.NUMBER, version, AS_OF, 0)
        await load(swap, f"2125551234,{day}", dated=True)
    told = await answer(store, "+12125551234", "us-reassigned")
    assert (told.version, told.since) == ("o", date(2026, 5, 1))


async def test_a_lost_server_is_told_as_unavailable(load: Loader, tmp_path: Path) -> None:
    lists = Lists(f"unix://{tmp_path}/none.sock")
    with pytest.raises(DependencyUnavailable):
        await lists.load(national(), load.copy("2125551234"))
    await lists.close()
