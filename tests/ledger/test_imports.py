"""Is a file imported whole or not at all, whatever happens on the way?"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatekeeper.domain.consent import ConsentAct, ConsentEvent
from gatekeeper.errors import DependencyUnavailable, InputRejected
from gatekeeper.ledger.changes import Entry, consent_entry
from gatekeeper.ledger.files import consent_changes
from gatekeeper.ledger.imports import BATCH, BadLine, Importer, Progress
from tests.support.ledgers import NOW, TENANT, Books, new_id, told

HEADER = "number,event,at\n"
WHEN = "2026-11-01T12:00:00Z"


def csv_file(books: Books, rows: Sequence[str]) -> Path:
    path = books.folder / "consents.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows))
    return path


def people(count: int) -> list[str]:
    return [f"+1212200{n:04d},opt_out,{WHEN}" for n in range(count)]


async def imported(books: Books, rows: Sequence[str]) -> tuple[list[BadLine], Progress]:
    path = csv_file(books, rows)
    return await told(books.importer.run(TENANT, consent_changes(books.desk, TENANT, path)))


async def opted_out(books: Books, n: int) -> bool:
    history = await books.desk.history(TENANT, f"+1212200{n:04d}")
    return [event.act for event in history] == [ConsentAct.OPT_OUT]


def spools(books: Books) -> list[str]:
    return sorted(path.suffix for path in (books.folder / "imports").glob("*"))


async def test_good_lines_are_applied_and_bad_ones_told(books: Books) -> None:
    rows = [*people(3), f"555-CANARY,opt_out,{WHEN}", "+12122000009,opted,"]
    bad, last = await imported(books, rows)
    assert last == Progress("applied", 3, 3)
    assert [line.line for line in bad] == [5, 6]
    assert "CANARY" not in str(bad)
    assert [await opted_out(books, n) for n in range(4)] == [True, True, True, False]
    states = [line.content for line in books.records("import")]
    assert states == [{"state": "accepted", "lines": 3}, {"state": "applied", "lines": 3}]
    assert spools(books) == []


async def test_progress_is_told_batch_by_batch(books: Books) -> None:
    path = csv_file(books, people(BATCH + 20))
    run = books.importer.run(TENANT, consent_changes(books.desk, TENANT, path))
    assert [item async for item in run] == [
        Progress("checked", BATCH),
        Progress("checked", BATCH + 20),
        Progress("applied", BATCH, BATCH + 20),
        Progress("applied", BATCH + 20, BATCH + 20),
    ]


async def test_a_file_that_turns_out_unreadable_changes_nothing(books: Books) -> None:
    async def breaks() -> AsyncIterator[Sequence[Entry | BadLine]]:
        yield [consent_entry(TENANT, bytes(16), ConsentEvent("e", ConsentAct.OPT_OUT, NOW))]
        raise InputRejected("the gate cannot read the file")

    with pytest.raises(InputRejected):
        await told(books.importer.run(TENANT, breaks()))
    assert (books.numbers(), spools(books)) == ([], [])


async def test_a_command_that_goes_away_before_acceptance_changes_nothing(books: Books) -> None:
    path = csv_file(books, people(BATCH * 2))
    run = books.importer.run(TENANT, consent_changes(books.desk, TENANT, path))
    await anext(run)
    assert spools(books) == [".draft"]
    await run.aclose()  # type: ignore[attr-defined]
    assert (books.numbers(), spools(books)) == ([], [])


async def test_an_import_cut_off_after_acceptance_is_finished_at_the_next_start(
    books: Books,
) -> None:
    """As after kill -9 in the middle: one batch is applied, the rest only accepted."""
    path = csv_file(books, people(BATCH * 2 + 5))
    run = books.importer.run(TENANT, consent_changes(books.desk, TENANT, path))
    async for news in run:
        if isinstance(news, Progress) and news.stage == "applied":
            break
    await run.aclose()  # type: ignore[attr-defined]
    assert not await opted_out(books, BATCH * 2)
    again = await books.again()
    assert await again.importer.resume() == 1
    assert [await opted_out(again, n) for n in (0, BATCH, BATCH * 2 + 4)] == [True] * 3
    assert again.records("import")[-1].content == {"state": "applied", "lines": BATCH * 2 + 5}
    assert spools(again) == []
    assert await again.importer.resume() == 0
    await again.close()


async def test_a_draft_that_nobody_accepted_is_dropped_at_the_next_start(books: Books) -> None:
    draft = books.folder / "imports" / "ab.draft"
    draft.parent.mkdir()
    draft.write_bytes(b'["consent","e1",{')
    assert await books.importer.resume() == 0
    assert (books.numbers(), spools(books)) == ([], [])


async def test_what_the_store_does_not_take_stays_accepted(books: Books) -> None:
    class Away:
        expected_applied = 0

        async def apply(self, changes: Any, *, first: int, last: int) -> int:
            raise DependencyUnavailable("store", "away")

        async def claim(self, installation: str) -> None:
            raise AssertionError("nobody verifies it")

        async def confirm(self, number: int) -> None:
            raise AssertionError("nothing was applied")

        async def applied(self) -> int:
            return 0

    path = csv_file(books, people(2))
    importer = Importer(books.ledger, Away(), books.journal, books.folder / "imports", new_id)
    with pytest.raises(DependencyUnavailable):
        await told(importer.run(TENANT, consent_changes(books.desk, TENANT, path)))
    assert spools(books) == [".accepted"]
    again = await books.again()
    await again.importer.resume()
    assert [await opted_out(again, n) for n in range(2)] == [True, True]
    await again.close()


async def test_the_spool_holds_no_number_and_is_in_a_private_folder(books: Books) -> None:
    path = csv_file(books, people(3))
    run = books.importer.run(TENANT, consent_changes(books.desk, TENANT, path))
    async for news in run:
        if isinstance(news, Progress) and news.stage == "applied":
            break
    folder = books.folder / "imports"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert not any(b"2122000" in file.read_bytes() for file in folder.iterdir())


_ROW = st.tuples(
    st.integers(0, 5), st.sampled_from(["opt_in", "opt_out", "purchase"]), st.integers(1, 28)
).map(lambda t: f"+12122000{t[0]:03d},{t[1]},2026-10-{t[2]:02d}T12:00:00Z")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(_ROW, min_size=1, max_size=8))
async def test_importing_twice_is_importing_once(rows: list[str], books: Books) -> None:
    tenant, histories = new_id(), []
    for _ in range(2):
        changes = consent_changes(books.desk, tenant, csv_file(books, rows))
        await told(books.importer.run(tenant, changes))
        numbers = [f"+12122000{n:03d}" for n in range(6)]
        histories.append([await books.desk.history(tenant, number) for number in numbers])
    assert histories[0] == histories[1]
    assert sum(map(len, histories[0])) == len(set(rows))
