"""Are the records found that hold a mark, and are damaged ones told?"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gatekeeper.errors import JournalError
from gatekeeper.journal.layout import segments, streams
from gatekeeper.journal.marked import marked
from tests.support.journal import decision, opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    asyncio.run(written(tmp_path))
    return tmp_path


async def written(folder: Path) -> None:
    journal = await opened(folder)
    for n in range(4):
        body = decision("allow") | {"note": f"mark{n % 2}"}
        await journal.append("decision", f"r{n}", "acme", body)
    await journal.append("outcome", "r9", "acme", {"note": "mark1"})
    await journal.close()


def found(folder: Path, since: datetime | None = None) -> list[str]:
    return [line.id for line in marked(folder, b'"note":"mark1"', "decision", since)]


def test_records_of_the_kind_with_the_mark_are_told_in_order(folder: Path) -> None:
    assert found(folder) == ["r1", "r3"]
    assert found(folder, datetime.now(UTC) - timedelta(days=1)) == ["r1", "r3"]
    assert found(folder, datetime.now(UTC) + timedelta(days=1)) == []


def test_a_damaged_line_is_not_passed_over_in_silence(folder: Path) -> None:
    path = segments(streams(folder)[0])[0].path
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines) + b'{"note":"mark1"\n')
    with pytest.raises(JournalError, match="cannot be read"):
        found(folder)
    told: list[int] = []
    kept = marked(folder, b"mark1", "decision", None, lambda _path, number: told.append(number))
    assert len(list(kept)) == 2
    assert told == [len(lines) + 1]
