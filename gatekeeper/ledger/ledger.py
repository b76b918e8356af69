"""How does state change? Recorded first, applied second, acknowledged last.

    journal append, fdatasync --> store applies --> store's disk has it --> acknowledged
    `------------- one change at a time ---------'  `------- all that wait, together

Once a change is in the journal it is true. If the store cannot apply it now, the caller gets an
error, sending stays closed (the store is behind what is expected of it), and the next verification
of the store replays it: an opt-out is never lost, and never half known.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from gatekeeper.errors import StoreUnfit
from gatekeeper.journal.record import Record
from gatekeeper.ledger.changes import Entry
from gatekeeper.ledger.replay import Told, newest_number, replay
from gatekeeper.store.changes import Change


class Appends(Protocol):
    """What the ledger needs of the journal."""

    async def append_all(self, records: Sequence[Record]) -> Any:
        """Returns when all are durable."""


class Applies(Protocol):
    """What the ledger needs of the store."""

    expected_applied: int

    async def apply(self, changes: Sequence[Change], *, first: int, last: int) -> int:
        """Apply changes numbered `first` to `last`; the same numbers twice are applied once."""

    async def claim(self, installation: str) -> None:
        """Mark the store as this installation's; StoreUnfit if it is another's."""

    async def confirm(self, number: int) -> None:
        """Returns when changes up to `number` are on the store's disk."""

    async def applied(self) -> int:
        """The number of the newest change that the store has applied."""


@dataclass(frozen=True, slots=True)
class Home:
    """Whose ledger it is, and who follows a long replay."""

    installation: str
    told: Told


class Ledger:
    """The one path of every change; `last` is the number of the newest change in the journal."""

    def __init__(self, folder: Path, journal: Appends, last: int, home: Home) -> None:
        self._folder = folder
        self._journal = journal
        self._home = home
        self._last = last
        self._applied = 0
        self._in_doubt = False
        self._turn = asyncio.Lock()

    @classmethod
    async def open(cls, folder: Path, journal: Appends, home: Home) -> Ledger:
        """The ledger of the journal in `folder`, which is read once for its newest number."""
        return cls(folder, journal, await asyncio.to_thread(newest_number, folder), home)

    @property
    def last(self) -> int:
        """Number of the newest change that the journal holds."""
        return self._last

    async def commit(
        self, store: Applies, entries: Sequence[Entry], *, settled: bool = True
    ) -> int:
        """Make changes durable, apply them, and return the number of the last one.

        They bind every decision from the moment they are applied. With `settled=False` nothing is
        acknowledged yet: that is for many commits in a row, with one `settle` behind them.
        DependencyUnavailable: nothing is acknowledged; what became durable all the same is found
        and applied before the next change.
        """
        async with self._turn:
            last = await self._apply(store, entries)
        if settled:
            await store.confirm(last)
        return last

    async def settle(self, store: Applies) -> None:
        """Return once all that was applied before is on the store's disk: now acknowledge it."""
        await store.confirm(self._applied)

    async def _apply(self, store: Applies, entries: Sequence[Entry]) -> int:
        if self._in_doubt:
            await self._settle_doubt(store)
        first = self._last + 1
        await self._record(first, entries)
        self._last += len(entries)
        store.expected_applied = self._last
        changes = [entry.change for entry in entries]
        self._applied = await store.apply(changes, first=first, last=self._last)
        return self._last

    async def verify(self, store: Applies) -> None:
        """Bring a store up to the journal: called before a new connection is trusted.

        StoreUnfit if it is another installation's, or knows more than the journal does.
        """
        store.expected_applied = self._last
        await store.claim(self._home.installation)
        applied = await store.applied()
        if applied > self._last:
            await self._insist_on_knowing(applied)
        if applied < self._last:
            told = self._home.told
            await replay(self._folder, store, after=applied, last=self._last, told=told)

    async def _record(self, first: int, entries: Sequence[Entry]) -> None:
        records = [
            Record(entry.kind, entry.id, entry.tenant, {"n": first + place, **entry.body})
            for place, entry in enumerate(entries)
        ]
        self._in_doubt = True  # also when this task is cancelled while the disk works
        await self._journal.append_all(records)
        self._in_doubt = False

    async def _insist_on_knowing(self, applied: int) -> None:
        """An append that was in doubt may have become durable, and been replayed."""
        newest = await asyncio.to_thread(newest_number, self._folder)
        if applied > newest:
            raise StoreUnfit(
                f"it has applied {applied} changes and the journal holds {newest}: the journal is "
                "an older copy. Restore the newest one; or, if what only the store knows may be "
                "forgotten, run `gatekeeper rebuild`"
            )

    async def _settle_doubt(self, store: Applies) -> None:
        """After a failed append nobody knows what is durable: the journal itself is asked.

        The barrier comes first: once it is durable, nothing older is on its way any more.
        """
        await self._journal.append_all([Record("ledger.barrier", "ledger", "", {})])
        self._last = await asyncio.to_thread(newest_number, self._folder)
        await self.verify(store)
        self._in_doubt = False
