"""Is the journal whole and unaltered?

Proved: no retained record up to a stream's last signed checkpoint was changed, removed, added or
moved; no segment is missing; no stream is missing but for the newest ones. Not proved without a
witness elsewhere: that the newest streams, or the records after the last checkpoint (a second at
most while the gate ran), were not cut off by someone who holds the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from gatekeeper.journal.checkpoints import (
    Checkpoint,
    Signed,
    checkpoint_path,
    checkpoints,
    newest,
    origin,
)
from gatekeeper.journal.layout import SUSPECT, Place, Segment, places, segments, streams
from gatekeeper.journal.record import Head, Line, digest, parse

FAULTS_KEPT = 1000
STEP = 1 << 20
"""Bytes between two calls of the progress callback."""


class PublicKey(Protocol):
    """The key that checks the signatures: `vault.signing.PublicKey`."""

    @property
    def raw(self) -> bytes:
        """The 32 bytes."""

    def authentic(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature is true."""


class Remark(NamedTuple):
    """Something at a line of a file."""

    path: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


@dataclass(slots=True)
class Report:
    """What was proved, what is wrong, and what an honest crash left behind."""

    streams: int = 0
    records: int = 0
    fault_count: int = 0
    faults: list[Remark] = field(default_factory=list)
    """The first thousand."""
    notes: list[Remark] = field(default_factory=list)
    """Recovered crashes, unsure tails, streams not closed: shown, and no fault."""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return self.fault_count == 0

    def fault(self, path: Path, line: int, what: str) -> None:
        """Note something that is wrong."""
        self.fault_count += 1
        if len(self.faults) < FAULTS_KEPT:
            self.faults.append(Remark(path, line, what))

    def note(self, path: Path, line: int, what: str) -> None:
        """Note something to know."""
        if len(self.notes) < FAULTS_KEPT:
            self.notes.append(Remark(path, line, what))


def verify(
    folder: Path, public_key: PublicKey, progress: Callable[[int], None] | None = None
) -> Report:
    """Check every stream; `progress` is told the bytes read since its last call."""
    report = Report()
    ends: dict[str, Head] = {}
    for stream in streams(folder):
        walk = _Walk(stream, public_key, report, ends)
        walk.run(progress or (lambda _: None))
        ends[stream.name] = walk.head
        report.streams += 1
    return report


class _Walk:
    """One stream, from its first line to its last, beside its checkpoints."""

    def __init__(self, stream: Path, key: PublicKey, report: Report, ends: dict[str, Head]) -> None:
        self.head = Head()
        self._stream = stream
        self._name = stream.name
        self._key = key
        self._report = report
        self._ends = ends
        self._origin = origin(key.raw)
        self._last_segment = 0
        self._last = newest(stream)
        self._checkpoints = self._authentic(checkpoints(stream))
        self._due = next(self._checkpoints, None)
        self._at = (stream, 0)

    def run(self, progress: Callable[[int], None]) -> None:
        unreported = 0
        for segment in segments(self._stream):
            self._expect_segment(segment)
            for place in places(segment):
                self._check(place, segment)
                unreported += len(place.raw) + 1
                if unreported >= STEP:
                    progress(unreported)
                    unreported = 0
            self._last_segment = segment.number
        progress(unreported)
        self._finish()

    def _expect_segment(self, segment: Segment) -> None:
        for missing in range(self._last_segment + 1, segment.number):
            self._report.fault(segment.path, 1, f"segment {missing:06d} before it is missing")

    def _check(self, place: Place, segment: Segment) -> None:
        self._at = (place.path, place.number)
        if not place.whole:
            self._torn(segment)
            return
        line = parse(place.raw)
        if line is None:
            self._wrong("not a record")
            return
        self._report.records += 1
        if (line.seq, line.prev, line.stream) != (self.head.seq + 1, self.head.hash, self._name):
            self._unchained(line)
        self.head = Head(line.seq, digest(place.raw))
        if self._due is not None and self._due.seq <= self.head.seq:
            self._proved()
        if line.kind in _CLAIMS:
            _CLAIMS[line.kind](self, line)

    def _unchained(self, line: Line) -> None:
        if line.stream != self._name:
            self._wrong(f"a record of stream {line.stream}")
        if line.seq != self.head.seq + 1:
            self._wrong(f"sequence {line.seq} follows {self.head.seq}")
        elif line.prev != self.head.hash:
            self._wrong("the line before is not the one that this line was chained to")

    def _proved(self) -> None:
        """Compare with the checkpoints that speak of this head, or of ones passed over."""
        while self._due is not None and self._due.seq <= self.head.seq:
            due, self._due = self._due, next(self._checkpoints, None)
            if due.seq == self.head.seq and due.head != self.head.hash:
                self._wrong("not the line that the signed checkpoint covers")
            elif due.seq < self.head.seq and due.seq:
                self._wrong(f"the signed record {due.seq} is not in its place")

    def _torn(self, segment: Segment) -> None:
        last = segments(self._stream)[-1].number
        if segment.number == last and not self._closed():
            self._report.note(*self._at, "a torn last line: being written, or cut by a crash")
        else:
            self._wrong("a torn line")

    def _closed(self) -> bool:
        return self._last is not None and self._last.state == "closed"

    def _finish(self) -> None:
        for due in self._rest():
            if due.seq > self.head.seq:
                self._wrong(f"records {self.head.seq + 1} to {due.seq} were signed and are gone")
                break
        if self._last is None or self._last.state != "closed":
            self._report.note(*self._at, "not closed: in use, or ended by a crash")
        elif self._last.seq != self.head.seq:
            self._wrong(f"the stream was closed at record {self._last.seq}")

    def _rest(self) -> Iterator[Checkpoint]:
        if self._due is not None:
            yield self._due
        yield from self._checkpoints

    def _authentic(self, found: Iterator[Signed]) -> Iterator[Checkpoint]:
        """Checkpoints with true signatures, in order; every other one is a fault."""
        path, before = checkpoint_path(self._stream), 0
        for number, checkpoint in found:
            if checkpoint is None:
                self._report.fault(path, number, "not a checkpoint")
            elif (checkpoint.origin, checkpoint.stream) != (self._origin, self._name):
                self._report.fault(path, number, "signed by another key, or for another stream")
            elif not self._key.authentic(checkpoint.signature_bytes, checkpoint.text):
                self._report.fault(path, number, "bad signature")
            elif checkpoint.seq < before:
                self._report.fault(path, number, "checkpoints are out of order")
            else:
                before = checkpoint.seq
                yield checkpoint

    def _predecessors(self, line: Line) -> None:
        for claim in line.content.get("previous", ()):
            self._ends_as(claim["stream"], Head(claim["seq"], claim["head"]))

    def _recovery(self, line: Line) -> None:
        body = line.content
        self._report.note(*self._at, f"{body['stream']} recovered, {body['dropped']} bytes torn")
        self._ends_as(body["stream"], Head(body["seq"], body["head"]))

    def _unsure(self, line: Line) -> None:
        cuts = ", ".join(f"{int(n):06d}" for n in line.content.get("cuts", {}))
        self._report.note(*self._at, f"a failed write: segment {cuts} counts only in part")

    def _ends_as(self, stream: str, head: Head) -> None:
        end = self._ends.get(stream)
        if end is None:
            self._wrong(f"stream {stream} is missing")
        elif end != head:
            self._wrong(f"stream {stream} ends at record {end.seq}, not as it did: {head.seq}")

    def _wrong(self, what: str) -> None:
        self._report.fault(*self._at, what)


_CLAIMS: dict[str, Callable[[_Walk, Line], None]] = {
    "stream.opened": _Walk._predecessors,
    "recovery": _Walk._recovery,
    SUSPECT: _Walk._unsure,
}
"""What a record says about other records."""
