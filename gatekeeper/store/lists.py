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
from typing import TypeVar

from gatekeeper.errors import DependencyUnavailable, InputRejected
from gatekeeper.store.address import parse_address
from gatekeeper.store.bitmaps import BadLine, Bitmaps, Tally, read_numbers
from gatekeeper.store.changes import SwapList
from gatekeeper.store.connection import Connection
from gatekeeper.store.keys import BUCKET_BYTES, scope_name, tag_and_field
from gatekeeper.store.packing import read_pointer

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
        self._connection = Connection(parse_address(url), timeout=CALL_S)

    async def close(self) -> None:
        """Close the connection."""
        await self._connection.close()

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

    async def collect(self, now: datetime, *, grace_s: float = GRACE_S) -> int:
        """Remove versions that no pointer names and whose load began `grace_s` ago; how many."""
        before, removed = (now.timestamp() - grace_s) * 1000, 0
        for field, packed in await self._pointers():
            scope, active = field.removeprefix("list:"), read_pointer(packed)[1]
            began = _pairs(await self._connection.call("HGETALL", f"gk:versions:{scope}"))
            for version, ms in began:
                if version.decode() != active and int(ms) < before:
                    await self._drop(scope, version.decode())
                    removed += 1
        return removed

    async def _pointers(self) -> list[tuple[str, bytes]]:
        meta = _pairs(await self._connection.call("HGETALL", "gk:meta"))
        return [(key.decode(), value) for key, value in meta if key.startswith(b"list:")]

    async def _begin(self, swap: SwapList) -> None:
        seconds, _ = await self._connection.call("TIME")
        versions = f"gk:versions:{_scope(swap)}"
        began = int(seconds) * 1000
        if not await self._connection.call("HSETNX", versions, swap.version, began):
            raise InputRejected(f"list {swap.list_id} has a version {swap.version} already")

    async def _load(self, name: str, bitmaps: Bitmaps) -> int:
        # The manifest goes first: whatever happens now, it tells which segments to remove.
        counts = bitmaps.counts()
        manifest = [part for item in counts.items() for part in item]
        total = sum(counts.values())
        await self._connection.call("HSET", f"gk:dnc:{name}", "*", total, *manifest)
        for batch in _batches(counts, IN_FLIGHT):
            await self._load_segments(name, {prefix: bitmaps.segment(prefix) for prefix in batch})
        held = [self._connection.call("BITCOUNT", _segment(name, prefix)) for prefix in counts]
        if await asyncio.gather(*held) != list(counts.values()):
            raise DependencyUnavailable("store", "the numbers loaded are not those of the file")
        return total

    async def _load_segments(self, name: str, segments: dict[str, bytes]) -> None:
        await asyncio.gather(
            *(self._connection.call("SET", _segment(name, p), bits) for p, bits in segments.items())
        )

    async def _load_subjects(self, name: str, subjects: Iterator[bytes]) -> int:
        count = 0
        for batch in _batches(subjects, SUBJECTS_AT_ONCE):
            people = [tag_and_field(subject) for subject in batch]
            calls = (self._connection.call("SADD", _bucket(name, tag), f) for tag, f in people)
            count += sum(await asyncio.gather(*calls))
        return count

    async def _drop(self, scope: str, version: str) -> None:
        """Remove a version, in either layout, and then its mention."""
        name = f"{scope}:{version}"
        prefixes = [p.decode() for p in await self._connection.call("HKEYS", f"gk:dnc:{name}")]
        keys = [f"gk:dnc:{name}", *(_segment(name, prefix) for prefix in prefixes)]
        if not prefixes:
            keys += [_bucket(name, f"{tag:04x}") for tag in range(1 << 8 * BUCKET_BYTES)]
        for batch in _batches(keys, SUBJECTS_AT_ONCE):
            await self._connection.call("UNLINK", *batch)
        await self._connection.call("HDEL", f"gk:versions:{scope}", version)


def _scope(swap: SwapList) -> str:
    return scope_name(swap.tenant, swap.list_id)


def _name(swap: SwapList) -> str:
    return f"{_scope(swap)}:{swap.version}"


def _segment(name: str, prefix: str) -> str:
    return f"gk:dnc:{{1{prefix}}}:{name}"


def _bucket(name: str, tag: str) -> str:
    return f"gk:p:{{{tag}}}:{name}"


def _pairs(flat: list[bytes]) -> list[tuple[bytes, bytes]]:
    return list(zip(flat[::2], flat[1::2], strict=True))


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
