"""What did a crash leave behind, and what of it counts?

A stream whose newest checkpoint is not a closed one was ended by a crash. Its tail may be torn:
a partial line, or pages that never reached the disk. Such bytes were never acknowledged; they
are set aside in a `.torn` file and named in a `recovery` record of the next stream. A break at
or before a signed checkpoint is no crash but damage: it is left in place for the verifier.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from gatekeeper.journal.checkpoints import CheckpointFile, Signer, checkpoint, newest
from gatekeeper.journal.disk import Disk, write_durably
from gatekeeper.journal.layout import Segment, places, segments, streams
from gatekeeper.journal.record import Head, Record, digest, parse
from gatekeeper.journal.stream import Clock


class Torn(NamedTuple):
    """Bytes cut off one segment."""

    segment: str
    bytes: int
    sha256: str
    aside: str
    """The file that holds them now."""


class Recovery(NamedTuple):
    """How a stream that was not closed ends from now on."""

    stream: Path
    head: Head
    torn: tuple[Torn, ...]

    @property
    def record(self) -> Record:
        """What the next stream says of it."""
        body = {
            "stream": self.stream.name,
            "seq": self.head.seq,
            "head": self.head.hash,
            "dropped": sum(torn.bytes for torn in self.torn),
            "torn": [torn._asdict() for torn in self.torn],
        }
        return Record("recovery", self.stream.name, "", body)


def unfinished(folder: Path) -> Iterator[Path]:
    """The streams that nobody closed, oldest first."""
    for stream in streams(folder):
        last = newest(stream)
        if last is None or last.state != "closed":
            yield stream


def recover(stream: Path, disk: Disk) -> Recovery:
    """Set a torn tail aside and tell where the stream ends; repeating it changes nothing."""
    last = newest(stream)
    proved = last.seq if last else 0
    torn: list[Torn] = []
    for segment in reversed(segments(stream)):
        size, head = _sound(segment, proved)
        if cut := _set_aside(segment, size, disk):
            torn.append(cut)
        if head is not None:
            return Recovery(stream, head, tuple(torn))
    return Recovery(stream, Head(), tuple(torn))


def seal(recovery: Recovery, signer: Signer, clock: Clock, disk: Disk) -> None:
    """Close the stream with a signed checkpoint, once its recovery is on record."""
    name = recovery.stream.name
    file = CheckpointFile(recovery.stream, disk)
    try:
        file.append(checkpoint(signer, name, recovery.head, clock(), closed=True))
    finally:
        file.close()


def _sound(segment: Segment, proved: int) -> tuple[int, Head | None]:
    """Size up to the torn tail, and the last whole record before it."""
    size, head = 0, None
    for place in places(segment):
        line = parse(place.raw) if place.whole else None
        follows = line is not None and (
            head is None or (line.seq == head.seq + 1 and line.prev == head.hash)
        )
        if not follows and (head is None or head.seq >= proved):
            break
        if line is not None:
            head = Head(line.seq, digest(place.raw))
        size = place.start + len(place.raw) + 1
    return size, head


def _set_aside(segment: Segment, size: int, disk: Disk) -> Torn | None:
    if segment.keep is not None:
        return None
    with segment.path.open("rb") as file:
        file.seek(size)
        tail = file.read()
    aside = segment.path.with_suffix(".torn")
    fd = disk.reopen(segment.path)
    try:
        if tail:
            _keep(aside, tail, disk)
            disk.truncate(fd, size)
        disk.sync(fd)
    finally:
        disk.close(fd)
    if not tail:
        return None
    return Torn(segment.path.name, len(tail), sha256(tail).hexdigest(), aside.name)


def _keep(aside: Path, tail: bytes, disk: Disk) -> None:
    fd = disk.reopen(aside)
    try:
        disk.truncate(fd, 0)
        write_durably(disk, fd, tail)
        disk.sync_folder(aside.parent)
    finally:
        disk.close(fd)
