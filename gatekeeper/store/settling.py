"""How do settlements reach the store without a caller waiting for them?

They queue; one batch at a time is on its way, and what comes in meanwhile is the next batch. A
batch that fails stays and is tried again: settling is idempotent by request id.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.store.contract import Settlement

BATCH_MAX = 256
WAITING_MAX = 50_000
"""Beyond it the gate must refuse: settlements are kept until written, and memory is bounded."""
RETRY_S = 0.1

Write = Callable[[list[Settlement]], Awaitable[object]]


class Settler:
    """The queue of settlements and the one task that writes them."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._waiting: list[Settlement] = []
        self._batch: list[Settlement] = []
        self._task: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """How many settlements are not yet in the store."""
        return len(self._waiting) + len(self._batch)

    @property
    def full(self) -> bool:
        """Whether no further request may start."""
        return self.waiting >= WAITING_MAX

    def soon(self, settlement: Settlement) -> None:
        """Take a settlement; it is written shortly, and again until the store has it."""
        self._waiting.append(settlement)
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def drain(self, within: float) -> int:
        """Wait until all are written or `within` seconds are over; how many are left."""
        if self._task is not None:
            await asyncio.wait({self._task}, timeout=within)
        return self.waiting

    async def close(self) -> None:
        """Stop trying."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while self.waiting:
            self._batch = self._batch or self._take()
            try:
                await self._write(self._batch)
                self._batch = []
            except DependencyUnavailable:
                await asyncio.sleep(RETRY_S)
        self._task = None

    def _take(self) -> list[Settlement]:
        batch = self._waiting[:BATCH_MAX]
        del self._waiting[:BATCH_MAX]
        return batch
