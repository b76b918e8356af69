"""How does a whole file of changes come in, so that it is never half applied?

Every line is judged first, and the good ones are spooled as changes (pseudonyms, no clear
number). Only when the spool is durable is the import accepted, by one journal record; from then
on it will be applied whole, if need be after a restart. Before that nothing has happened.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import msgspec

from gatekeeper.ledger.changes import Entry, change_of
from gatekeeper.ledger.ledger import Applies, Ledger

BATCH = 500
"""Lines judged, or changes applied, in one step."""
RECORD = "import"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: lines read so far, or changes applied out of `total`."""

    stage: str
    done: int
    total: int | None = None


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that does not hold, and why; the reason repeats nothing of the line."""

    line: int
    reason: str


class Records(Protocol):
    """What an import needs of the journal."""

    async def append(self, kind: str, record_id: str, tenant: str, body: dict[str, Any]) -> Any:
        """Returns when the record is durable."""


Judged = AsyncIterator[Sequence[Entry | BadLine]]


@dataclass(frozen=True, slots=True)
class Importer:
    """Imports into one installation; `spools` is a private folder for accepted changes."""

    ledger: Ledger
    store: Applies
    journal: Records
    spools: Path
    new_id: Callable[[], str]

    async def run(self, tenant: str, judged: Judged) -> AsyncIterator[Progress | BadLine]:
        """Import judged lines batch by batch: progress and bad lines as they come."""
        import_id, good, seen = self.new_id(), 0, 0
        self.spools.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.spools / f"{import_id}.draft"
        try:
            with draft.open("xb") as spool:
                async for batch in judged:
                    seen += len(batch)
                    for bad in (line for line in batch if isinstance(line, BadLine)):
                        yield bad
                    good += _write(spool, [line for line in batch if isinstance(line, Entry)])
                    yield Progress("checked", seen)
                await asyncio.to_thread(_sync, spool)
            accepted = draft.rename(self.spools / f"{tenant}.{import_id}.accepted")
            await asyncio.to_thread(_sync_folder, self.spools)
        finally:
            draft.unlink(missing_ok=True)
        await self._record(import_id, tenant, "accepted", good)
        async for done in self._apply(tenant, accepted):
            yield Progress("applied", done, good)
        await self._record(import_id, tenant, "applied", good)

    async def resume(self) -> int:
        """Apply what was accepted before a stop, and drop what was not; how many imports."""
        for draft in self.spools.glob("*.draft"):
            draft.unlink()
        accepted = sorted(self.spools.glob("*.accepted"))
        for path in accepted:
            tenant, import_id, _ = path.name.rsplit(".", 2)
            applied = [done async for done in self._apply(tenant, path)]
            await self._record(import_id, tenant, "applied", max(applied, default=0))
        return len(accepted)

    async def _apply(self, tenant: str, path: Path) -> AsyncIterator[int]:
        """Commit the changes batch by batch; one that was applied before changes nothing."""
        done = 0
        with path.open("rb") as spool:
            entries = _read(tenant, spool)
            while batch := list(islice(entries, BATCH)):
                await self.ledger.commit(self.store, batch, settled=False)
                done += len(batch)
                yield done
        await self.ledger.settle(self.store)
        await asyncio.to_thread(path.unlink)

    async def _record(self, import_id: str, tenant: str, state: str, lines: int) -> None:
        await self.journal.append(RECORD, import_id, tenant, {"state": state, "lines": lines})


class _Row(msgspec.Struct, frozen=True, array_like=True):
    kind: str
    id: str
    body: dict[str, Any]


def _write(spool: BinaryIO, entries: Sequence[Entry]) -> int:
    for entry in entries:
        spool.write(msgspec.json.encode(_Row(entry.kind, entry.id, entry.body)) + b"\n")
    return len(entries)


def _sync(spool: BinaryIO) -> None:
    spool.flush()
    os.fsync(spool.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name durable too, before the journal says that the import is accepted."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _read(tenant: str, spool: BinaryIO) -> Iterator[Entry]:
    for raw in spool:
        row = msgspec.json.decode(raw, type=_Row)
        change = change_of(row.kind, tenant, row.body)
        yield Entry(row.kind, row.id, tenant, row.body, change)
