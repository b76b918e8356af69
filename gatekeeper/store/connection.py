"""How does the gate stay connected to its store?

One connection per worker, opened on the first call, prepared before anyone may use it, and opened
anew on the first call after a loss. A command is sent at most once: after a loss its caller is
told, and decides.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.store.address import Address
from gatekeeper.store.pipe import Argument, Pipe

BACKOFF_S = (0.05, 1.0)
CONNECT_S = 2.0
"""Opening and preparing a connection may take this long."""

Prepare = Callable[[Pipe], Awaitable[None]]


async def _nothing(_: Pipe) -> None:
    """The preparation of a connection that needs none."""


class Connection:
    """A connection that heals itself; `prepare` runs on each new one before it is used."""

    def __init__(
        self,
        address: Address,
        *,
        timeout: float,
        prepare: Prepare = _nothing,
        connect_s: float = CONNECT_S,
    ) -> None:
        self._address = address
        self._timeout = timeout
        self._connect_s = connect_s
        self._prepare = prepare
        self._pipe: Pipe | None = None
        self._opening: asyncio.Task[Pipe] | None = None
        self._pause = 0.0
        self._not_before = 0.0

    @property
    def connected(self) -> bool:
        """Whether a call would go out now."""
        return self._pipe is not None and self._pipe.alive

    def submit(self, *command: Argument, within: float | None = None) -> asyncio.Future[Any]:
        """Send at once on the open connection; raises DependencyUnavailable if there is none."""
        if self._pipe is None:
            raise DependencyUnavailable("store", "not connected")
        return self._pipe.call(*command, within=within or self._timeout)

    async def call(self, *command: Argument, within: float | None = None) -> Any:
        """Connect if need be, send, and give the reply; DependencyUnavailable for every failure."""
        if not self.connected:
            await self.connect()
        return await self.submit(*command, within=within)

    async def connect(self) -> None:
        """Open the connection, together with whoever else asks; a recent failure fails at once."""
        if self.connected:
            return
        if self._opening is None:
            loop = asyncio.get_running_loop()
            if loop.time() < self._not_before:
                raise DependencyUnavailable("store", "not connected, trying again shortly")
            self._opening = loop.create_task(self._open())
            self._opening.add_done_callback(self._opened)
        await asyncio.shield(self._opening)

    def drop(self) -> None:
        """Give this connection up, so that the next call looks at the server anew."""
        if self._pipe is not None:
            self._pipe.abort()

    async def close(self) -> None:
        """Close; pending calls fail."""
        if self._opening is not None:
            self._opening.cancel()
        self.drop()

    def _opened(self, opening: asyncio.Task[Pipe]) -> None:
        self._opening = None
        if not opening.cancelled() and opening.exception() is None:
            self._pipe, self._pause = opening.result(), 0.0
            return
        shortest, longest = BACKOFF_S
        self._pause = min(max(self._pause * 2, shortest), longest)
        self._not_before = asyncio.get_running_loop().time() + self._pause

    async def _open(self) -> Pipe:
        pipe: Pipe | None = None
        try:
            async with asyncio.timeout(self._connect_s):
                pipe = await self._dial()
                await self._greet(pipe)
                await self._prepare(pipe)
                return pipe
        except BaseException as error:
            if pipe is not None:
                pipe.abort()
            if isinstance(error, OSError | TimeoutError):
                raise DependencyUnavailable(
                    "store", f"no connection ({type(error).__name__})"
                ) from None
            raise

    async def _dial(self) -> Pipe:
        loop, address = asyncio.get_running_loop(), self._address
        if address.path is not None:
            return (await loop.create_unix_connection(Pipe, address.path))[1]
        made = await loop.create_connection(Pipe, address.host, address.port, ssl=address.context)
        return made[1]

    async def _greet(self, pipe: Pipe) -> None:
        address = self._address
        if address.password is not None:
            user = (address.user,) if address.user else ()
            await pipe.call("AUTH", *user, address.password, within=CONNECT_S)
        if address.db:
            await pipe.call("SELECT", address.db, within=CONNECT_S)
