"""How are connections to an upstream kept, shared and bounded?

aiohttp's client is the dearest part of a pass-through (three times the cost of all else), so the
pool is our own, over httptools' parser. It never resends: a request whose bytes may have left ends
`Unknown`, even if the peer merely closed an idle connection at that moment. So that this stays
rare, a connection is not used again after `IDLE_MAX` seconds of rest or once it is readable.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from dataclasses import dataclass, field

from gatekeeper.pipeline.upstream import NotSent, Outcome
from gatekeeper.pipeline.upstream_connection import Connection, ReplyLimits
from gatekeeper.pipeline.upstream_origin import Origin, resolve
from gatekeeper.pipeline.upstream_wire import request_bytes
from gatekeeper.providers.contract import RawRequest

IDLE_MAX = 4.0
"""Seconds. Below 5, the shortest keep-alive in wide use (Node.js and Apache by default)."""


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """The bounds of one upstream's pool."""

    connections: int = 100
    waiting: int = 1_000
    """Requests that may wait for a connection; the next one is answered at once: not sent."""
    connect_s: float = 5.0
    """Seconds for one address: TCP and TLS together."""
    idle_s: float = IDLE_MAX
    reply: ReplyLimits = field(default_factory=ReplyLimits)


class UpstreamPool:
    """An `Upstream` over kept-alive HTTP/1.1 connections, used by one event loop."""

    def __init__(
        self,
        origin: Origin,
        limits: PoolLimits | None = None,
        *,
        allow_private: bool | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """`allow_private` defaults to whether the operator named a loopback address; `tls`
        defaults to the system's certificate authorities with the host name checked."""
        self._origin = origin
        self._limits = limits or PoolLimits()
        self._allow_private = origin.loopback if allow_private is None else allow_private
        self._tls = (tls or ssl.create_default_context()) if origin.tls else None
        self._authority = origin.authority
        self._slots = asyncio.Semaphore(self._limits.connections)
        self._waiting = 0
        self._idle: deque[Connection] = deque()
        self._busy: set[Connection] = set()
        self._closed = False

    async def send(self, request: RawRequest, deadline: float) -> Outcome:
        """Send once; see `Upstream.send`."""
        try:
            wire = request_bytes(request, self._authority, self._origin.prefix)
        except ValueError as fault:
            return NotSent(str(fault))
        if not self._slots.locked():
            await self._slots.acquire()
        elif refusal := await self._await_slot(deadline):
            return refusal
        try:
            return await self._send(wire, deadline, head=request.method == "HEAD")
        finally:
            self._slots.release()

    async def close(self) -> None:
        """Drop every connection; what is under way ends unknown."""
        self._closed = True
        for connection in (*self._idle, *self._busy):
            connection.drop()
        self._idle.clear()

    async def _await_slot(self, deadline: float) -> NotSent | None:
        """Become one of the bounded number of senders, first come first served, or say why not."""
        if self._waiting >= self._limits.waiting:
            return NotSent("too many requests wait for a connection")
        self._waiting += 1
        try:
            async with asyncio.timeout_at(deadline):
                await self._slots.acquire()
        except TimeoutError:
            return NotSent("no connection became free before the deadline")
        finally:
            self._waiting -= 1
        return None

    async def _send(self, wire: bytes, deadline: float, *, head: bool) -> Outcome:
        """One exchange over an idle or a new connection."""
        now = asyncio.get_running_loop().time()
        if now >= deadline:
            return NotSent("the deadline passed before anything was sent")
        try:
            connection = self._reuse(now) or await self._connect(deadline)
        except OSError as fault:  # refused, unreachable, no such name, TLS, too slow
            return NotSent(f"no connection: {_reason(fault)}")
        if self._closed or not connection.open:
            connection.drop()
            return NotSent("the connection was closed before it was used")
        self._busy.add(connection)
        try:
            return await connection.exchange(wire, deadline, head=head)
        finally:
            self._busy.discard(connection)
            if connection.open and not self._closed:
                self._idle.append(connection)
            else:
                connection.drop()

    def _reuse(self, now: float) -> Connection | None:
        """The connection that rested shortest, if one is fit; unfit ones are dropped."""
        oldest = now - self._limits.idle_s
        while self._idle and self._idle[0].idle_since < oldest:
            self._idle.popleft().drop()
        while self._idle:
            connection = self._idle.pop()
            if connection.reusable:
                return connection
            connection.drop()
        return None

    async def _connect(self, deadline: float) -> Connection:
        """A new connection to the first address that takes one; raises OSError."""
        fault = OSError("no address")
        async with asyncio.timeout_at(deadline):
            for address in await resolve(self._origin, allow_private=self._allow_private):
                try:
                    return await self._connect_to(address)
                except OSError as this_fault:
                    fault = this_fault
        raise fault

    async def _connect_to(self, address: str) -> Connection:
        """TCP and, where it is due, TLS to one address; the certificate names the host."""
        async with asyncio.timeout(self._limits.connect_s):
            _, connection = await asyncio.get_running_loop().create_connection(
                lambda: Connection(self._limits.reply),
                address,
                self._origin.port,
                ssl=self._tls,
                server_hostname=self._origin.host if self._tls else None,
            )
        return connection


def _reason(fault: OSError) -> str:
    """A short cause without the peer's words (a certificate may carry any text)."""
    if isinstance(fault, TimeoutError):
        return "timed out"
    if isinstance(fault, ssl.SSLCertVerificationError):
        return "its certificate does not hold"
    return fault.strerror or type(fault).__name__
