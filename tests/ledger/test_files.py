"""Which changes does a file hold, and is none of its personal data left lying?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gatekeeper.domain.owner import Owner
from gatekeeper.errors import InputRejected
from gatekeeper.journal.sealed import Kept
from gatekeeper.ledger.changes import Entry
from gatekeeper.ledger.files import ListedFile, consent_changes, listed_changes
from gatekeeper.ledger.imports import BATCH, BadLine, Judged
from gatekeeper.store.changes import ListPerson
from tests.support.journal import KEYRING
from tests.support.ledgers import TENANT, Books


async def whole(judged: Judged) -> list[Entry | BadLine]:
    return [item async for batch in judged for item in batch]


def written(books: Books, content: bytes) -> Path:
    path = books.folder / "given.csv"
    path.write_bytes(content)
    return path


async def test_a_consent_file_becomes_changes_with_its_evidence_sealed(books: Books) -> None:
    path = written(books, b"number,event,text_shown\n+12122000123,opt_in,Tick\nx,opt_in,\n")
    good, bad = await whole(consent_changes(books.desk, TENANT, path))
    assert isinstance(good, Entry) and isinstance(bad, BadLine)
    assert good.body["subject"] == KEYRING.subject(TENANT, "+12122000123").hex()
    owner = Owner(TENANT, bytes.fromhex(good.body["subject"]))
    assert b"Tick" in (books.sealed.get(owner, Kept(good.id, good.body["evidence"])) or b"")
    assert bad.line == 3


async def test_a_long_file_comes_in_batches(books: Books) -> None:
    rows = "".join(f"+1212200{n:04d},opt_out\n" for n in range(BATCH + 1))
    path = written(books, b"number,event\n" + rows.encode())
    sizes = [len(batch) async for batch in consent_changes(books.desk, TENANT, path)]
    assert sizes == [BATCH, 1]


async def test_a_file_of_numbers_becomes_changes_of_a_list(books: Books) -> None:
    path = written(books, b"+12122000123\n\n(212) 200-0124 \r\nnobody\n")
    *good, bad = await whole(listed_changes(books.desk, ListedFile(TENANT, "internal", path)))
    subjects = [KEYRING.subject(TENANT, f"+121220001{n}") for n in (23, 24)]
    assert [each.change for each in good if isinstance(each, Entry)] == [
        ListPerson(TENANT, "internal", subject, True) for subject in subjects
    ]
    assert isinstance(bad, BadLine) and bad.line == 4 and "nobody" not in bad.reason


async def test_lines_may_put_on_a_list_and_take_off_it(books: Books) -> None:
    path = written(books, b"A,+12122000123\n-,+442071838750\n+12122000125\n")
    *good, bad = await whole(
        listed_changes(books.desk, ListedFile(TENANT, "own-vip", path, marked=True))
    )
    said = [("+12122000123", True), ("+442071838750", False)]
    assert [each.change for each in good if isinstance(each, Entry)] == [
        ListPerson(TENANT, "own-vip", KEYRING.subject(TENANT, number), listed)
        for number, listed in said
    ]
    assert isinstance(bad, BadLine) and bad.line == 3


async def test_what_goes_may_stand_in_a_file_of_its_own(books: Books) -> None:
    gone = books.folder / "gone.csv"
    gone.write_bytes(b"phone\n+12122000124\n")
    path = written(books, b"phone,note\n+12122000123,x\n")
    file = ListedFile(TENANT, "deny", path, removals=gone)
    one, other = [
        e.change for e in await whole(listed_changes(books.desk, file)) if isinstance(e, Entry)
    ]
    assert isinstance(one, ListPerson) and one.listed
    assert isinstance(other, ListPerson) and not other.listed


async def test_a_byte_order_mark_is_no_part_of_the_first_column(books: Books) -> None:
    path = written(books, b"\xef\xbb\xbfnumber,event\n+12122000123,opt_out\n")
    assert len(await whole(consent_changes(books.desk, TENANT, path))) == 1


@pytest.mark.parametrize("content", [b"\xff\xfe+\x001\x002", b"+1212200\xff0123\n"])
async def test_what_is_not_utf_8_is_a_bad_line(books: Books, content: bytes) -> None:
    file = ListedFile(TENANT, "internal", written(books, content))
    found = await whole(listed_changes(books.desk, file))
    assert all(isinstance(item, BadLine) for item in found) and found
    consents = await whole(
        consent_changes(
            books.desk, TENANT, written(books, b"number,event\n" + content + b",opt_in")
        )
    )
    assert all(isinstance(item, BadLine) for item in consents) and consents


@pytest.mark.parametrize("name", ["absent.csv", "."])
async def test_a_file_that_cannot_be_read_is_refused_in_words(books: Books, name: str) -> None:
    with pytest.raises(InputRejected, match="cannot read the file"):
        await whole(consent_changes(books.desk, TENANT, books.folder / name))
