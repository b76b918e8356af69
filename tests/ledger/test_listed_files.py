"""Which changes of a list does a file of numbers hold?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gatekeeper.ledger.changes import Entry
from gatekeeper.ledger.import_words import BadLine, Judged
from gatekeeper.ledger.listed_files import ListedFile, listed_changes
from gatekeeper.store.changes import ListPerson
from tests.support.journal import KEYRING
from tests.support.ledgers import TENANT, Books


async def whole(judged: Judged) -> list[Entry | BadLine]:
    found: list[Entry | BadLine] = []
    async for batch in judged:
        found += [*batch.entries, *batch.bad]
    return found


def written(books: Books, content: bytes) -> Path:
    path = books.folder / "given.csv"
    path.write_bytes(content)
    return path


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


@pytest.mark.parametrize("content", [b"\xff\xfe+\x001\x002", b"+1212200\xff0123\n"])
async def test_what_is_no_number_in_any_encoding_is_a_bad_line(
    books: Books, content: bytes
) -> None:
    file = ListedFile(TENANT, "internal", written(books, content))
    found = await whole(listed_changes(books.desk, file))
    assert all(isinstance(item, BadLine) for item in found) and found
