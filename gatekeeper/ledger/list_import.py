"""How does a licensed list of numbers (national, state, reassigned) get a new version?

It is staged beside the active version and counted; then one journal record swaps it in. A failure
before that leaves the old version as it was.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from gatekeeper.errors import InputRejected
from gatekeeper.ledger.changes import version_entry
from gatekeeper.ledger.imports import BadLine, Progress
from gatekeeper.ledger.ledger import Applies, Ledger
from gatekeeper.store.bitmaps import Tally
from gatekeeper.store.changes import Method, SwapList
from gatekeeper.store.lists import Lists

CHUNK = 4 << 20
"""Bytes of the file in memory at once."""


class Opens(Protocol):
    """Opens a connection for loading lists, beside the traffic."""

    def __call__(self) -> Lists:
        """A fresh one; the caller closes it."""


def check_owner(list_id: str, tenant: str | None) -> None:
    """A licensed list speaks for all tenants; the internal one is each tenant's own.

    InputRejected says which of the two was got wrong.
    """
    licensed = list_id.startswith(("us-", "ca-"))
    if licensed and tenant is not None:
        raise InputRejected(f"{list_id} is a licensed list, common to all tenants: no --tenant")
    if list_id == "internal" and tenant is None:
        raise InputRejected("each tenant has an internal list of its own: say whose with --tenant")


@dataclass(frozen=True, slots=True)
class ListImporter:
    """Imports lists by number, common to all tenants or of one."""

    ledger: Ledger
    store: Applies
    open_lists: Opens
    clock: Callable[[], datetime]
    new_id: Callable[[], str]

    async def run(
        self, list_id: str, path: Path, as_of: datetime, tenant: str | None = None
    ) -> AsyncIterator[Progress | BadLine]:
        """Import a file: progress and bad lines as they come; a `swapped` progress at the end.

        `as_of` is the instant that the file speaks for: its age counts from there.
        """
        if as_of > self.clock():
            raise InputRejected("`as_of` lies in the future")
        swap = SwapList(tenant, list_id, Method.NUMBER, self.new_id(), as_of, 0)
        told: asyncio.Queue[Progress | BadLine | None] = asyncio.Queue()
        work = asyncio.create_task(self._stage(swap, path, told))
        while (news := await told.get()) is not None:
            yield news
        staged, digest = await work
        await self.ledger.commit(self.store, [version_entry(staged, digest)])
        yield Progress("swapped", staged.count, staged.count)
        await self._collect()

    async def _collect(self) -> None:
        """Remove versions that nobody asks any more: a look-up reads pointer and bits at once."""
        lists = self.open_lists()
        try:
            await lists.collect(self.clock())
        finally:
            await lists.close()

    async def _stage(
        self, swap: SwapList, path: Path, told: asyncio.Queue[Progress | BadLine | None]
    ) -> tuple[SwapList, str]:
        loop, digest, lists = asyncio.get_running_loop(), sha256(), self.open_lists()

        def tell(news: Progress | BadLine) -> None:
            loop.call_soon_threadsafe(told.put_nowait, news)

        def bad(line: int, reason: str) -> None:
            tell(BadLine(line, reason))

        def progress(tally: Tally) -> None:
            tell(Progress("read", tally.lines))

        def chunks() -> Iterator[bytes]:
            for chunk in _chunks(path):
                digest.update(chunk)
                yield chunk

        try:
            staged = await lists.stage_numbers(swap, chunks(), bad, progress)
            return staged, digest.hexdigest()
        finally:
            loop.call_soon(told.put_nowait, None)
            await lists.close()


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise InputRejected(f"the gate cannot read the file: {error.strerror}") from None
