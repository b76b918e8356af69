"""What happens on the disk before the first record of a start can be written?

Take the lock, recover what a crash left, begin a new stream whose first record names the end of
the stream before it: so the streams of an installation form one list with no link missing.
"""

from __future__ import annotations

import os
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

from gatekeeper.journal import recovery
from gatekeeper.journal.checkpoints import Signer, newest, origin
from gatekeeper.journal.disk import Disk
from gatekeeper.journal.layout import stream_name, streams
from gatekeeper.journal.lock import hold
from gatekeeper.journal.record import Head, Record, draft
from gatekeeper.journal.recovery import Recovery
from gatekeeper.journal.reserve import Reserve
from gatekeeper.journal.stream import Clock, Stream

WORKER = "0"


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes and times of the writing side."""

    segment_bytes: int = 64 << 20
    """A segment that has reached this size is followed by a new one."""
    reserve_bytes: int = 8 << 20
    """Ballast, and the free space below which new decisions are refused; 0 for none."""
    waiting: int = 20_000
    """So many records may wait for the disk; more are refused."""
    linger_s: float = 0.005
    """How long records that nobody waits for may wait for company."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A folder ready for writing."""

    stream: Stream
    reserve: Reserve
    recovered: tuple[Recovery, ...]
    lock: int


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a journal is written, by whom, by which clock, on which disk."""

    folder: Path
    signer: Signer
    clock: Clock
    limits: Limits = Limits()
    disk: Disk = Disk()


def prepare(ground: Ground) -> Opened:
    """Make the folder ready; JournalError if another gate holds it, OSError from the disk."""
    ground.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = hold(ground.folder)
    try:
        reserve = Reserve(ground.folder, ground.limits.reserve_bytes, ground.disk)
        reserve.check()
        return _begin(ground, reserve, lock)
    except BaseException:
        os.close(lock)
        raise


def _begin(ground: Ground, reserve: Reserve, lock: int) -> Opened:
    before = streams(ground.folder)
    crashed = recovery.unfinished(ground.folder)
    recovered = tuple(recovery.recover(stream, ground.disk) for stream in crashed)
    stream = _create(ground, before)
    opened = Record("stream.opened", stream.name, "", _greeting(ground, before, recovered))
    now = ground.clock()
    stream.commit([draft(record, now) for record in (opened, *(r.record for r in recovered))])
    stream.checkpoint()
    for each in recovered:
        recovery.seal(each, ground.signer, ground.clock, ground.disk)
    return Opened(stream, reserve, recovered, lock)


def _create(ground: Ground, before: list[Path]) -> Stream:
    ordinal = int(before[-1].name[:6]) + 1 if before else 1
    name = stream_name(ordinal, socket.gethostname(), WORKER, secrets.token_hex(4))
    home = ground.folder / "streams" / name
    home.mkdir(mode=0o700, parents=True)
    ground.disk.sync_folder(home.parent)
    ground.disk.sync_folder(ground.folder)
    return Stream(home, ground.signer, ground.clock, ground.disk, ground.limits.segment_bytes)


def _greeting(
    ground: Ground, before: list[Path], recovered: tuple[Recovery, ...]
) -> dict[str, object]:
    ends = {each.stream: each.head for each in recovered}
    previous = [(path, ends.get(path) or _closed(path)) for path in before[-1:]]
    return {
        "origin": origin(ground.signer.public_key),
        "previous": [
            {"stream": path.name, "seq": head.seq, "head": head.hash} for path, head in previous
        ],
    }


def _closed(stream: Path) -> Head:
    last = newest(stream)
    return Head(last.seq, last.head) if last else Head()
