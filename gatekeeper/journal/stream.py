"""How do records get onto the disk, in order, chained, and never doubted afterwards?

The blocking side of the journal, driven by one thread. After any failed write or sync the
segment is never written again: what it holds beyond the last durable byte is unsure. The next
segment begins with a `stream.suspect` record that says up to where each earlier segment counts,
the chain goes on from the last durable record, and the records in hand are written again there.
Readers and the verifier skip what was cut off; the cut itself is chained and signed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from gatekeeper.journal.checkpoints import CheckpointFile, Signer, checkpoint
from gatekeeper.journal.disk import Disk, write_durably
from gatekeeper.journal.layout import SUSPECT, segment_path
from gatekeeper.journal.record import Head, Record, draft, link

Clock = Callable[[], datetime]


class Stream:
    """One stream's files; every method may raise OSError and may be called again after it."""

    def __init__(self, home: Path, signer: Signer, clock: Clock, disk: Disk, limit: int) -> None:
        self.name = home.name
        self.head = Head()
        self._home = home
        self._signer = signer
        self._clock = clock
        self._disk = disk
        self._limit = limit
        self._fd: int | None = None
        self._number = 0
        self._size = 0
        self._cuts: dict[str, int] = {}
        self._checkpoints = CheckpointFile(home, disk)
        self._proved = self.head

    @property
    def unproved(self) -> bool:
        """Whether records stand beyond the last checkpoint."""
        return self._proved != self.head

    def commit(self, drafts: Sequence[bytes]) -> int:
        """Make the records durable and return the last one's sequence; they are consecutive.

        After a first failure they are written once more, in a new segment; if that fails too the
        OSError is raised, and the next commit opens a new segment again.
        """
        try:
            return self._write(drafts)
        except OSError:
            self._abandon()
        try:
            return self._write(drafts)
        except OSError:
            self._abandon()
            raise

    def checkpoint(self) -> None:
        """Sign the head and write it down."""
        self._sign(closed=False)

    def finish(self) -> None:
        """Sign the head as the stream's end; a stream with an unsure tail is left to recovery."""
        if not self._cuts:
            self._sign(closed=True)

    def _sign(self, *, closed: bool) -> None:
        line = checkpoint(self._signer, self.name, self.head, self._clock(), closed=closed)
        self._checkpoints.append(line)
        self._proved = self.head

    def close(self) -> None:
        """Give the descriptors back."""
        self._checkpoints.close()
        if self._fd is not None:
            self._disk.close(self._fd)
            self._fd = None

    def _write(self, drafts: Sequence[bytes]) -> int:
        if self._fd is None or self._size >= self._limit:
            self._next_segment()
        assert self._fd is not None  # noqa: S101 - narrows the type
        lines, head = link(self.name, self.head, [*self._marker(), *drafts])
        data = b"\n".join(lines) + b"\n"
        write_durably(self._disk, self._fd, data)
        self._size += len(data)
        self.head = head
        self._cuts = {}
        return head.seq

    def _next_segment(self) -> None:
        if self._fd is not None:
            self._disk.close(self._fd)
            self._fd = None
        if self.unproved:
            self.checkpoint()
        self._fd = self._disk.create(segment_path(self._home, self._number + 1))
        self._number += 1
        self._size = 0

    def _abandon(self) -> None:
        """Never touch the current segment again, and remember how much of it is sure."""
        if self._fd is None:
            return
        self._cuts[str(self._number)] = self._size
        fd, self._fd = self._fd, None
        self._disk.close(fd)

    def _marker(self) -> list[bytes]:
        if not self._cuts:
            return []
        return [draft(Record(SUSPECT, self.name, "", {"cuts": self._cuts}), self._clock())]
