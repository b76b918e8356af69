"""Reading: every record once, in order; damage is never passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatekeeper.errors import JournalError
from gatekeeper.journal.layout import segments, streams
from gatekeeper.journal.read import entries, newest_first, total_bytes
from tests.support.journal import decision, ids, opened


async def written(folder: Path) -> None:
    for start in range(2):
        journal = await opened(folder)
        for n in range(10):
            await journal.append("decision", f"s{start}r{n}", "acme", decision())
        await journal.close()


async def test_records_come_in_the_order_in_which_they_were_written(tmp_path: Path) -> None:
    await written(tmp_path)
    assert ids(tmp_path) == [f"s{start}r{n}" for start in range(2) for n in range(10)]
    assert sum(1 for stream in streams(tmp_path) for _ in segments(stream)) == 4


async def test_segments_come_newest_first_when_asked(tmp_path: Path) -> None:
    await written(tmp_path)
    forward = [s.path for stream in streams(tmp_path) for s in segments(stream)]
    assert [segment.path for segment in newest_first(tmp_path)] == forward[::-1]
    assert total_bytes(tmp_path) == sum(path.stat().st_size for path in forward)


async def test_damage_is_an_error_or_told_and_a_torn_tail_is_neither(tmp_path: Path) -> None:
    await written(tmp_path)
    path = segments(streams(tmp_path)[1])[-1].path
    path.write_bytes(b"rubbish\n" + path.read_bytes() + b'{"v":1,"str')
    with pytest.raises(JournalError, match=rf"{path}:1 .*audit verify"):
        list(entries(tmp_path))
    told: list[tuple[Path, int]] = []
    list(entries(tmp_path, lambda *place: told.append(place)))
    assert told == [(path, 1)]
