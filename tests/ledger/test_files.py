"""Which changes does a file hold, and is none of its personal data left lying?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gatekeeper.domain.owner import Owner
from gatekeeper.errors import InputRejected
from gatekeeper.journal.sealed import Kept
from gatekeeper.ledger.changes import Entry
from gatekeeper.ledger.files import ConsentFile, consent_changes
from gatekeeper.ledger.import_words import BadLine, Judged
from gatekeeper.ledger.imports import CHECKED
from tests.support.journal import KEYRING
from tests.support.ledgers import TENANT, Books


async def whole(judged: Judged) -> list[Entry | BadLine]:
    found: list[Entry | BadLine] = []
    async for batch in judged:
        found += [*batch.entries, *batch.bad]
    return found


def of(books: Books, path: Path, **more: str) -> Judged:
    return consent_changes(books.desk, TENANT, ConsentFile(path, **more))


def written(books: Books, content: bytes) -> Path:
    path = books.folder / "given.csv"
    path.write_bytes(content)
    return path


async def test_a_consent_file_becomes_changes_with_its_evidence_sealed(books: Books) -> None:
    path = written(books, b"number,event,text_shown\n+12122000123,opt_in,Tick\nx,opt_in,\n")
    good, bad = await whole(of(books, path))
    assert isinstance(good, Entry) and isinstance(bad, BadLine)
    assert good.body["subject"] == KEYRING.subject(TENANT, "+12122000123").hex()
    owner = Owner(TENANT, bytes.fromhex(good.body["subject"]))
    assert b"Tick" in (books.sealed.get(owner, Kept(good.id, good.body["evidence"])) or b"")
    assert bad.line == 3


async def test_a_long_file_comes_in_batches(books: Books) -> None:
    rows = "".join(f"+1212200{n:04d},opt_out\n" for n in range(CHECKED + 1))
    path = written(books, b"number,event\n" + rows.encode())
    sizes = [batch.lines async for batch in of(books, path)]
    assert sizes == [CHECKED, 1]


async def test_a_byte_order_mark_is_no_part_of_the_first_column(books: Books) -> None:
    path = written(books, b"\xef\xbb\xbfnumber,event\n+12122000123,opt_out\n")
    assert len(await whole(of(books, path))) == 1


@pytest.mark.parametrize("content", [b"\xff\xfe+\x001\x002", b"+1212200\xff0123\n"])
async def test_what_is_not_utf_8_is_a_bad_line(books: Books, content: bytes) -> None:
    consents = await whole(of(books, written(books, b"number,event\n" + content + b",opt_in")))
    assert all(isinstance(item, BadLine) for item in consents) and consents


@pytest.mark.parametrize("name", ["absent.csv", "."])
async def test_a_file_that_cannot_be_read_is_refused_in_words(books: Books, name: str) -> None:
    with pytest.raises(InputRejected, match="cannot read the file"):
        await whole(of(books, books.folder / name))


ROW = "+12122000123,opt_out,2026-11-01T12:00:00Z,Chlo\u00e9 & Fils"
TEXT = f"number,event,at,seller\n{ROW}\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), None),
        (TEXT.encode("utf-8-sig"), None),
        (TEXT.encode("utf-16"), None),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), None),
        (TEXT.encode("latin-1"), "latin-1"),
        (TEXT.encode("cp1252"), "windows-1252"),
    ],
)
async def test_one_text_in_any_encoding_is_one_event(
    books: Books, content: bytes, encoding: str | None
) -> None:
    more = {"encoding": encoding} if encoding else {}
    (entry,) = await whole(of(books, written(books, content), **more))
    assert isinstance(entry, Entry) and entry.body["event"]["seller"] == "Chlo\u00e9 & Fils"


async def test_a_line_in_another_encoding_is_bad_and_says_how_to_read_it(books: Books) -> None:
    path = written(books, TEXT.encode("latin-1") + b"+12122000124,opt_out,,\n")
    good, bad = await whole(of(books, path))
    assert isinstance(good, Entry) and isinstance(bad, BadLine)
    assert bad.line == 2 and "--encoding" in bad.reason


@pytest.mark.parametrize(
    ("more", "told"), [({"format": "xls"}, "format"), ({"encoding": "ebcdic"}, "encoding")]
)
async def test_what_nobody_can_read_is_refused(
    books: Books, more: dict[str, str], told: str
) -> None:
    with pytest.raises(InputRejected, match=told):
        await whole(of(books, written(books, TEXT.encode()), **more))


async def test_the_names_ending_tells_the_format(books: Books) -> None:
    path = books.folder / "given.jsonl"
    path.write_text('{"number": "+12122000123", "event": "opt_in", "evidence": {"form": "f1"}}\n')
    (entry,) = await whole(of(books, path))
    assert isinstance(entry, Entry) and entry.body["evidence"] is not None
    assert isinstance((await whole(of(books, path, format="ndjson")))[0], Entry)
    with pytest.raises(InputRejected, match="header"):
        await whole(of(books, path, format="csv"))


async def test_each_batch_says_how_many_bytes_were_read(books: Books) -> None:
    rows = "".join(f"+1212200{n:04d},opt_out\n" for n in range(CHECKED * 2))
    path = written(books, b"number,event\n" + rows.encode())
    read = [(batch.read, batch.size) async for batch in of(books, path)]
    size = path.stat().st_size
    assert read[-1] == (size, size) and 0 < read[0][0] <= size


async def test_a_file_tells_what_its_consents_lack(books: Books) -> None:
    """By element, and how many came without any evidence; a line known before is not told."""
    text = "I agree to automated texts. Consent is not a condition of purchase."
    rows = (
        f'+12122000301,opt_in,express_written,Acme,checkbox,"{text}"',
        f'+12122000302,opt_in,express_written,,checkbox,"{text}"',
        "+12122000303,opt_in,express_written,Acme,,",
        "+12122000304,opt_in,express,Acme,,",
        "+12122000305,opt_out,,,,",
    )
    head = "number,event,at,basis,seller,signature,text_shown"
    dated = [row.replace(",express", ",2026-11-01T00:00:00Z,express", 1) for row in rows[:4]]
    path = written(books, "\n".join([head, *dated, "+12122000305,opt_out,,,,,"]).encode())
    (batch,) = [batch async for batch in consent_changes(books.desk, TENANT, ConsentFile(path))]
    assert dict(batch.lacking) == {
        "seller": 1,
        "signature": 1,
        "technology": 1,
        "not_condition": 1,
        "evidence": 2,
    }
