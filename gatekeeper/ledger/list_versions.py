"""How does a list change the version that is asked, forward and back, and what was asked when?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import inf
from typing import Protocol

from msgspec.structs import replace as changed

from gatekeeper.errors import DependencyUnavailable, InputRejected
from gatekeeper.ledger.changes import version_entry
from gatekeeper.ledger.ledger import Applies, Ledger
from gatekeeper.ledger.list_copies import ListCopies
from gatekeeper.store.changes import Kind, Method, SwapList
from gatekeeper.store.copies import Copy
from gatekeeper.store.lists import Lists
from gatekeeper.store.status import Swap

IN_STORE = 2
"""Versions of a list that the store holds: the active one, and the one before for a rollback."""


class Opens(Protocol):
    """Opens a connection for lists, beside the traffic."""

    def __call__(self) -> Lists:
        """A fresh one; the caller closes it."""


@dataclass(frozen=True, slots=True)
class ListVersions:
    """The versions of all lists; the copies of `keep` of each stay, the active one among them."""

    ledger: Ledger
    store: Applies
    open_lists: Opens
    copies: ListCopies
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
        """Make a loaded version the one that is asked: one journal record, one step in the store.

        InputRejected if it builds on a version that is not the active one any more.
        """
        async with self.turn, self.opened() as lists:
            active = _active(await lists.history(staged.tenant, staged.list_id))
            origin = staged.origin
            if origin.kind is Kind.DELTA and origin.base != active:
                self.copies.remove(staged)
                raise InputRejected(f"version {active} came in meanwhile: nothing was changed")
            told = replace(staged, origin=changed(origin, base=active, imported_at=self.clock()))
            await self.ledger.commit(self.store, [version_entry(told)])
            # The swap is true whatever becomes of this; the next one tidies again.
            with suppress(DependencyUnavailable, OSError):
                await self._tidy(lists, told.tenant, told.list_id)
            return told

    async def roll_back(
        self, list_id: str, tenant: str | None, version: str | None = None, by: str | None = None
    ) -> SwapList:
        """Ask again an earlier version (the one before, if none is named), as old as it is."""
        async with self.opened() as lists:
            chosen = _chosen(await lists.history(tenant, list_id), version)
            swap = _again(chosen, tenant, list_id)
            if chosen.version not in await lists.held(tenant, list_id):
                await lists.load(swap, self._sound_copy(swap))
        origin = changed(chosen.origin, kind=Kind.ROLLBACK, by=by)
        return await self.swap(replace(swap, origin=origin))

    async def mend(self) -> tuple[str, ...]:
        """Load again, from their copies, active versions that the store has lost.

        The ids of the lists for which that cannot be done: until they are imported anew they
        answer with an error, never clear.
        """
        lost = list[str]()
        async with self.turn, self.opened() as lists:
            for status in await lists.active():
                tenant, name = status.tenant, status.list_id
                if status.method != Method.NUMBER or await lists.is_whole(status):
                    continue
                try:
                    history = await lists.history(tenant, name)
                    swap = _again(history[-1], tenant, name)
                    await lists.load(swap, await asyncio.to_thread(self._sound_copy, swap))
                except (InputRejected, DependencyUnavailable, IndexError):
                    lost.append(name)
        return tuple(lost)

    def _sound_copy(self, swap: SwapList) -> Copy:
        """The copy of a version, which is what the journal says of it; InputRejected if none is."""
        copy = self.copies.open(swap.tenant, swap.list_id, swap.version)
        if copy is None:
            raise InputRejected(f"version {swap.version} of {swap.list_id} is no longer kept")
        if copy.digest() != swap.origin.content:
            raise InputRejected(f"the copy of version {swap.version} was changed since its import")
        return copy

    async def sweep(self) -> None:
        """Remove what a killed gate left of its imports: at the start, when none is running.

        A store that is behind the journal does not know which versions there are.
        """
        self.copies.clear_drafts()
        if await self.store.applied() < self.ledger.last:
            return
        async with self.turn, self.opened() as lists:
            await lists.collect(self.clock(), keep=IN_STORE, grace_s=-inf)
            for tenant, list_id in await lists.loaded():
                await self._keep_copies(lists, tenant, list_id)

    async def _tidy(self, lists: Lists, tenant: str | None, list_id: str) -> None:
        """Remove versions that are no longer kept."""
        await lists.collect(self.clock(), keep=IN_STORE)
        await self._keep_copies(lists, tenant, list_id)

    async def _keep_copies(self, lists: Lists, tenant: str | None, list_id: str) -> None:
        history = await lists.history(tenant, list_id)
        newest = list(dict.fromkeys(each.version for each in reversed(history)))
        self.copies.keep(tenant, list_id, newest[: self.keep])


def _active(history: tuple[Swap, ...]) -> str | None:
    return history[-1].version if history else None


def _again(swap: Swap, tenant: str | None, list_id: str) -> SwapList:
    method = Method(swap.method)
    return SwapList(tenant, list_id, method, swap.version, swap.as_of, swap.count, swap.origin)


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
