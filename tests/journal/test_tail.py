"""The newest records, and those that come while one looks on."""

from __future__ import annotations

import asyncio
from itertools import islice
from pathlib import Path

import pytest

from gatekeeper.journal.tail import follow, last
from tests.support.journal import decision, opened


async def write(folder: Path, *names: str) -> None:
    journal = await opened(folder)
    for name in names:
        await journal.append("decision", name, "acme", decision())
    await journal.close()


def test_the_last_records_come_oldest_first(tmp_path: Path) -> None:
    asyncio.run(write(tmp_path, "r0", "r1", "r2"))
    assert [entry.line.id for entry in last(tmp_path, 3)][:2] == ["r1", "r2"]
    assert [entry.line.kind for entry in last(tmp_path, 1)] == ["stream.closed"]
    assert last(tmp_path, 0) == []


def test_following_goes_on_through_new_segments_and_streams_without_doubles(
    tmp_path: Path,
) -> None:
    names = [f"r{n}" for n in range(20)]
    asyncio.run(write(tmp_path, "old"))
    waits: list[int] = []

    def more() -> None:
        waits.append(1)
        asyncio.run(write(tmp_path, *names))

    followed = islice(follow(tmp_path, last(tmp_path, 1)[-1], more), 44)
    seen = [entry.line.id for entry in followed if entry.line.kind == "decision"]
    assert seen == names * 2
    assert len(waits) == 2


def test_following_an_empty_journal_begins_at_its_first_record(tmp_path: Path) -> None:
    followed = follow(tmp_path, None, lambda: asyncio.run(write(tmp_path, "r0")))
    assert [entry.line.kind for entry in islice(followed, 3)] == [
        "stream.opened",
        "decision",
        "stream.closed",
    ]


def test_a_line_being_written_is_waited_for(tmp_path: Path) -> None:
    asyncio.run(write(tmp_path, "r0"))
    newest = last(tmp_path, 1)[-1]
    with newest.place.path.open("ab") as file:
        file.write(b'{"v":1,"stre')

    def stop() -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        next(follow(tmp_path, newest, stop))
