"""Signed heads: what is signed, when, and what of the file is read."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest

from gatekeeper.journal.checkpoints import (
    CheckpointFile,
    checkpoint,
    checkpoint_path,
    checkpoints,
    newest,
    origin,
)
from gatekeeper.journal.disk import Disk
from gatekeeper.journal.layout import streams
from gatekeeper.journal.record import Head, stamp
from gatekeeper.vault.signing import PublicKey
from tests.support.journal import KEYRING, FaultyDisk, decision, now, opened, until

NAME = "000001.host.0.00000000"


def line(seq: int, *, closed: bool = False) -> bytes:
    return checkpoint(KEYRING, NAME, Head(seq, "ab" * 32), now(), closed=closed)


def test_the_signed_text_is_the_documented_six_lines(tmp_path: Path) -> None:
    at = now()
    (tmp_path / "checkpoints.jsonl").write_bytes(
        checkpoint(KEYRING, NAME, Head(7, "ab" * 32), at, closed=False)
    )
    signed = newest(tmp_path)
    assert signed is not None
    text = "\n".join(
        (
            "gatekeeper-checkpoint/v1",
            f"{origin(KEYRING.public_key)}/{NAME}",
            "7",
            "ab" * 32,
            stamp(at),
            "open",
        )
    )
    assert PublicKey(KEYRING.public_key).authentic(b64decode(signed.signature), text.encode())


def test_a_torn_last_line_is_left_out_and_cut_off_before_the_next(tmp_path: Path) -> None:
    path = checkpoint_path(tmp_path)
    path.write_bytes(line(1) + line(2) + line(3)[:50])
    assert [s.checkpoint and s.checkpoint.seq for s in checkpoints(tmp_path)] == [1, 2]
    file = CheckpointFile(tmp_path, Disk())
    file.append(line(4, closed=True))
    file.close()
    assert [s.checkpoint and s.checkpoint.seq for s in checkpoints(tmp_path)] == [1, 2, 4]
    last = newest(tmp_path)
    assert last is not None
    assert last.state == "closed"


def test_after_a_failure_a_fresh_descriptor_begins_where_the_sure_part_ended(
    tmp_path: Path,
) -> None:
    disk = FaultyDisk()
    file = CheckpointFile(tmp_path, disk)
    file.append(line(1))
    disk.fail["sync"] = 1
    with pytest.raises(OSError, match="Input/output"):
        file.append(line(2))
    file.append(line(3))
    file.close()
    assert not disk.reused
    assert [s.checkpoint and s.checkpoint.seq for s in checkpoints(tmp_path)] == [1, 3]


def test_a_line_that_is_no_checkpoint_is_shown_as_such(tmp_path: Path) -> None:
    checkpoint_path(tmp_path).write_bytes(b"rubbish\n" + line(1))
    assert [(s.number, s.checkpoint is None) for s in checkpoints(tmp_path)] == [
        (1, True),
        (2, False),
    ]
    assert newest(tmp_path / "nowhere") is None


async def test_records_are_signed_within_a_second(tmp_path: Path) -> None:
    journal = await opened(tmp_path)
    seq = (await journal.append("decision", "r0", "acme", decision())).seq
    (stream,) = streams(tmp_path)

    def signed() -> bool:
        last = newest(stream)
        return last is not None and last.seq == seq

    await until(signed, timeout_s=1.0)
    await journal.close()
