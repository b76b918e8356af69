"""Which thread waits for the disk, so that the event loop never does?

One thread, one batch at a time: everything that came in while a batch was being synced forms
the next one (group commit).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from errno import EDQUOT, ENOSPC
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import NamedTuple

from gatekeeper.journal.reserve import Reserve
from gatekeeper.journal.stream import Stream

PERIOD_S = 0.5
"""Between two checkpoints, and two looks at the free space: half of the second promised."""


class Committed(NamedTuple):
    """What became of a batch: the last record's sequence, or the error."""

    last: int = 0
    error: str | None = None


class Committer:
    """Drives one stream; `report` is called from its thread, once for each batch."""

    def __init__(
        self, stream: Stream, reserve: Reserve, report: Callable[[Committed], None]
    ) -> None:
        self._stream = stream
        self._reserve = reserve
        self._report = report
        self._queue: SimpleQueue[Sequence[bytes] | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name=f"journal {stream.name}", daemon=True)
        self._due = monotonic() + PERIOD_S
        self.trouble: str | None = None
        """Why the newest checkpoint could not be written, None if it was."""

    def start(self) -> None:
        """Begin to take batches."""
        self._thread.start()

    def submit(self, drafts: Sequence[bytes]) -> None:
        """Hand over the next batch; its outcome is reported."""
        self._queue.put(drafts)

    def stop(self, timeout_s: float) -> bool:
        """After the batches handed over: a closing checkpoint, and the files are closed.

        Blocks; False if the disk has not let it finish in time.
        """
        self._queue.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            while (batch := self._take()) is not None:
                if batch:
                    self._report(self._commit(batch))
                if monotonic() >= self._due:
                    self._tick(closed=False)
            self._tick(closed=True)
        finally:
            self._stream.close()
            self._report(Committed(error="its writer has stopped"))

    def _take(self) -> Sequence[bytes] | None:
        try:
            return self._queue.get(timeout=max(0.0, self._due - monotonic()))
        except Empty:
            return ()

    def _commit(self, drafts: Sequence[bytes]) -> Committed:
        try:
            return Committed(self._stream.commit(drafts))
        except OSError as error:
            if error.errno not in (ENOSPC, EDQUOT) or not self._reserve.release():
                return Committed(error=_words(error))
        self._reserve.check()
        try:
            return Committed(self._stream.commit(drafts))
        except OSError as error:
            return Committed(error=_words(error))

    def _tick(self, *, closed: bool) -> None:
        self._due = monotonic() + PERIOD_S
        self._reserve.check()
        try:
            if closed:
                self._stream.finish()
            elif self._stream.unproved:
                self._stream.checkpoint()
            self.trouble = None
        except OSError as error:
            self.trouble = f"no checkpoint: {_words(error)}"


def _words(error: OSError) -> str:
    return error.strerror or type(error).__name__
