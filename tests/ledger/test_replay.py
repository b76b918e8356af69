"""Does a store that has lost everything learn all of it again, in order, from the journal?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import redis

from gatekeeper.domain.consent import ConsentAct, ConsentEvent
from gatekeeper.domain.registry import Tenant
from gatekeeper.errors import JournalError
from gatekeeper.journal.record import Record
from gatekeeper.ledger.changes import consent_entry, document_entry, listed_entry
from gatekeeper.ledger.replay import (
    BATCH,
    change_lines,
    changes_after,
    newest_number,
    replay,
)
from gatekeeper.store.changes import Change
from tests.support.ledgers import NOW, TENANT, Books


def consent(number: int) -> tuple[bytes, ConsentEvent]:
    subject = number.to_bytes(16, "big")
    return subject, ConsentEvent(f"e{number}", ConsentAct.OPT_OUT, NOW)


class Asked:
    """A store's place, which keeps what it was told to apply."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int, int]] = []

    async def apply(self, changes: Sequence[Change], *, first: int, last: int) -> int:
        self.steps.append((first, last, len(changes)))
        return last


async def commit(books: Books, count: int) -> None:
    entries = [consent_entry(TENANT, *consent(n)) for n in range(count)]
    await books.ledger.commit(books.store, entries)


async def test_after_flushall_everything_is_there_again(books: Books, plain: redis.Redis) -> None:
    await commit(books, 30)
    entries = [
        document_entry(Tenant(TENANT, "Acme")),
        listed_entry(TENANT, "internal", bytes(16), listed=True),
    ]
    await books.ledger.commit(books.store, entries)
    before = {key: plain.dump(key) for key in plain.keys("gk:*") if b":p:" not in key}
    plain.flushall()
    assert await replay(books.folder / "journal", books.store, after=0) == 32
    after = {key: plain.dump(key) for key in plain.keys("gk:*") if b":p:" not in key}
    assert after.keys() == before.keys()
    assert await books.store.applied() == 32
    assert (await books.store.documents())[1].keys() == {f"tenant:{TENANT}"}


async def test_only_what_is_missing_is_applied_in_steps(books: Books) -> None:
    await commit(books, BATCH + 10)
    asked = Asked()
    assert await replay(books.folder / "journal", asked, after=7) == BATCH + 3
    assert asked.steps == [(8, BATCH + 7, BATCH), (BATCH + 8, BATCH + 10, 3)]


async def test_nothing_is_applied_where_nothing_is_missing(books: Books) -> None:
    await commit(books, 3)
    asked = Asked()
    assert await replay(books.folder / "journal", asked, after=3) == 0
    assert asked.steps == []


async def test_the_newest_number_is_found_over_all_starts(books: Books) -> None:
    assert newest_number(books.folder / "journal") == 0
    await commit(books, 3)
    again = await books.again()
    await again.ledger.commit(again.store, [consent_entry(TENANT, *consent(9))])
    assert newest_number(books.folder / "journal") == 4
    assert [n for n, _ in changes_after(books.folder / "journal", 0)] == [1, 2, 3, 4]
    await again.close()


async def test_records_of_other_kinds_are_passed_over_whatever_they_hold(books: Books) -> None:
    await books.journal.append_all([Record("decision", "r1", TENANT, {"kind": "consent", "n": 99})])
    await commit(books, 1)
    assert [line.kind for line in change_lines(books.folder / "journal")] == ["consent"]
    assert newest_number(books.folder / "journal") == 1


async def test_a_missing_change_stops_the_replay(books: Books) -> None:
    """Better no store than one that lacks an opt-out and does not know it."""
    await commit(books, 2)
    body = {"n": 4, **consent_entry(TENANT, *consent(4)).body}
    await books.journal.append_all([Record("consent", "e4", TENANT, body)])
    with pytest.raises(JournalError, match="change 3 is missing"):
        await replay(books.folder / "journal", Asked(), after=0)


async def test_a_damaged_change_stops_the_replay(books: Books) -> None:
    await commit(books, 3)
    await books.close()
    for segment in (books.folder / "journal").rglob("*.jsonl"):
        segment.write_bytes(segment.read_bytes().replace(b'"seq":3,', b'"seq":"3",'))
    with pytest.raises(JournalError, match="not a record"):
        newest_number(books.folder / "journal")


def test_a_folder_without_a_journal_holds_no_changes(tmp_path: Path) -> None:
    assert newest_number(tmp_path) == 0
