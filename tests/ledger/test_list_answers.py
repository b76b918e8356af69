"""Is a list told as it was, with its evidence, and never as clear where that is not known?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import redis

from gatekeeper.domain.words import ListAnswer
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.changes import listed_entry
from gatekeeper.ledger.list_answers import ListAnswers, Told, When
from gatekeeper.ledger.list_import import ListFile
from tests.support.journal import KEYRING
from tests.support.ledgers import NOW, TENANT, Books, told

LIST, ONE, TWO = "us-national", "+12122000123", "+12122000124"
HIT, CLEAR, NOT_CHECKED = ListAnswer.HIT, ListAnswer.CLEAR, ListAnswer.NOT_CHECKED
NOW_ = When()


def desk(books: Books, now: datetime = NOW + timedelta(days=30)) -> ListAnswers:
    versions = books.lists.versions
    return ListAnswers(versions, books.store, KEYRING, books.folder / "journal", lambda: now)


async def ask(books: Books, number: str, when: When = NOW_, name: str = LIST) -> Told:
    return await desk(books).ask(name, None, number, when)


def written(books: Books, text: str) -> Path:
    path = books.folder / "list.txt"
    path.write_text(text)
    return path


async def imported(books: Books, text: str, days: int, **more: Any) -> str:
    """Import on the day `days` after NOW; the version's name."""
    now = NOW + timedelta(days=days)
    importer = replace(books.lists, versions=replace(books.lists.versions, clock=lambda: now))
    name = more.pop("list_id", LIST)
    await told(importer.run(ListFile(name, written(books, text), now, **more)))
    return (await books.lists.versions.history(name, more.get("tenant")))[-1].version


async def test_a_list_is_asked_as_of_an_instant_and_as_of_a_version(books: Books) -> None:
    first = await imported(books, f"{ONE}\n", 0, holder="Acme", san="12345678")
    second = await imported(books, f"{TWO}\n", 1)
    for when in (When(first), When(at=NOW), When(at=NOW + timedelta(hours=23))):
        one, two = [await ask(books, number, when) for number in (ONE, TWO)]
        assert (one.answer, one.version, two.answer) == (HIT, first, CLEAR)
        assert one.evidence is not None
        assert (one.evidence.origin.holder, one.evidence.origin.san) == ("Acme", "12345678")
    for when in (When(second), When(at=NOW + timedelta(days=1)), NOW_):
        one, two = [await ask(books, number, when) for number in (ONE, TWO)]
        assert (one.answer, two.answer, two.version) == (CLEAR, HIT, second)
        assert two.evidence is not None and two.evidence.version == second


async def test_before_the_first_version_nothing_was_checked(books: Books) -> None:
    await imported(books, f"{ONE}\n", 0)
    for when in (When(at=NOW - timedelta(seconds=1)), When("v9")):
        said = await ask(books, TWO, when)
        assert (said.answer, said.version, said.evidence) == (NOT_CHECKED, None, None)
    assert (await ask(books, ONE, name="us-fl")).answer is NOT_CHECKED


async def test_a_version_that_is_no_longer_kept_is_not_checked_but_its_record_is_told(
    books: Books,
) -> None:
    first = await imported(books, f"{ONE}\n", 0, san="12345678")
    for day in (1, 2):
        await imported(books, f"{TWO}\n", day)
    for when in (When(first), When(at=NOW)):
        for number in (ONE, TWO):
            said = await ask(books, number, when)
            assert (said.answer, said.version) == (NOT_CHECKED, first)
            assert said.evidence is not None and said.evidence.origin.san == "12345678"
            assert "no longer kept" in said.detail


async def test_a_copy_that_was_changed_is_an_error(books: Books) -> None:
    first = await imported(books, f"{ONE}\n", 0)
    second = await imported(books, f"{TWO}\n", 1)
    folder = books.folder / "lists" / "shared" / LIST
    (folder / f"{second}.numbers").replace(folder / f"{first}.numbers")
    assert (await ask(books, TWO, When(first))).answer is ListAnswer.ERROR


async def test_after_a_rollback_the_version_of_each_time_is_told(books: Books) -> None:
    first = await imported(books, f"{ONE}\n", 0)
    second = await imported(books, f"{TWO}\n", 1)
    later = replace(books.lists.versions, clock=lambda: NOW + timedelta(days=2))
    await later.roll_back(LIST, None)
    at = {day: (await ask(books, ONE, When(at=NOW + timedelta(days=day)))) for day in (0, 1, 2)}
    assert {day: said.version for day, said in at.items()} == {0: first, 1: second, 2: first}
    assert [said.answer for said in at.values()] == [HIT, CLEAR, HIT]


async def test_a_day_and_an_absent_number_are_told_as_the_list_has_them(books: Books) -> None:
    name = "us-reassigned"
    full = await imported(books, f"{ONE},2026-05-01\n{TWO}\n", 0, list_id=name)
    said = {n: await ask(books, n, When(full), name) for n in (ONE, TWO, "+12122000125")}
    assert [(each.answer, each.since) for each in said.values()] == [
        (HIT, date(2026, 5, 1)),
        (HIT, None),
        (CLEAR, None),
    ]
    asked = await imported(
        books, f"{ONE},2026-05-01,no\n{TWO},2026-05-01,no data\n", 1, list_id=name
    )
    said = {n: await ask(books, n, When(asked), name) for n in (ONE, TWO, "+12122000125")}
    assert [(each.answer, each.since) for each in said.values()] == [
        (CLEAR, date(2026, 5, 1)),
        (NOT_CHECKED, date(2026, 5, 1)),
        (NOT_CHECKED, None),
    ]
    assert (await ask(books, "+442071838750", When(full), name)).answer is NOT_CHECKED


async def test_now_and_the_version_of_now_say_the_same(books: Books, plain: redis.Redis) -> None:
    await imported(books, f"{ONE}\n+12125550000\n", 0)
    for number in (ONE, TWO, "+12125550000", "+442071838750"):
        now = await ask(books, number)
        then = await ask(books, number, When(at=NOW + timedelta(days=9)))
        assert now.answer is then.answer


async def test_a_list_that_is_kept_by_person_is_told_from_the_journal(books: Books) -> None:
    async def said(number: str, **when: Any) -> ListAnswer:
        return (await desk(books).ask("deny", TENANT, number, When(**when))).answer

    subject = KEYRING.subject(TENANT, ONE)
    entry = listed_entry(TENANT, "deny", subject, listed=True)
    assert await said(ONE, at=NOW) is NOT_CHECKED
    await books.ledger.commit(books.store, [entry])
    assert await said(ONE, at=NOW) is HIT
    assert await said(TWO, at=NOW) is CLEAR
    assert await said(ONE, at=NOW - timedelta(seconds=1)) is NOT_CHECKED
    await books.ledger.commit(books.store, [listed_entry(TENANT, "deny", subject, listed=False)])
    assert await said(ONE, at=NOW) is CLEAR
    assert await said(ONE) is CLEAR
    assert (await desk(books).ask("deny", "other", ONE, When(at=NOW))).answer is NOT_CHECKED
    with pytest.raises(InputRejected, match="--at"):
        await said(ONE, version="v1")


async def test_a_tenants_own_additions_count_beside_its_version(books: Books) -> None:
    await imported(books, f"{ONE}\n", 0, list_id="litigators", tenant=TENANT)
    subject = KEYRING.subject(TENANT, TWO)
    await books.ledger.commit(
        books.store, [listed_entry(TENANT, "litigators", subject, listed=True)]
    )
    for when in (When(at=NOW + timedelta(days=1)), NOW_):
        for number, answer in ((ONE, HIT), (TWO, HIT), ("+12122000125", CLEAR)):
            said = await desk(books).ask("litigators", TENANT, number, when)
            assert said.answer is answer, (number, when)


async def test_the_future_and_what_is_no_number_are_refused(books: Books) -> None:
    with pytest.raises(InputRejected, match="nobody knows yet"):
        await ask(books, ONE, When(at=NOW + timedelta(days=31)))
    with pytest.raises(InputRejected):
        await ask(books, "12")
