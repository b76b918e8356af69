"""When may a change be acknowledged? When the store has it on its disk.

Callers wait together, in rounds, on a connection of their own: whoever comes while a round is
under way takes part in the next. A round first writes a mark that tells the newest change which
the store has applied, then waits for the disk. The store's append-only file is one log: when the
mark is synced, so is everything before it, whichever connection wrote it.
"""

from __future__ import annotations

import asyncio
from typing import Any

from gatekeeper.errors import DependencyUnavailable, StoreUnfit
from gatekeeper.store.address import Address
from gatekeeper.store.connection import Connection
from gatekeeper.store.functions import inspect, load_functions
from gatekeeper.store.pipe import Argument, Pipe
from gatekeeper.store.promise import (
    ANSWER_S,
    AOF_OFF,
    CONFIG,
    CONFIRM,
    PROVE_S,
    WAIT,
    Promise,
    config_of,
    promise_of,
)

LOOK_S = 1.0
"""Finding out what a server promises may take longer: then the next look knows it."""


class Confirmer:
    """Waits for the store's disk; `own` is the gate's own server, which it may command."""

    def __init__(self, address: Address, *, own: bool) -> None:
        self._connection = Connection(
            address, timeout=ANSWER_S, prepare=self._prepare, connect_s=PROVE_S
        )
        self._own = own
        self._round: asyncio.Task[int] | None = None
        self._next: asyncio.Task[int] | None = None
        self.promise = Promise.UNKNOWN
        """What the server of the newest connection promises."""
        self.unfit: str | None = None
        """Why the server must not be the store, None while it may."""

    async def connect(self) -> None:
        """Find out what the server promises; StoreUnfit if that is not enough."""
        await self._connection.connect()

    async def confirm(self, number: int) -> None:
        """Return once change `number` and all before it are on the store's disk.

        DependencyUnavailable: it is not known to be, and must not be acknowledged.
        """
        if await asyncio.shield(self._join()) < number:
            raise DependencyUnavailable("store", "it has lost changes that it had applied")

    async def look(self) -> None:
        """Look whether an idle server still promises what it did; `unfit` tells if not."""
        async with asyncio.timeout(LOOK_S):
            config = await self._connection.call(*CONFIG)
        if config_of(config).get("appendonly") == "no":
            self._doubt(StoreUnfit(AOF_OFF))

    def _doubt(self, why: StoreUnfit) -> None:
        """Believe the server again only when a new connection finds that it promises enough."""
        self.unfit = why.reason
        self._connection.drop()

    async def close(self) -> None:
        """Close; who waits is told that nothing is confirmed."""
        await self._connection.close()

    def _join(self) -> asyncio.Task[int]:
        if self._next is None:
            self._next = asyncio.create_task(self._run(self._round))
            self._next.add_done_callback(lambda task: task.cancelled() or task.exception())
        return self._next

    async def _run(self, before: asyncio.Task[int] | None) -> int:
        if before is not None:
            await asyncio.wait({before})
        self._round, self._next = self._next, None
        await self._connection.connect()
        try:
            return await self._mark()
        except StoreUnfit as error:
            self._doubt(error)
            raise

    async def _mark(self) -> int:
        """Write the mark, wait for the disk, and give the mark."""
        if self.promise is Promise.WAITAOF:
            return await self._wait_aof()
        if self.promise is Promise.ON_DEMAND:
            await self._connection.call("CONFIG", "SET", "appendfsync", "always")
        mark, config = await self._after_mark(*CONFIG)
        if self.promise is Promise.ON_DEMAND and self._next is None:
            await self._connection.call("CONFIG", "SET", "appendfsync", "everysec")
        if config_of(config) != {"appendonly": "yes", "appendfsync": "always"}:
            raise StoreUnfit("it no longer syncs its append-only file at each write")
        return mark

    async def _wait_aof(self) -> int:
        try:
            mark, (local, _) = await self._after_mark(*WAIT)
        except DependencyUnavailable as error:
            if "appendonly" in str(error):
                raise StoreUnfit(AOF_OFF) from None
            raise
        if local < 1:
            raise DependencyUnavailable("store", "it has not synced its disk in time")
        return mark

    def _after_mark(self, *question: Argument) -> asyncio.Future[tuple[int, Any]]:
        """The mark, and the reply to what is asked right behind it."""
        mark = self._connection.submit("FCALL", CONFIRM, 0)
        return asyncio.gather(mark, self._connection.submit(*question))

    async def _prepare(self, pipe: Pipe) -> None:
        info = await inspect(pipe)
        await load_functions(pipe)
        try:
            self.promise = await promise_of(pipe, info, own=self._own)
        except StoreUnfit as error:
            self.unfit = error.reason
            raise
        self.unfit = None
