"""The files of the journal: names, order, and what counts of each."""

from __future__ import annotations

from pathlib import Path

from gatekeeper.journal.layout import (
    Segment,
    places,
    segment_path,
    segments,
    stream_name,
    streams,
)
from gatekeeper.journal.record import MAX_LINE
from tests.support.journal import FaultyDisk, decision, opened


def test_stream_names_are_safe_whatever_the_host_is_called() -> None:
    assert stream_name(7, 'Web_01."x"/..', "0", "9f3a21c4") == "000007.web-01-x.0.9f3a21c4"
    assert stream_name(7, "ホスト", "0", "9f3a21c4") == "000007.host.0.9f3a21c4"


def test_streams_are_listed_in_order_and_strangers_are_not(tmp_path: Path) -> None:
    names = [stream_name(n, "host", "0", "9f3a21c4") for n in (1, 2, 10)]
    for name in (*reversed(names), "lost+found", "000003"):
        (tmp_path / "streams" / name).mkdir(parents=True)
    assert [path.name for path in streams(tmp_path)] == names
    assert streams(tmp_path / "nowhere") == []


def test_places_tell_line_offset_and_whether_the_line_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "000001.jsonl"
    path.write_bytes(b"one\n\nthree")
    found = [(p.number, p.start, p.raw, p.whole) for p in places(Segment(path, 1))]
    assert found == [(1, 0, b"one", True), (2, 4, b"", True), (3, 5, b"three", False)]
    assert [p.raw for p in places(Segment(path, 1, keep=4))] == [b"one"]
    assert [p.raw for p in places(Segment(path, 1), 5)] == [b"three"]


def test_a_line_without_end_is_read_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "000001.jsonl"
    path.write_bytes(b"x" * (2 * MAX_LINE))
    assert max(len(p.raw) for p in places(Segment(path, 1))) == MAX_LINE + 1
    assert not any(p.whole for p in places(Segment(path, 1)))


async def test_after_a_failed_write_only_the_sure_part_of_its_segment_counts(
    tmp_path: Path,
) -> None:
    disk = FaultyDisk()
    journal = await opened(tmp_path, disk=disk)
    sure = segment_path(tmp_path / "streams" / journal.stream, 1).stat().st_size
    disk.fail["sync"] = 1
    await journal.append("decision", "r0", "acme", decision())
    await journal.close()
    (stream,) = streams(tmp_path)
    first, second = segments(stream)
    assert (first.keep, second.keep) == (sure, None)
    assert first.path.stat().st_size > sure
