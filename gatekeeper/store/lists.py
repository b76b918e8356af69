"""How does a new version of a list get into the store without anyone seeing half of it?

It is loaded under its own version name, counted on the server and compared; only then may the
ledger swap the pointer (`SwapList`), in one step. What fails before that is removed and the old
version stays.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from gatekeeper.errors import DependencyUnavailable, InputRejected
from gatekeeper.store.bitmaps import BadLine, Bitmaps, Tally, read_numbers
from gatekeeper.store.changes import SwapList
from gatekeeper.store.keys import BUCKET_BYTES, scope_name, tag_and_field
from gatekeeper.store.packing import read_pointer
from gatekeeper.store.status import Swap, read_history

CALL_S = 30.0
IN_FLIGHT = 32
"""Segments of 125 kB on their way at once: 4 MB of buffers."""
SUBJECTS_AT_ONCE = 2_000
GRACE_S = 3600.0
"""An unused version is kept this long, so that an import under way is not taken for waste."""

Item = TypeVar("Item")
Progress = Callable[[Tally], None]


class Lists:
    """Loading and removing versions of lists, on a connection of its own, beside the traffic."""

    def __init__(self, url: str) -> None:
        # No retries: a count would be wrong if a command whose reply was lost ran twice.
        never = Retry(NoBackoff(), 0)
        self._redis = Redis.from_url(url, socket_timeout=CALL_S, retry=never)

    async def close(self) -> None:
        """Close the connection."""
        await self._redis.aclose()

    async def stage_numbers(
        self, swap: SwapList, chunks: Iterable[bytes], bad_line: BadLine, progress: Progress
    ) -> SwapList:
        """Load a list by number from text in chunks of some megabytes; the swap, with its count.

        Nothing is asked of it until the swap is applied. A failure removes what was loaded.
        """
        bitmaps, tally = Bitmaps(), Tally()

        def fill() -> None:
            for numbers in read_numbers(chunks, tally, bad_line):
                bitmaps.add(numbers)
                progress(tally)

        await asyncio.to_thread(fill)
        await self._begin(swap)
        try:
            tally.numbers = await self._load(_name(swap), bitmaps)
        except BaseException:
            await self._drop(_scope(swap), swap.version)
            raise
        progress(tally)
        return replace(swap, count=tally.numbers)

    async def stage_subjects(self, swap: SwapList, subjects: Iterable[bytes]) -> SwapList:
        """Load a tenant's list by subjects (16 bytes each); the swap, with its count."""
        await self._begin(swap)
        try:
            count = await self._load_subjects(_name(swap), iter(subjects))
        except BaseException:
            await self._drop(_scope(swap), swap.version)
            raise
        return replace(swap, count=count)

    async def history(self, tenant: str | None, list_id: str) -> tuple[Swap, ...]:
        """Every change of a list's active version, oldest first."""
        return await self._history(scope_name(tenant, list_id))

    async def held(self, tenant: str | None, list_id: str) -> frozenset[str]:
        """The versions whose numbers the store holds, whole."""
        scope = scope_name(tenant, list_id)
        (versions,) = await self._calls([("HKEYS", f"gk:versions:{scope}")])
        names = [version.decode() for version in versions]
        whole = await self._calls(("EXISTS", f"gk:dnc:{scope}:{name}") for name in names)
        return frozenset(name for name, is_there in zip(names, whole, strict=True) if is_there)

    async def collect(self, now: datetime, *, keep: int = 1, grace_s: float = GRACE_S) -> int:
        """Remove the versions of all lists but the active one and those before it; how many.

        `keep` versions of each list stay. What was never swapped in has `grace_s` from the
        beginning of its load: it may still be loading.
        """
        before, removed = (now.timestamp() - grace_s) * 1000, 0
        for field, packed in await self._pointers():
            scope, active = field.removeprefix("list:"), read_pointer(packed)[1]
            swaps = [swap.version for swap in reversed(await self._history(scope))]
            stay = list(dict.fromkeys([active, *swaps]))[:keep]
            (versions,) = await self._calls([("HGETALL", f"gk:versions:{scope}")])
            for version, ms in versions.items():
                name = version.decode()
                if name not in stay and (name in swaps or int(ms) < before):
                    await self._drop(scope, name)
                    removed += 1
        return removed

    async def _history(self, scope: str) -> tuple[Swap, ...]:
        (flat,) = await self._calls([("HGETALL", f"gk:history:{scope}")])
        return read_history(flat)

    async def _pointers(self) -> list[tuple[str, bytes]]:
        (meta,) = await self._calls([("HGETALL", "gk:meta")])
        return [(key.decode(), meta[key]) for key in meta if key.startswith(b"list:")]

    async def _begin(self, swap: SwapList) -> None:
        ((seconds, _),) = await self._calls([("TIME",)])
        versions = f"gk:versions:{_scope(swap)}"
        if await self._calls([("HSETNX", versions, swap.version, seconds * 1000)]) != [1]:
            raise InputRejected(f"list {swap.list_id} has a version {swap.version} already")

    async def _load(self, name: str, bitmaps: Bitmaps) -> int:
        # The manifest goes first: whatever happens now, it tells which segments to remove.
        counts = bitmaps.counts()
        manifest = [part for item in counts.items() for part in item]
        total = sum(counts.values())
        await self._calls([("HSET", f"gk:dnc:{name}", "*", total, *manifest)])
        for batch in _batches(counts, IN_FLIGHT):
            await self._calls(("SET", _segment(name, p), bitmaps.segment(p)) for p in batch)
        held = await self._calls(("BITCOUNT", _segment(name, prefix)) for prefix in counts)
        if held != list(counts.values()):
            raise DependencyUnavailable("store", "the numbers loaded are not those of the file")
        return total

    async def _load_subjects(self, name: str, subjects: Iterator[bytes]) -> int:
        count = 0
        for batch in _batches(subjects, SUBJECTS_AT_ONCE):
            people = [tag_and_field(subject) for subject in batch]
            count += sum(await self._calls(("SADD", _bucket(name, t), f) for t, f in people))
        return count

    async def _drop(self, scope: str, version: str) -> None:
        """Remove a version, in either layout, and then its mention."""
        name = f"{scope}:{version}"
        (manifest,) = await self._calls([("HKEYS", f"gk:dnc:{name}")])
        prefixes = [prefix.decode() for prefix in manifest]
        keys = [f"gk:dnc:{name}", *(_segment(name, prefix) for prefix in prefixes)]
        if not prefixes:
            keys += [_bucket(name, f"{tag:04x}") for tag in range(1 << 8 * BUCKET_BYTES)]
        for batch in _batches(keys, SUBJECTS_AT_ONCE):
            await self._calls([("UNLINK", *batch)])
        await self._calls([("HDEL", f"gk:versions:{scope}", version)])

    async def _calls(self, commands: Iterable[tuple[Any, ...]]) -> list[Any]:
        """Send commands together; DependencyUnavailable if any of them fails."""
        pipeline = self._redis.pipeline(transaction=False)
        for command in commands:
            pipeline.execute_command(*command)
        try:
            return await pipeline.execute()
        except RedisError as error:
            raise DependencyUnavailable("store", type(error).__name__) from None


def _scope(swap: SwapList) -> str:
    return scope_name(swap.tenant, swap.list_id)


def _name(swap: SwapList) -> str:
    return f"{_scope(swap)}:{swap.version}"


def _segment(name: str, prefix: str) -> str:
    return f"gk:dnc:{{1{prefix}}}:{name}"


def _bucket(name: str, tag: str) -> str:
    return f"gk:p:{{{tag}}}:{name}"


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
