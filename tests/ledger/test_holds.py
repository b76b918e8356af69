"""Does a hold bind until its day or its release, for one person or a whole tenant?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from gatekeeper.errors import InputRejected
from gatekeeper.ledger.holds import hold, in_force, release
from gatekeeper.ledger.rights_desk import Why
from tests.support.ledgers import NOW, TENANT, Books

WHY = Why("case 7", "operator:me")
ANA, BEN = "+12122000123", "+12122000124"


async def test_a_hold_on_a_person_binds_that_person_of_that_tenant(books: Books) -> None:
    desk = books.rights
    ana, ben, elsewhere = desk.person(TENANT, ANA), desk.person(TENANT, BEN), desk.person("o", ANA)
    note = await hold(desk, TENANT, ana, WHY, None)
    assert [n.id for n in await in_force(desk, TENANT, ana)] == [note.id]
    assert await in_force(desk, TENANT, ben) == await in_force(desk, "o", elsewhere) == []
    assert [n.id for n in await in_force(desk, TENANT, None)] == [note.id]
    (line,) = books.records("hold")
    assert line.content == {
        "pseudonym": ana.pseudonym,
        "reason": "case 7",
        "by": "operator:me",
        "until": None,
    }


async def test_a_hold_on_the_tenant_binds_everybody_and_outlives_a_persons_release(
    books: Books,
) -> None:
    desk = books.rights
    ana = desk.person(TENANT, ANA)
    whole = await hold(desk, TENANT, None, WHY, None)
    own = await hold(desk, TENANT, ana, WHY, None)
    assert {n.id for n in await in_force(desk, TENANT, ana)} == {whole.id, own.id}
    assert [n.id for n in await release(desk, TENANT, ana, WHY)] == [own.id]
    assert [n.id for n in await in_force(desk, TENANT, ana)] == [whole.id]
    assert [n.id for n in await release(desk, TENANT, None, WHY)] == [whole.id]
    assert await in_force(desk, TENANT, ana) == []


async def test_what_is_not_held_cannot_be_released(books: Books) -> None:
    desk = books.rights
    await hold(desk, TENANT, None, WHY, None)
    with pytest.raises(InputRejected, match="no hold on this person"):
        await release(desk, TENANT, desk.person(TENANT, ANA), WHY)
    with pytest.raises(InputRejected, match="no hold on the whole tenant"):
        await release(desk, "other", None, WHY)


@pytest.mark.parametrize(("seconds", "binds"), [(59, True), (60, False), (61, False)])
async def test_a_hold_ends_at_its_instant(books: Books, seconds: int, binds: bool) -> None:
    desk, ana = books.rights, books.rights.person(TENANT, ANA)
    await hold(desk, TENANT, ana, WHY, NOW + timedelta(seconds=60))

    def later() -> datetime:
        return NOW + timedelta(seconds=seconds)

    assert bool(await in_force(replace(desk, clock=later), TENANT, ana)) is binds


async def test_a_hold_that_ends_in_the_past_is_refused(books: Books) -> None:
    with pytest.raises(InputRejected, match="past"):
        await hold(books.rights, TENANT, None, WHY, NOW)
