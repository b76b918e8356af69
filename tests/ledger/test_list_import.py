"""Does a licensed list get its new version whole, or keep the old one?"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.domain.words import ListAnswer
from gatekeeper.errors import DependencyUnavailable, InputRejected
from gatekeeper.ledger import list_import
from gatekeeper.ledger.imports import BadLine, Progress
from gatekeeper.ledger.list_import import ListFile, ListImporter
from gatekeeper.store.lists import Lists
from tests.store.asks import person, question
from tests.support.ledgers import NOW, Books, new_id, told

LIST = "us-national"
MANY = 300_000


def written(books: Books, text: str, name: str = "list.txt") -> Path:
    path = books.folder / name
    path.write_text(text)
    return path


async def imported(books: Books, text: str, **more: Any) -> tuple[list[BadLine], Progress]:
    return await told(books.lists.run(ListFile(LIST, written(books, text), NOW, **more)))


async def answer(books: Books, number: str) -> ListAnswer:
    told = await books.store.gather(question(person(bytes(16), number, LIST), reserve=False))
    return told.persons[0].listings[LIST].answer


async def test_a_list_answers_hit_and_clear_once_it_is_swapped_in(books: Books) -> None:
    assert await answer(books, "+12122000123") is ListAnswer.NOT_CHECKED
    bad, last = await imported(books, "phone\n+12122000123\n(212) 200-0124\n")
    assert (bad, last) == ([], Progress("swapped", 2, 2))
    assert await answer(books, "+12122000124") is ListAnswer.HIT
    assert await answer(books, "+12122000125") is ListAnswer.CLEAR
    assert await answer(books, "+13052000125") is ListAnswer.CLEAR


async def test_the_record_names_version_count_time_and_the_digest_of_the_file(
    books: Books,
) -> None:
    text = "+12122000123\n"
    await imported(books, text)
    (line,) = books.records("list_version")
    body, (status,) = line.content, await books.store.list_statuses()
    assert body["digest"] == sha256(text.encode()).hexdigest()
    assert (body["version"], body["count"]) == (status.version, 1)
    assert body["as_of"] == NOW.isoformat()


async def test_bad_lines_are_told_by_number_and_not_repeated(books: Books) -> None:
    bad, last = await imported(books, "+12122000123\n555-CANARY\n+442071838750\n")
    assert [line.line for line in bad] == [2, 3]
    assert "CANARY" not in str(bad) and "7183" not in str(bad)
    assert last.done == 1


async def test_several_hundred_thousand_numbers_come_in_with_progress(books: Books) -> None:
    source = random.Random(7)
    numbers = [
        area * 10_000_000 + rest
        for area in (212, 305, 808, 971)
        for rest in source.sample(range(2_000_000, 10_000_000), MANY // 4)
    ]
    path = written(books, "".join(f"{n}\n" for n in numbers))
    said = [item async for item in books.lists.run(ListFile(LIST, path, NOW))]
    assert said[-1] == Progress("swapped", MANY, MANY)
    size = path.stat().st_size
    assert Progress("read", MANY, read=size, size=size) in said
    assert Progress("loaded", MANY, MANY) in said
    for number in source.sample(numbers, 50):
        assert await answer(books, f"+1{number}") is ListAnswer.HIT


async def test_a_new_version_takes_the_place_of_the_old(books: Books) -> None:
    await imported(books, "+12122000123\n")
    await imported(books, "+12122000124\n")
    assert await answer(books, "+12122000123") is ListAnswer.CLEAR
    assert await answer(books, "+12122000124") is ListAnswer.HIT


async def test_a_file_that_breaks_off_leaves_the_old_version(books: Books) -> None:
    await imported(books, "+12122000123\n")
    (before,) = await books.store.list_statuses()
    with pytest.raises(InputRejected, match="cannot read the file"):
        await told(books.lists.run(ListFile(LIST, books.folder / "absent.txt", NOW)))
    assert await books.store.list_statuses() == (before,)
    assert await answer(books, "+12122000123") is ListAnswer.HIT


async def test_a_loading_connection_that_fails_leaves_the_old_version(books: Books) -> None:
    await imported(books, "+12122000123\n")
    (before,) = await books.store.list_statuses()
    nowhere = partial(Lists, "unix:///nowhere/valkey.sock")
    importer = ListImporter(replace(books.lists.versions, open_lists=nowhere), new_id)
    with pytest.raises(DependencyUnavailable):
        await told(importer.run(ListFile(LIST, written(books, "+12122000124\n"), NOW)))
    assert await books.store.list_statuses() == (before,)
    assert len(books.records("list_version")) == 1


async def test_a_list_of_the_future_is_refused(books: Books) -> None:
    run = books.lists.run(ListFile(LIST, written(books, ""), NOW + timedelta(seconds=1)))
    with pytest.raises(InputRejected, match="future"):
        await anext(run)


async def test_a_version_may_be_of_one_tenant(books: Books) -> None:
    await imported(books, "+12122000123\n", tenant="acme")
    (status,) = await books.store.list_statuses()
    assert (status.list_id, status.tenant) == (LIST, "acme")


async def test_the_record_keeps_what_shows_that_the_list_was_bought(books: Books) -> None:
    bought = {"holder": "Acme Ltd", "san": "12345678-00", "by": "ops"}
    await imported(books, "+12122000123\nx\n", **bought)
    (line,) = books.records("list_version")
    body = line.content
    assert {key: body[key] for key in bought} == bought
    assert (body["kind"], body["base"], body["bad_lines"]) == ("full", None, 1)
    assert body["imported_at"] == NOW.isoformat().replace("+00:00", "Z")


async def test_importing_twice_is_importing_once(books: Books) -> None:
    await imported(books, "+12122000123\n")
    (before,) = await books.store.list_statuses()
    _, last = await imported(books, "+12122000123\n")
    assert last == Progress("unchanged", 1, 1)
    assert await books.store.list_statuses() == (before,)
    assert len(books.records("list_version")) == 1


async def test_the_same_numbers_for_another_day_are_a_new_version(books: Books) -> None:
    path = written(books, "+12122000123\n")
    await told(books.lists.run(ListFile(LIST, path, NOW - timedelta(days=1))))
    _, last = await told(books.lists.run(ListFile(LIST, path, NOW)))
    assert last.stage == "swapped"
    assert len(books.records("list_version")) == 2


async def test_a_file_that_changes_while_it_is_read_is_not_imported(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_import, "digest_of", lambda _: "0" * 64)
    with pytest.raises(InputRejected, match="changed while it was read"):
        await imported(books, "+12122000123\n")
    assert await books.store.list_statuses() == ()


# Differences


async def delta(books: Books, text: str, **more: Any) -> tuple[list[BadLine], Progress]:
    path = written(books, text, "delta.txt")
    return await told(books.lists.run(ListFile(LIST, path, NOW, delta=True, **more)))


async def test_a_daily_difference_is_applied_to_a_copy_and_swapped_in(books: Books) -> None:
    await imported(books, "+12122000123\n+12122000124\n")
    (before,) = await books.store.list_statuses()
    bad, last = await delta(books, "A,212,2000125\nD,2122000123\nx\n")
    assert ([line.line for line in bad], last) == ([3], Progress("swapped", 2, 2))
    assert await answer(books, "+12122000123") is ListAnswer.CLEAR
    for number in (124, 125):
        assert await answer(books, f"+12122000{number}") is ListAnswer.HIT
    body = books.records("list_version")[-1].content
    assert (body["kind"], body["base"], body["count"]) == ("delta", before.version, 2)
    assert (body["added"], body["removed"], body["bad_lines"]) == (1, 1, 1)


async def test_a_difference_may_come_in_two_files(books: Books) -> None:
    await imported(books, "+12122000123\n+12122000124\n")
    gone = written(books, "2122000124\n", "gone.txt")
    _, last = await delta(books, "2122000125\n", removals=gone)
    assert last.done == 2
    assert await answer(books, "+12122000124") is ListAnswer.CLEAR
    body = books.records("list_version")[-1].content
    assert body["removals"] == sha256(b"2122000124\n").hexdigest()


async def test_a_difference_twice_is_once(books: Books) -> None:
    await imported(books, "+12122000123\n")
    for stage in ("swapped", "unchanged"):
        _, last = await delta(books, "A,2122000125\n")
        assert (last.stage, last.done) == (stage, 2)


@pytest.mark.parametrize("form", ["# base: {}\nA,2122000125\n", "A,2122000125\n"])
async def test_a_difference_to_another_version_is_refused(books: Books, form: str) -> None:
    await imported(books, "+12122000123\n")
    (first,) = await books.store.list_statuses()
    _, last = await delta(books, f"# base: {first.version}\nA,2122000124\n", base=first.version)
    assert last.done == 2
    with pytest.raises(InputRejected, match=f"builds on version {first.version}"):
        base = None if "base" in form else first.version
        await delta(books, form.format(first.version), base=base)


async def test_a_difference_needs_a_version_and_comes_after_it(books: Books) -> None:
    with pytest.raises(InputRejected, match="no version to build on"):
        await delta(books, "A,2122000125\n")
    await imported(books, "+12122000123\n")
    path = written(books, "A,2122000125\n")
    earlier = ListFile(LIST, path, NOW - timedelta(seconds=1), delta=True)
    with pytest.raises(InputRejected, match="before that of the version"):
        await told(books.lists.run(earlier))


async def test_a_version_that_came_in_meanwhile_is_not_overwritten(books: Books) -> None:
    await imported(books, "+12122000123\n")
    path = written(books, "A,2122000124\n", "delta.txt")
    run = books.lists.run(ListFile(LIST, path, NOW, delta=True))
    assert (await anext(run)) is not None
    await imported(books, "+12122000125\n")
    with pytest.raises(InputRejected, match="came in meanwhile"):
        await told(run)
    assert await answer(books, "+12122000125") is ListAnswer.HIT
    assert await answer(books, "+12122000124") is ListAnswer.CLEAR


# Files that are not the list


async def test_an_empty_file_would_clear_everybody_and_is_refused(books: Books) -> None:
    await imported(books, "+12122000123\n")
    with pytest.raises(InputRejected, match="--allow-empty"):
        await imported(books, "phone\n")
    assert await answer(books, "+12122000123") is ListAnswer.HIT
    _, last = await imported(books, "phone\n", allow_empty=True)
    assert last == Progress("swapped", 0, 0)
    assert await answer(books, "+12122000123") is ListAnswer.CLEAR


async def test_a_file_of_less_than_half_the_numbers_is_refused(books: Books) -> None:
    await imported(books, "".join(f"+1212200012{n}\n" for n in range(4)))
    with pytest.raises(InputRejected, match=r"less than half of the 4 .* --allow-shrink"):
        await imported(books, "+12122000123\n")
    with pytest.raises(InputRejected, match="--allow-shrink"):
        await delta(books, "".join(f"D,+1212200012{n}\n" for n in range(3)))
    _, last = await imported(books, "+12122000123\n+12122000124\n")
    assert last.done == 2
    _, last = await imported(books, "+12122000129\n", allow_shrink=True)
    assert last.done == 1
    assert len(list((books.folder / "lists" / "shared" / LIST).iterdir())) == 2


@pytest.mark.parametrize(
    ("content", "told_of"),
    [
        ("+12122000123\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x1f\x8brest", "gzip"),
        (b"2122000123\0\n", "NUL"),
        (b"1" * 200_000, "64 kB"),
        (b"x\n" * 100_002, "more than 100000 lines are bad"),
    ],
)
async def test_a_file_of_another_kind_is_refused_in_words(
    books: Books, content: bytes, told_of: str
) -> None:
    path = written(books, "")
    path.write_bytes(content)
    with pytest.raises(InputRejected, match=told_of):
        await told(books.lists.run(ListFile(LIST, path, NOW)))
    assert await books.store.list_statuses() == ()
    assert list((books.folder / "lists" / "shared" / LIST).iterdir()) == []


async def test_a_file_of_a_spreadsheet_reads_like_a_plain_one(books: Books) -> None:
    path = written(books, "")
    text = '"Phone","Name"\r\n"(212) 200-0123","Zo\xeb"\r\n"2122000124","x"\r\n'
    path.write_bytes(b"\xef\xbb\xbf" + text.encode("latin-1"))
    bad, last = await told(books.lists.run(ListFile(LIST, path, NOW)))
    assert (bad, last.done) == ([], 2)
