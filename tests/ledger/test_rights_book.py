"""Does the book know all that the journal tells, after every kind of loss?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gatekeeper.domain.consent import Basis, ConsentAct
from gatekeeper.ledger.consent_input import ConsentInput, Evidence
from gatekeeper.ledger.erase import erase
from gatekeeper.ledger.holds import hold, in_force, release
from gatekeeper.ledger.rights_book import ERASED, HOLD, RightsBook
from gatekeeper.ledger.rights_desk import Why
from tests.support.ledgers import TENANT, Books

WHY = Why("case 7", "operator:me")
ANA, BEN = "+12122000123", "+12122000124"


async def with_evidence(books: Books, *numbers: str) -> None:
    for number in numbers:
        proof = Evidence(text_shown=f"Shown to {number}", ip="198.51.100.7")
        given = ConsentInput(
            number=number, event=ConsentAct.OPT_IN, basis=Basis.EXPRESS, evidence=proof
        )
        await books.desk.record(TENANT, given)


def keys_of(books: Books, *numbers: str) -> list[str | None]:
    people = [books.rights.person(TENANT, number) for number in numbers]
    return [books.rights.keys.id_of(person.owner) for person in people]


async def test_holds_and_erasures_are_there_at_the_next_start(books: Books) -> None:
    ana = books.rights.person(TENANT, ANA)
    await hold(books.rights, TENANT, None, WHY, None)
    await release(books.rights, TENANT, None, WHY)
    await hold(books.rights, TENANT, ana, WHY, None)
    again = await books.again()
    assert len(await in_force(again.rights, TENANT, ana)) == 1
    assert len(again.rights.book.notes(TENANT, HOLD)) == 2
    await again.close()


async def test_a_lost_book_is_read_from_the_journal_again(books: Books) -> None:
    await with_evidence(books, ANA)
    await erase(books.rights, books.rights.person(TENANT, ANA), WHY)
    await hold(books.rights, TENANT, None, WHY, None)
    await books.close()
    shutil.rmtree(books.folder / "keys")
    again = await Books.open(books.folder, books.url)
    assert len(again.rights.book.notes(None, ERASED)) == 1
    assert len(await in_force(again.rights, TENANT, None)) == 1
    await again.close()


async def test_a_crash_between_the_record_and_the_deed_is_made_good(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    await with_evidence(books, ANA, BEN)

    def crash(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(RightsBook, "add", crash)
    with pytest.raises(RuntimeError):
        await erase(books.rights, books.rights.person(TENANT, ANA), WHY)
    monkeypatch.undo()
    assert None not in keys_of(books, ANA, BEN)
    again = await books.again()
    ana, ben = keys_of(again, ANA, BEN)
    assert ana is None and ben is not None
    assert len(again.rights.book.notes(TENANT, ERASED)) == 1
    await again.close()


async def test_keys_from_a_backup_are_destroyed_again_at_the_start(
    books: Books, tmp_path: Path
) -> None:
    """The newer journal tells of the erasure; the older copy of the keys does not know of it."""
    await with_evidence(books, ANA, BEN)
    books = await books.again()
    shutil.copytree(books.folder / "keys", tmp_path / "backup")
    await erase(books.rights, books.rights.person(TENANT, ANA), WHY)
    for _ in range(3):
        books = await books.again()
    await books.close()
    shutil.rmtree(books.folder / "keys")
    shutil.copytree(tmp_path / "backup", books.folder / "keys")
    again = await Books.open(books.folder, books.url)
    ana, ben = keys_of(again, ANA, BEN)
    assert ana is None and ben is not None
    await again.close()


async def test_a_person_who_came_back_keeps_the_new_key_at_every_start(books: Books) -> None:
    await with_evidence(books, ANA)
    await erase(books.rights, books.rights.person(TENANT, ANA), WHY)
    await with_evidence(books, BEN)
    owner = books.rights.person(TENANT, ANA).owner
    books.rights.keys.seal_all([(owner, b"new", b"aad")])
    new = keys_of(books, ANA)
    books = await books.again()
    await books.close()
    again = await Books.open(books.folder, books.url)
    assert keys_of(again, ANA) == new != [None]
    await again.close()
