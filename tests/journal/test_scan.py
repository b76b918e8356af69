"""Is every line that holds a word found, whatever lies between and wherever a block ends?"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from gatekeeper.errors import JournalError
from gatekeeper.journal import scan
from gatekeeper.journal.layout import segments, streams
from gatekeeper.journal.read import entries
from gatekeeper.journal.scan import Scan, blocks, spans
from tests.support.journal import decision, opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("journal")
    asyncio.run(written(folder))
    asyncio.run(written(folder))
    return folder


async def written(folder: Path) -> None:
    journal = await opened(folder)
    for n in range(60):
        await journal.append("decision", f"r{n}", "acme", decision(why=f"word{n % 7}"))
        await journal.append("outcome", f"r{n}", "acme", {"end": "sent", "status": 201})
    await journal.close()


@pytest.mark.parametrize("block", [64, 1000, 4096, 1 << 20])
def test_it_finds_what_reading_every_line_finds(
    folder: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(scan, "BLOCK", block)
    words = [b'"word3"', b'"word5"', b"nowhere"]
    everything = [entry.line for entry in entries(folder)]
    wanted = [line for line in everything if line.content.get("why") in ("word3", "word5")]
    assert [line.position for line in Scan(folder, words).lines()] == [
        line.position for line in wanted
    ]
    assert len(wanted) == 34


def test_the_outcome_of_a_request_is_found_once_somebody_awaits_it(folder: Path) -> None:
    walk = Scan(folder, [b'"why":"word3"'])
    found: list[tuple[str, str]] = []
    for line in walk.lines():
        if line.kind == "decision":
            walk.awaited.add(line.id)
        found.append((line.kind, line.id))
    decided = [id_ for kind, id_ in found if kind == "decision"]
    assert sorted(decided) == sorted(id_ for kind, id_ in found if kind == "outcome")
    assert walk.awaited == set()


def test_older_streams_are_left_out(folder: Path) -> None:
    newer = streams(folder)[1].name
    found = list(Scan(folder, [b'"word3"'], newer).lines())
    assert {line.stream for line in found} == {newer}
    assert len(found) * 2 == len(list(Scan(folder, [b'"word3"']).lines()))


def test_every_byte_is_told_of(folder: Path) -> None:
    told: list[int] = []
    list(Scan(folder, [b"nowhere"], advance=told.append).lines())
    sizes = (s.path.stat().st_size for stream in streams(folder) for s in segments(stream))
    assert sum(told) == sum(sizes)


def test_a_torn_last_line_is_left_out_and_a_damaged_one_is_told(tmp_path: Path) -> None:
    home = tmp_path / "streams" / "000001.host.0.00000000"
    home.mkdir(parents=True)
    (home / "000001.jsonl").write_bytes(b'{"v":1,"word3"\n{"torn":"word3"')
    with pytest.raises(JournalError, match="audit verify"):
        list(Scan(tmp_path, [b"word3"]).lines())
    damaged: list[Path] = []
    walk = Scan(tmp_path, [b"word3"], damaged=lambda path, _: damaged.append(path))
    assert list(walk.lines()) == [] and len(damaged) == 1


def test_what_was_cut_off_by_a_recovery_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"one\ntwo\nthree\n")
    assert list(blocks(path, 8)) == [(0, b"one\ntwo\n")]
    assert spans(b"one\ntwo\nthree\n", [b"t", b"o"]) == [(0, 3), (4, 7), (8, 13)]
