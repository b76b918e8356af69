"""After a crash: what is torn is set aside and named, what was answered stays."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from gatekeeper.journal.checkpoints import newest
from gatekeeper.journal.disk import Disk
from gatekeeper.journal.layout import segment_path, streams
from gatekeeper.journal.read import entries
from gatekeeper.journal.recovery import recover, unfinished
from tests.support.journal import FaultyDisk, decision, ids, opened, proved


@pytest.fixture
async def crashed(tmp_path: Path) -> Path:
    """The files of a gate that was killed after three decisions."""
    journal = await opened(tmp_path / "run")
    for n in range(3):
        await journal.append("decision", f"r{n}", "acme", decision())
    shutil.copytree(tmp_path / "run", tmp_path / "image")
    await journal.close()
    return tmp_path / "image"


def last_segment(folder: Path) -> Path:
    return segment_path(streams(folder)[0], 1)


async def test_a_whole_tail_is_kept_and_the_next_stream_says_where_it_ends(crashed: Path) -> None:
    journal = await opened(crashed)
    await journal.close()
    (recovery,) = journal.recovered
    assert (recovery.head.seq, recovery.torn) == (4, ())
    assert ids(crashed) == ["r0", "r1", "r2"]
    report = proved(crashed)
    assert report.ok
    assert [note.what for note in report.notes] == [
        f"{recovery.stream.name} recovered, 0 bytes torn"
    ]


@pytest.mark.parametrize(
    "tail",
    [b'{"v":1,"stream":"00', b"\0" * 100, b"\0" * 100 + b"\n", b"rubbish\nrubbish\n", b"\n"],
)
async def test_a_torn_tail_is_set_aside_and_named(crashed: Path, tail: bytes) -> None:
    path = last_segment(crashed)
    path.write_bytes(path.read_bytes() + tail)
    await (await opened(crashed)).close()
    assert path.with_suffix(".torn").read_bytes() == tail
    (record,) = [entry.line.content for entry in entries(crashed) if entry.line.kind == "recovery"]
    assert (record["dropped"], record["seq"]) == (len(tail), 4)
    assert record["torn"][0]["sha256"] == sha256(tail).hexdigest()
    assert ids(crashed) == ["r0", "r1", "r2"]
    assert proved(crashed).ok


async def test_a_lost_page_before_a_surviving_one_is_torn_too(crashed: Path) -> None:
    """Power loss may keep a later page of an unsynced batch and lose an earlier one."""
    path = last_segment(crashed)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join((*lines[:2], b"\0" * len(lines[2]), lines[3])))
    await (await opened(crashed)).close()
    assert ids(crashed) == ["r0"]
    assert proved(crashed).ok


async def test_damage_before_a_signed_checkpoint_is_left_for_the_verifier(tmp_path: Path) -> None:
    journal = await opened(tmp_path)
    for n in range(3):
        await journal.append("decision", f"r{n}", "acme", decision())
    await journal.close()
    path = segment_path(streams(tmp_path)[0], 1)
    path.write_bytes(path.read_bytes().replace(b'"id":"r1"', b'"id":"rX"'))
    assert recover(streams(tmp_path)[0], Disk()).torn == ()
    assert not proved(tmp_path).ok


async def test_recovering_twice_is_recovering_once(crashed: Path) -> None:
    path = last_segment(crashed)
    path.write_bytes(path.read_bytes() + b"torn")
    first = recover(streams(crashed)[0], Disk())
    second = recover(streams(crashed)[0], Disk())
    assert (first.head, len(first.torn), second.torn) == (second.head, 1, ())


async def test_a_stream_that_never_got_a_record_is_recovered_as_empty(crashed: Path) -> None:
    last_segment(crashed).write_bytes(b"")
    (stream,) = streams(crashed)
    (stream / "checkpoints.jsonl").unlink()
    await (await opened(crashed)).close()
    assert proved(crashed).ok


async def test_a_segment_torn_before_its_first_line_leaves_the_one_before_whole(
    tmp_path: Path,
) -> None:
    """A crash right after a failed write: the replacing segment holds half a line."""
    disk = FaultyDisk()
    journal = await opened(tmp_path / "run", disk=disk)
    await journal.append("decision", "r0", "acme", decision())
    disk.fail["sync"] = 1
    await journal.append("decision", "r1", "acme", decision())
    image = tmp_path / "image"
    shutil.copytree(tmp_path / "run", image)
    await journal.close()
    second = segment_path(streams(image)[0], 2)
    second.write_bytes(second.read_bytes()[:40])
    (streams(image)[0] / "checkpoints.jsonl").write_bytes(b"")
    await (await opened(image)).close()
    assert ids(image) == ["r0", "r1"]
    assert proved(image).ok


async def test_a_recovered_stream_is_closed_and_not_recovered_again(crashed: Path) -> None:
    await (await opened(crashed)).close()
    assert list(unfinished(crashed)) == []
    last = newest(streams(crashed)[0])
    assert last is not None
    assert last.state == "closed"
    journal = await opened(crashed)
    await journal.close()
    assert journal.recovered == ()
