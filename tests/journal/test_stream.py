"""The blocking side: segments, rotation, and what follows a failed write."""

from __future__ import annotations

import resource
import shutil
from pathlib import Path

import pytest

from gatekeeper.journal.checkpoints import checkpoints, newest
from gatekeeper.journal.disk import Disk
from gatekeeper.journal.layout import segments
from gatekeeper.journal.read import entries_of
from gatekeeper.journal.record import Record, draft
from gatekeeper.journal.stream import Stream
from gatekeeper.journal.verify import Report
from tests.support.journal import KEYRING, FaultyDisk, now, proved

DRAFT = draft(Record("decision", "r", "acme", {}), now())


@pytest.fixture
def disk() -> FaultyDisk:
    return FaultyDisk()


@pytest.fixture
def stream(tmp_path: Path, disk: FaultyDisk) -> Stream:
    home = tmp_path / "000001.host.0.00000000"
    home.mkdir()
    return Stream(home, KEYRING, now, disk, 1000)


def kinds(home: Path) -> list[list[str]]:
    return [[entry.line.kind for entry in entries_of(segment)] for segment in segments(home)]


def proved_stream(home: Path) -> Report:
    """Verify a folder that holds this stream alone."""
    folder = home.parent / "folder"
    shutil.copytree(home, folder / "streams" / home.name)
    return proved(folder)


def test_a_full_segment_is_signed_and_followed_by_the_next(stream: Stream, tmp_path: Path) -> None:
    for _ in range(12):
        stream.commit([DRAFT])
    home = tmp_path / stream.name
    assert kinds(home) == [["decision"] * 5, ["decision"] * 5, ["decision"] * 2]
    assert [s.checkpoint and s.checkpoint.seq for s in checkpoints(home)] == [5, 10]
    stream.close()


def test_the_last_sequence_is_answered(stream: Stream) -> None:
    assert stream.commit([DRAFT]) == 1
    assert stream.commit([DRAFT, DRAFT]) == 3
    assert stream.unproved
    stream.checkpoint()
    assert not stream.unproved
    stream.close()


@pytest.mark.parametrize("call", ["create", "write", "sync"])
def test_a_second_failure_is_raised_and_a_later_commit_goes_on(
    stream: Stream, disk: FaultyDisk, tmp_path: Path, call: str
) -> None:
    stream.commit([DRAFT])
    disk.fail["write"] = 1
    disk.fail[call] += 1
    with pytest.raises(OSError, match="Input/output"):
        stream.commit([DRAFT])
    assert stream.head.seq == 1
    assert stream.commit([DRAFT, DRAFT]) == 4
    stream.close()
    seen = [kind for segment in kinds(tmp_path / stream.name) for kind in segment]
    assert seen == ["decision", "stream.suspect", "decision", "decision"]
    assert not disk.reused


def test_a_stream_with_an_unsure_tail_is_not_closed(
    stream: Stream, disk: FaultyDisk, tmp_path: Path
) -> None:
    stream.commit([DRAFT])
    disk.fail["sync"] = 2
    with pytest.raises(OSError, match="Input/output"):
        stream.commit([DRAFT])
    stream.finish()
    last = newest(tmp_path / stream.name)
    assert last is not None
    assert (last.state, last.seq) == ("open", 1)
    stream.commit([DRAFT])
    stream.finish()
    last = newest(tmp_path / stream.name)
    assert last is not None
    assert (last.state, last.seq) == ("closed", 3)
    stream.close()


def test_a_limit_of_the_real_system_is_met_with_short_writes_and_new_segments(
    tmp_path: Path,
) -> None:
    """RLIMIT_FSIZE: the write that crosses it is short, the next one fails (setrlimit(2))."""
    home = tmp_path / "000001.host.0.00000000"
    home.mkdir()
    stream = Stream(home, KEYRING, now, Disk(), 1 << 20)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        for _ in range(100):
            stream.commit([DRAFT])
        stream.finish()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        stream.close()
    assert sum(segment.count("decision") for segment in kinds(home)) == 100
    assert len(kinds(home)) > 2
    report = proved_stream(home)
    assert report.ok, report.faults
