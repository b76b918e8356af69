"""Is a record found at its place, in whichever segment it lies?"""

from __future__ import annotations

from pathlib import Path

from gatekeeper.journal.find import record_at
from gatekeeper.journal.layout import segments, streams
from gatekeeper.journal.read import entries
from gatekeeper.journal.record import Position
from tests.support.journal import decision, opened


async def test_every_record_is_found_at_its_place_and_no_other(tmp_path: Path) -> None:
    for start in range(2):
        journal = await opened(tmp_path)
        for n in range(10):
            await journal.append("decision", f"s{start}r{n}", "acme", decision())
        await journal.close()
    assert all(len(segments(stream)) > 1 for stream in streams(tmp_path))
    for entry in entries(tmp_path):
        found = record_at(tmp_path, entry.line.position)
        assert found is not None and found.id == entry.line.id
    last = entry.line.position
    assert record_at(tmp_path, last._replace(seq=last.seq + 1)) is None
    assert record_at(tmp_path, last._replace(seq=0)) is None
    assert record_at(tmp_path, Position("nobody", 1)) is None
