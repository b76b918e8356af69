"""Is a file imported whole or not at all, whatever happens on the way?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gatekeeper.domain.consent import ConsentAct, ConsentEvent, Topic
from gatekeeper.domain.fold import fold
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.errors import DependencyUnavailable, InputRejected
from gatekeeper.ledger.changes import consent_entry
from gatekeeper.ledger.files import ConsentFile, consent_changes
from gatekeeper.ledger.import_words import BadLine, Batch, Judged, Progress
from gatekeeper.ledger.imports import BATCH, CHECKED, Importer
from gatekeeper.ledger.spools import Draft
from gatekeeper.store.events import History
from tests.support.ledgers import NOW, TENANT, Books, clock, new_id, told

HEADER = "number,event,at\n"
WHEN = "2026-11-01T12:00:00Z"


def csv_file(books: Books, rows: Sequence[str]) -> Path:
    path = books.folder / "consents.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows))
    return path


def people(count: int) -> list[str]:
    return [f"+1212200{n:04d},opt_out,{WHEN}" for n in range(count)]


def lines_of(books: Books, path: Path, tenant: str = TENANT) -> Judged:
    return consent_changes(books.desk, tenant, ConsentFile(path))


async def imported(books: Books, rows: Sequence[str]) -> tuple[list[BadLine], Progress]:
    path = csv_file(books, rows)
    return await told(books.importer.run(TENANT, lines_of(books, path)))


async def opted_out(books: Books, n: int) -> bool:
    history = await books.desk.history(TENANT, f"+1212200{n:04d}")
    return [event.act for event in history] == [ConsentAct.OPT_OUT]


def spools(books: Books) -> list[str]:
    return sorted(path.suffix for path in (books.folder / "imports").glob("*"))


async def test_good_lines_are_applied_and_bad_ones_told(books: Books) -> None:
    rows = [*people(3), f"555-CANARY,opt_out,{WHEN}", "+12122000009,opted,"]
    bad, last = await imported(books, rows)
    assert (last.stage, last.done, last.total, last.bad) == ("settled", 3, 3, 2)
    assert [line.line for line in bad] == [5, 6]
    assert "CANARY" not in str(bad)
    assert [await opted_out(books, n) for n in range(4)] == [True, True, True, False]
    states = [line.content for line in books.records("import")]
    counts = {"lines": 3, "known": 0, "bad": 2}
    assert states == [{"state": "accepted", **counts}, {"state": "applied", **counts}]
    assert spools(books) == []


async def test_progress_is_told_batch_by_batch(books: Books) -> None:
    path = csv_file(books, people(CHECKED + 20))
    run = books.importer.run(TENANT, lines_of(books, path))
    total = CHECKED + 20
    stages = [(n.stage, n.done, n.total) async for n in run if isinstance(n, Progress)]
    assert stages == [
        ("checked", CHECKED, None),
        ("checked", total, None),
        ("waiting", 0, total),
        *(("applied", done, total) for done in (*range(BATCH, total, BATCH), total)),
        ("settled", total, total),
    ]


async def test_a_file_that_turns_out_unreadable_changes_nothing(books: Books) -> None:
    async def breaks() -> AsyncIterator[Batch]:
        event = ConsentEvent("e", ConsentAct.OPT_OUT, NOW)
        yield Batch([consent_entry(TENANT, bytes(16), event)], [], 1)
        raise InputRejected("the gate cannot read the file")

    with pytest.raises(InputRejected):
        await told(books.importer.run(TENANT, breaks()))
    assert (books.numbers(), spools(books)) == ([], [])


async def test_a_full_disk_is_said_and_changes_nothing(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(Draft, "write", full)
    with pytest.raises(DependencyUnavailable, match="its own files: No space left"):
        await imported(books, people(3))
    assert (books.numbers(), spools(books), books.importer.underway()) == ([], [], [])
    monkeypatch.undo()
    await imported(books, people(3))
    assert len(books.numbers()) == 3


async def test_a_command_that_goes_away_before_acceptance_changes_nothing(books: Books) -> None:
    path = csv_file(books, people(CHECKED * 2))
    run = books.importer.run(TENANT, lines_of(books, path))
    await anext(run)
    assert spools(books) == [".draft"]
    await run.aclose()  # type: ignore[attr-defined]
    assert (books.numbers(), spools(books)) == ([], [])


async def test_an_import_cut_off_after_acceptance_is_finished_at_the_next_start(
    books: Books,
) -> None:
    """As after kill -9 in the middle: one batch is applied, the rest only accepted."""
    path = csv_file(books, people(BATCH * 2 + 5))
    run = books.importer.run(TENANT, lines_of(books, path))
    async for news in run:
        if isinstance(news, Progress) and news.stage == "applied":
            break
    await run.aclose()  # type: ignore[attr-defined]
    assert await opted_out(books, 0)  # it binds as soon as it is applied
    assert not await opted_out(books, BATCH * 2)
    again = await books.again()
    assert await again.importer.resume() == 1
    assert [await opted_out(again, n) for n in (0, BATCH, BATCH * 2 + 4)] == [True] * 3
    assert again.records("import")[-1].content["lines"] == BATCH * 2 + 5
    assert len(again.numbers()) == BATCH * 2 + 5
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

        async def histories(self, subjects: Sequence[bytes]) -> list[History]:
            return [History((), frozenset()) for _ in subjects]

    path = csv_file(books, people(2))
    importer = Importer(
        books.ledger, Away(), books.journal, books.folder / "imports", new_id, clock
    )
    with pytest.raises(DependencyUnavailable):
        await told(importer.run(TENANT, lines_of(books, path)))
    assert spools(books) == [".accepted"]
    again = await books.again()
    await again.importer.resume()
    assert [await opted_out(again, n) for n in range(2)] == [True, True]
    await again.close()


async def test_the_spool_holds_no_number_and_is_in_a_private_folder(books: Books) -> None:
    path = csv_file(books, people(3))
    run = books.importer.run(TENANT, lines_of(books, path))
    async for news in run:
        if isinstance(news, Progress) and news.stage == "applied":
            break
    folder = books.folder / "imports"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert not any(b"2122000" in file.read_bytes() for file in folder.iterdir())


async def test_the_same_file_twice_changes_nothing_and_says_so(books: Books) -> None:
    rows = [*people(3), people(1)[0]]
    _, first = await imported(books, rows)
    assert (first.stage, first.done, first.known) == ("settled", 3, 1)
    before = books.numbers()
    _, again = await imported(books, rows)
    assert (again.stage, again.done, again.known) == ("unchanged", 0, 4)
    assert books.numbers() == before and len(books.records("import")) == 2


async def test_one_line_in_two_batches_counts_once(books: Books) -> None:
    rows = [*people(CHECKED), people(1)[0], people(2)[1]]
    await imported(books, rows)
    assert len(books.numbers()) == CHECKED


async def test_two_imports_of_one_file_at_once_do_not_double_it(books: Books) -> None:
    path = csv_file(books, people(BATCH + 50))
    runs = (told(books.importer.run(TENANT, lines_of(books, path))) for _ in range(2))
    await asyncio.gather(*runs)
    assert len(books.numbers()) == BATCH + 50
    assert books.importer.underway() == []


async def test_what_is_under_way_is_shown(books: Books) -> None:
    path = csv_file(books, people(BATCH + 1))
    run = books.importer.run(TENANT, lines_of(books, path), "consents.csv")
    async for _ in run:
        (shown,) = books.importer.underway()
        assert (shown.tenant, shown.file) == (TENANT, "consents.csv")
    assert books.importer.underway() == []


async def test_a_resume_leaves_alone_what_is_being_imported(books: Books) -> None:
    path = csv_file(books, people(CHECKED * 2))
    run = books.importer.run(TENANT, lines_of(books, path))
    await anext(run)
    assert await books.importer.resume() == 0
    assert spools(books) == [".draft"]
    await told(run)
    assert await opted_out(books, CHECKED * 2 - 1)


@pytest.mark.parametrize("order", [1, -1])
async def test_of_an_opt_in_and_an_opt_out_at_one_instant_the_opt_out_wins(
    books: Books, order: int
) -> None:
    rows = [f"+12122000000,opt_in,{WHEN}", f"+12122000000,opt_out,{WHEN}"][::order]
    await imported(books, rows)
    history = await books.desk.history(TENANT, "+12122000000")
    assert fold(history, Topic(Channel.SMS, Purpose.MARKETING), NOW).revoked


_ROW = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["opt_in", "opt_out", "purchase", "expiry", "reassigned", "wrong_number"]),
    st.sampled_from(["", *(f"2026-10-{day:02d}T12:00:00Z" for day in range(1, 5))]),
).map(lambda t: f"+12122000{t[0]:03d},{t[1]},{t[2]}")
_FEW = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


async def histories(books: Books, rows: list[str]) -> list[tuple[ConsentEvent, ...]]:
    """What a tenant of its own has on record after importing these lines."""
    tenant = new_id()
    await told(books.importer.run(tenant, lines_of(books, csv_file(books, rows), tenant)))
    return await of_all(books, tenant)


async def of_all(books: Books, tenant: str) -> list[tuple[ConsentEvent, ...]]:
    return [await books.desk.history(tenant, f"+12122000{n:03d}") for n in range(3)]


def told_apart(found: list[tuple[ConsentEvent, ...]]) -> list[list[ConsentEvent]]:
    """The events without their ids: those are another tenant's."""
    plain = [[replace(event, id="") for event in events] for events in found]
    return [sorted(events, key=repr) for events in plain]


@_FEW
@given(rows=st.lists(_ROW, min_size=1, max_size=10), data=st.data())
async def test_the_order_of_the_lines_does_not_matter(
    rows: list[str], data: st.DataObject, books: Books
) -> None:
    shuffled = data.draw(st.permutations(rows))
    one, other = await histories(books, rows), await histories(books, shuffled)
    assert told_apart(one) == told_apart(other)
    for topic in (Topic(Channel.SMS, Purpose.MARKETING), Topic(Channel.VOICE, Purpose.DEBT)):
        for events, others in zip(one, other, strict=True):
            held, again = fold(events, topic, NOW), fold(others, topic, NOW)
            assert (held.basis, held.ended_by) == (again.basis, again.ended_by)


@_FEW
@given(rows=st.lists(_ROW, min_size=1, max_size=8))
async def test_importing_twice_is_importing_once(rows: list[str], books: Books) -> None:
    tenant, found = new_id(), []
    for _ in range(2):
        await told(books.importer.run(tenant, lines_of(books, csv_file(books, rows), tenant)))
        found.append(await of_all(books, tenant))
    assert found[0] == found[1]
    assert sum(map(len, found[0])) == len(set(rows))
