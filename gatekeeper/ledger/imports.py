"""How does a whole file of changes come in, so that it is never half applied?

Every line is judged first, and the good ones are spooled as changes (pseudonyms, no clear
number). Only when the spool is durable is the import accepted, by one journal record; from then
on it will be applied whole, if need be after a restart. Before that nothing has happened. One
import is applied at a time, and what is on record already is left out: so the same file again,
after whatever stopped it, goes on where it was.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, TypeVar

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.ledger.import_words import BadLine, Batch, Judged, News, Progress, Underway
from gatekeeper.ledger.known_lines import unknown
from gatekeeper.ledger.ledger import Applies, Ledger
from gatekeeper.ledger.spools import Draft, Spool, accepted, drop_drafts
from gatekeeper.store.events import History

__all__ = ["BATCH", "BadLine", "Batch", "Importer", "Judged", "News", "Progress", "batches"]

T = TypeVar("T")

CHECKED = 2_000
"""Lines judged in one step, mostly in a thread; their evidence becomes durable together."""
BATCH = 500
"""Changes applied in one step: gate and store each are busy with it for some milliseconds, and
messages wait no longer."""
RECORD = "import"


class Records(Protocol):
    """What an import needs of the journal."""

    async def append(self, kind: str, record_id: str, tenant: str, body: dict[str, Any]) -> Any:
        """Returns when the record is durable."""


class Histories(Applies, Protocol):
    """What an import needs of the store."""

    async def histories(self, subjects: Sequence[bytes]) -> list[History]:
        """What is kept of many persons, in their order."""


@dataclass(frozen=True, slots=True)
class Importer:
    """Imports into one installation; `folder` is private and holds the accepted changes."""

    ledger: Ledger
    store: Histories
    journal: Records
    folder: Path
    new_id: Callable[[], str]
    clock: Callable[[], datetime]
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _underway: dict[str, Underway] = field(default_factory=dict)

    def underway(self) -> list[Underway]:
        """The imports that are not finished, oldest first."""
        return list(self._underway.values())

    async def run(self, tenant: str, judged: Judged, file: str = "") -> AsyncIterator[News]:
        """Import judged lines batch by batch: progress and bad lines as they come.

        The stages: `checked` (nothing holds yet), `waiting` for another import, `applied` (each
        binds from then on), `settled` (all are on the store's disk) or `unchanged`.
        """
        import_id, told = self.new_id(), Progress("checked", 0)
        self._tell(import_id, told, tenant, file)
        try:
            async with _drafted(self.folder, import_id) as draft:
                async for batch in judged:
                    await asyncio.to_thread(draft.write, batch.entries)
                    for bad in batch.bad:
                        yield bad
                    told = _added(told, batch)
                    self._tell(import_id, told)
                    yield told
                async with aclosing(self._whole(draft, tenant, told)) as steps:
                    async for progress in steps:
                        self._tell(import_id, progress)
                        yield progress
        finally:
            self._underway.pop(import_id, None)

    async def resume(self) -> int:
        """Apply what was accepted before a stop, and drop what was not; how many imports.

        DependencyUnavailable if the store does not take it now: it stays accepted.
        """
        await asyncio.to_thread(drop_drafts, self.folder, frozenset(self._underway))
        spools = [spool for spool in accepted(self.folder) if spool.id not in self._underway]
        for spool in spools:
            total = await asyncio.to_thread(spool.count)
            self._tell(spool.id, Progress("waiting", 0, total), spool.tenant, "")
            try:
                async with aclosing(self._apply(spool, Progress("waiting", 0, total))) as steps:
                    async for progress in steps:
                        self._tell(spool.id, progress)
            finally:
                self._underway.pop(spool.id, None)
        return len(spools)

    async def _whole(self, draft: Draft, tenant: str, told: Progress) -> AsyncGenerator[Progress]:
        """Accept what was judged, and apply it."""
        good = told.done - told.known - told.bad
        if not good:
            yield replace(told, stage="unchanged", done=0, total=0)
            return
        spool = await asyncio.to_thread(draft.accept, tenant)
        accepted = replace(told, stage="waiting", done=0, total=good)
        await self._record(spool, "accepted", accepted)
        yield accepted
        async with aclosing(self._apply(spool, accepted)) as steps:
            async for progress in steps:
                yield progress

    async def _apply(self, spool: Spool, told: Progress) -> AsyncGenerator[Progress]:
        """Commit the changes batch by batch; one that was applied before changes nothing."""
        async with self._turn:
            batches, done = spool.batches(BATCH), 0
            while batch := await asyncio.to_thread(next, batches, None):
                if fresh := await unknown(self.store, batch):
                    await self.ledger.commit(self.store, fresh, settled=False)
                done += len(batch)
                yield replace(told, stage="applied", done=done)
            await self.ledger.settle(self.store)
            await self._record(spool, "applied", replace(told, done=done))
            await asyncio.to_thread(spool.path.unlink)
        yield replace(told, stage="settled", done=done)

    async def _record(self, spool: Spool, state: str, told: Progress) -> None:
        body = {"state": state, "lines": told.total, "known": told.known, "bad": told.bad}
        await self.journal.append(RECORD, spool.id, spool.tenant, body)

    def _tell(self, import_id: str, progress: Progress, tenant: str = "", file: str = "") -> None:
        known = self._underway.get(import_id)
        if known is None:
            known = Underway(import_id, tenant, file, self.clock(), progress)
        self._underway[import_id] = replace(known, progress=progress)


@asynccontextmanager
async def _drafted(folder: Path, import_id: str) -> AsyncIterator[Draft]:
    """A spool to be written, dropped unless it is accepted; a full disk is said to be one."""
    draft: Draft | None = None
    try:
        draft = await asyncio.to_thread(Draft, folder, import_id)
        yield draft
    except OSError as error:
        reason = error.strerror or "disk error"
        raise DependencyUnavailable("imports", f"its own files: {reason}") from error
    finally:
        if draft is not None:
            await asyncio.to_thread(draft.drop)


async def batches(items: Iterator[T]) -> AsyncIterator[list[T]]:
    """So many at a time, read in a thread, one batch ahead of whoever takes them."""

    def take() -> list[T]:
        return list(islice(items, CHECKED))

    ahead = asyncio.create_task(asyncio.to_thread(take))
    try:
        while batch := await ahead:
            ahead = asyncio.create_task(asyncio.to_thread(take))
            yield batch
    finally:
        await asyncio.wait([ahead])  # its file is closed next


def _added(told: Progress, batch: Batch) -> Progress:
    return replace(
        told,
        done=told.done + batch.lines,
        read=batch.read,
        size=batch.size,
        known=told.known + batch.known,
        bad=told.bad + len(batch.bad),
        lacking=dict(Counter(told.lacking) + Counter(batch.lacking)),
    )
