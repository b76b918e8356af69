"""How does the gate record something, and know that it is durable?

`append` returns when the record is on stable storage, or raises DependencyUnavailable. After a
timeout or a failure the record may still turn out to be durable: a decision without a send is
harmless, so callers treat every error as "not recorded" and do not send.
"""

from __future__ import annotations

import asyncio
import os
from asyncio import Future
from collections.abc import Iterable, Mapping
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

from gatekeeper.errors import DependencyUnavailable, JournalError
from gatekeeper.journal.checkpoints import Signer
from gatekeeper.journal.committer import Committed, Committer
from gatekeeper.journal.disk import Disk
from gatekeeper.journal.opening import Ground, Limits, Opened, prepare
from gatekeeper.journal.record import Position, Record, draft
from gatekeeper.journal.recovery import Recovery
from gatekeeper.journal.stream import Clock

DEFAULT_LIMITS = Limits()
REAL_DISK = Disk()
PROBE_FIRST_S = 0.5
PROBE_LAST_S = 30.0
STOP_S = 10.0
SWEEP_S = 0.02
"""How often deadlines are looked at: an append may overstay its own by this much."""


class _Waiting(NamedTuple):
    drafts: list[bytes]
    done: Future[Position]
    due: float
    """The loop's time at which its caller gives up; infinite for what nobody waits for."""


class Journal:
    """The writing side of the audit log for one event loop; made by `Journal.open`."""

    def __init__(self, opened: Opened, ground: Ground, timeout_s: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._opened = opened
        self._clock = ground.clock
        self._limits = ground.limits
        self._timeout_s = timeout_s
        self._committer = Committer(opened.stream, opened.reserve, self._report)
        self._pending: list[_Waiting] = []
        self._in_flight: list[_Waiting] = []
        self._handed_over_at = 0.0
        self._waiting = 0
        self._failure: str | None = None
        self._probe_s = PROBE_FIRST_S
        self._lost = False
        self.settled = False
        """Set it once every send of earlier streams has its outcome on record. The stream then
        closes as settled (unless an outcome was lost), and a later start looks no further back."""
        self._closing = False
        self._timer: asyncio.Handle | None = None
        self._called = False
        """Whether the pending records are handed over at the end of this turn of the loop."""
        self._sweeper: asyncio.Handle | None = None

    @classmethod
    async def open(
        cls,
        folder: Path,
        signer: Signer,
        *,
        clock: Clock,
        timeout_s: float = 1.0,
        limits: Limits = DEFAULT_LIMITS,
        disk: Disk = REAL_DISK,
    ) -> Journal:
        """Begin a new stream in `folder`, after recovering what a crash left there.

        JournalError if another gate writes there, DependencyUnavailable if the disk fails.
        """
        ground = Ground(folder, signer, clock, limits, disk)
        try:
            opened = await asyncio.to_thread(prepare, ground)
        except OSError as error:
            raise DependencyUnavailable("journal", error.strerror or "disk error") from error
        journal = cls(opened, ground, timeout_s)
        journal._committer.start()
        return journal

    @property
    def stream(self) -> str:
        """The name of this start's stream."""
        return self._opened.stream.name

    @property
    def recovered(self) -> tuple[Recovery, ...]:
        """What earlier crashes left, as found at this start."""
        return self._opened.recovered

    @property
    def healthy(self) -> bool:
        """Whether a decision can be recorded now."""
        return self._refusal() is None

    @property
    def last_error(self) -> str | None:
        """Why not, or which lesser trouble there is; None if all is well."""
        return self._refusal() or self._committer.trouble

    async def append(
        self, kind: str, record_id: str, tenant: str, body: Mapping[str, Any]
    ) -> Position:
        """Record one thing, durable on return."""
        part = draft(Record(kind, record_id, tenant, body), self._clock())
        return await self._durable([part])

    async def append_all(self, records: Iterable[Record]) -> Position:
        """Record several things next to one another, durable on return: the last one's place.

        A crash may leave the first of them alone; begin and end markers are the caller's.
        """
        now = self._clock()
        drafts = [draft(record, now) for record in records]
        if not drafts:
            raise JournalError("there is nothing to record")
        return await self._durable(drafts)

    def append_soon(
        self, kind: str, record_id: str, tenant: str, body: Mapping[str, Any]
    ) -> Future[Position]:
        """Record what has happened already, without waiting; also on the last reserve of disk.

        If it is lost, the decision stays an open intent, and the next start marks it unknown.
        """
        part = draft(Record(kind, record_id, tenant, body), self._clock())
        if self._failure is not None:
            return self._refused(self._failure)
        return self._enqueue([part], self._limits.linger_s)

    async def probe(self) -> bool:
        """Try to write in a new segment after a failure; whether the journal is well now."""
        try:
            await self._awaited([self._probe_draft()])
        except DependencyUnavailable:
            return False
        return self.healthy

    async def close(self) -> None:
        """Write the last record and a closing checkpoint; call it when no send is under way."""
        if self._closing:
            return
        body = {"settled": self.settled and not self._lost}
        done = self._enqueue([self._own_draft("stream.closed", body)], linger_s=0.0)
        self._closing = True
        await asyncio.wait([done], timeout=self._timeout_s)
        if not await asyncio.to_thread(self._committer.stop, STOP_S):
            raise DependencyUnavailable("journal", "the disk does not let it close")
        os.close(self._opened.lock)

    def _refusal(self) -> str | None:
        if self._closing:
            return "it is closed"
        if self._failure is not None:
            return self._failure
        if self._opened.reserve.low:
            return "the disk is nearly full"
        if self._in_flight and self._loop.time() - self._handed_over_at > self._timeout_s:
            return "the disk does not answer"
        return None

    def _durable(self, drafts: list[bytes]) -> Future[Position]:
        if (refusal := self._refusal()) is not None:
            raise DependencyUnavailable("journal", refusal)
        return self._awaited(drafts)

    def _awaited(self, drafts: list[bytes]) -> Future[Position]:
        """Enqueue what somebody waits for, but not longer than the time-out."""
        if self._sweeper is None:
            self._sweeper = self._loop.call_later(SWEEP_S, self._sweep)
        return self._enqueue(drafts, linger_s=0.0, due=self._loop.time() + self._timeout_s)

    def _sweep(self) -> None:
        self._sweeper = None
        now = self._loop.time()
        open_ = [each for each in (*self._in_flight, *self._pending) if not each.done.done()]
        for each in open_:
            if each.due <= now:
                _fail(each.done, "not durable in time")
        if open_:
            self._sweeper = self._loop.call_later(SWEEP_S, self._sweep)

    def _own_draft(self, kind: str, body: Mapping[str, Any]) -> bytes:
        return draft(Record(kind, self.stream, "", body), self._clock())

    def _probe_draft(self) -> bytes:
        return self._own_draft("stream.probe", {"after": self._failure})

    def _enqueue(self, drafts: list[bytes], linger_s: float, due: float = inf) -> Future[Position]:
        if self._closing:
            return self._refused("it is closed")
        if self._waiting + len(drafts) > self._limits.waiting:
            return self._refused("too many records wait for the disk")
        done: Future[Position] = self._loop.create_future()
        self._pending.append(_Waiting(drafts, done, due))
        self._waiting += len(drafts)
        self._schedule(linger_s)
        return done

    def _refused(self, message: str) -> Future[Position]:
        """What may be an outcome is lost: its intent stays open, the stream is not settled."""
        self._lost = True
        done: Future[Position] = self._loop.create_future()
        _fail(done, message)
        return done

    def _schedule(self, linger_s: float) -> None:
        """Hand the pending records over soon; while a batch is in flight its end will do it."""
        if self._in_flight:
            return
        if linger_s and self._timer is None:
            self._timer = self._loop.call_later(linger_s, self._hand_over)
        elif not linger_s and not self._called:
            self._called = True
            self._loop.call_soon(self._hand_over)

    def _hand_over(self) -> None:
        self._timer, self._called = None, False
        if self._in_flight or not self._pending:
            return
        self._in_flight, self._pending = self._pending, []
        self._handed_over_at = self._loop.time()
        self._committer.submit([part for waiting in self._in_flight for part in waiting.drafts])

    def _report(self, committed: Committed) -> None:
        """Called from the writer's thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._settle, committed)

    def _settle(self, committed: Committed) -> None:
        batch, self._in_flight = self._in_flight, []
        if committed.error is not None:
            self._fail_all(batch, committed.error)
            return
        self._failure, self._probe_s = None, PROBE_FIRST_S
        count = sum(len(waiting.drafts) for waiting in batch)
        self._waiting -= count
        seq = committed.last - count
        for drafts, done, _ in batch:
            seq += len(drafts)
            if not done.done():
                done.set_result(Position(self.stream, seq))
        self._hand_over()

    def _fail_all(self, batch: list[_Waiting], error: str) -> None:
        self._failure = error
        for _, done, _ in (*batch, *self._pending):
            self._lost = True
            _fail(done, error)
        self._pending = []
        self._waiting = 0
        if not self._closing:
            self._loop.call_later(self._probe_s, self._try_again)
            self._probe_s = min(2 * self._probe_s, PROBE_LAST_S)

    def _try_again(self) -> None:
        if self._failure is not None and not self._in_flight and not self._closing:
            self._enqueue([self._probe_draft()], linger_s=0.0)


def _fail(done: Future[Position], message: str) -> None:
    if not done.done():
        done.set_exception(DependencyUnavailable("journal", message))
        done.exception()  # an outcome that nobody awaits must not be logged as "never retrieved"
