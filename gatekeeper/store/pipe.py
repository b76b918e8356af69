"""How do many callers share one connection, each getting its own reply and no other's?

Commands sent within one turn of the event loop leave in one write; replies come back in order and
are matched in order. A caller that gives up leaves its place in the order: its reply is read and
dropped, never handed to the next (the class of CVE-2023-28858).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, cast

import hiredis

from gatekeeper.errors import DependencyUnavailable

Argument = bytes | str | int | float
PENDING_MAX = 20_000
"""Calls without a reply: beyond it a call is refused at once, so that memory stays bounded."""
SWEEP_S = 0.02
"""How often deadlines are looked at: a call may overstay its own by this much."""
STALL_S = 2.0
"""A reply overdue by this much means the connection is dead, whatever TCP says."""
UNFIT = ("ERR Function not found", "READONLY", "LOADING", "MASTERDOWN", "NOAUTH")
"""Refusals after which the server must be looked at anew: flushed, demoted, or restarting."""
_MORE = object()
_pack = cast(Callable[[tuple[Argument, ...]], bytes], hiredis.pack_command)


class Pipe(asyncio.Protocol):
    """One physical connection that speaks RESP (Redis serialization protocol 2)."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._reader = hiredis.Reader(notEnoughData=_MORE)
        self._pending: deque[tuple[asyncio.Future[Any], float]] = deque()
        self._outgoing: list[bytes] = []
        self._sweeper: asyncio.TimerHandle | None = None
        self._transport: asyncio.Transport | None = None
        self.alive = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio: the connection stands."""
        self._transport = cast(asyncio.Transport, transport)
        self.alive = True

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio: it is gone; every call without a reply fails and none is sent again."""
        self.alive = False
        self._fail_all("the connection was lost")
        if self._sweeper is not None:
            self._sweeper.cancel()

    def data_received(self, data: bytes) -> None:
        """asyncio: match each whole reply to the oldest call."""
        self._reader.feed(data)
        try:
            while (reply := self._reader.gets()) is not _MORE:
                self._answer(reply)
        except (hiredis.ProtocolError, IndexError):
            self.abort()

    def call(self, *command: Argument, within: float) -> asyncio.Future[Any]:
        """Send a command; the future gives its reply within that many seconds.

        The future raises DependencyUnavailable for a refusal by the server, a timeout or a lost
        connection; after the latter two nobody knows whether the server has done it.
        """
        if not self.alive or len(self._pending) >= PENDING_MAX:
            state = "too many calls are waiting" if self.alive else "not connected"
            raise DependencyUnavailable("store", state)
        future = self._loop.create_future()
        self._pending.append((future, self._loop.time() + within))
        if not self._outgoing:
            self._loop.call_soon(self._flush)
        self._outgoing.append(_pack(command))
        if self._sweeper is None:
            self._sweeper = self._loop.call_later(SWEEP_S, self._sweep)
        return future

    def abort(self) -> None:
        """Close at once; pending calls fail."""
        self.alive = False
        if self._transport is not None:
            self._transport.abort()

    def _flush(self) -> None:
        outgoing, self._outgoing = self._outgoing, []
        if self.alive and self._transport is not None:
            self._transport.write(b"".join(outgoing))

    def _answer(self, reply: Any) -> None:
        future, _ = self._pending.popleft()
        if future.done():
            return
        if isinstance(reply, hiredis.ReplyError):
            future.set_exception(DependencyUnavailable("store", f"it answered {str(reply)[:120]}"))
            if str(reply).startswith(UNFIT):
                self.abort()
        else:
            future.set_result(reply)

    def _sweep(self) -> None:
        self._sweeper = None
        now = self._loop.time()
        for future, deadline in self._pending:
            if deadline <= now and not future.done():
                future.set_exception(DependencyUnavailable("store", "no answer in time"))
        if self._pending and self._pending[0][1] + STALL_S < now:
            self.abort()
        elif self._pending:
            self._sweeper = self._loop.call_later(SWEEP_S, self._sweep)

    def _fail_all(self, why: str) -> None:
        pending, self._pending = self._pending, deque()
        for future, _ in pending:
            if not future.done():
                future.set_exception(DependencyUnavailable("store", why))
