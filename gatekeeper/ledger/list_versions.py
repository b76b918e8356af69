"""How does a list change the version that is asked, forward and back, and what was asked when?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from msgspec.structs import replace as changed

from gatekeeper.errors import InputRejected
from gatekeeper.ledger.changes import version_entry
from gatekeeper.ledger.ledger import Applies, Ledger
from gatekeeper.store.changes import Kind, Method, SwapList
from gatekeeper.store.lists import Lists
from gatekeeper.store.status import Swap


class Opens(Protocol):
    """Opens a connection for lists, beside the traffic."""

    def __call__(self) -> Lists:
        """A fresh one; the caller closes it."""


@dataclass(frozen=True, slots=True)
class ListVersions:
    """The versions of all lists; `keep` of each stay at hand, the active one among them."""

    ledger: Ledger
    store: Applies
    open_lists: Opens
    clock: Callable[[], datetime]
    keep: int = 2
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One swap at a time: what is kept and what is active cannot change meanwhile."""

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Lists]:
        """A connection that is closed again."""
        lists = self.open_lists()
        try:
            yield lists
        finally:
            await lists.close()

    async def history(self, list_id: str, tenant: str | None) -> tuple[Swap, ...]:
        """Every change of the list's active version, oldest first."""
        async with self.opened() as lists:
            return await lists.history(tenant, list_id)

    async def swap(self, staged: SwapList) -> SwapList:
        """Make a staged version the one that is asked: one journal record, one step in the store.

        InputRejected if it builds on a version that is not the active one any more.
        """
        async with self.turn, self.opened() as lists:
            active = _active(await lists.history(staged.tenant, staged.list_id))
            origin = staged.origin
            if origin.kind is Kind.DELTA and origin.base != active:
                raise InputRejected(f"version {active} came in meanwhile: nothing was changed")
            told = replace(staged, origin=changed(origin, base=active, imported_at=self.clock()))
            await self.ledger.commit(self.store, [version_entry(told)])
            await lists.collect(self.clock(), keep=self.keep)
            return told

    async def roll_back(
        self, list_id: str, tenant: str | None, version: str | None = None, by: str | None = None
    ) -> SwapList:
        """Ask again an earlier version (the one before, if none is named), as old as it is."""
        async with self.opened() as lists:
            history = await lists.history(tenant, list_id)
            held = await lists.held(tenant, list_id)
        chosen = _chosen(history, version)
        if chosen.version not in held:
            raise InputRejected(f"version {chosen.version} of {list_id} is no longer kept")
        origin = changed(chosen.origin, kind=Kind.ROLLBACK, by=by)
        swap = SwapList(
            tenant, list_id, Method(chosen.method), chosen.version, chosen.as_of, chosen.count
        )
        return await self.swap(replace(swap, origin=origin))


def _active(history: tuple[Swap, ...]) -> str | None:
    return history[-1].version if history else None


def _chosen(history: tuple[Swap, ...], version: str | None) -> Swap:
    """The version that is named, or the newest that came in before the active one did."""
    active = _active(history)
    names = list(dict.fromkeys(swap.version for swap in history))
    if version is None and active is not None:
        earlier = names[: names.index(active)]
        version = earlier[-1] if earlier else None
        if version is None:
            raise InputRejected(f"there is no version before {active}")
    if version not in names:
        raise InputRejected("there is no such version of this list")
    if version == active:
        raise InputRejected(f"version {version} is the one that is asked already")
    return next(swap for swap in history if swap.version == version)
