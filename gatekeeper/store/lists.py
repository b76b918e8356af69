"""How does a new version of a list get into the store without anyone seeing half of it?

It is loaded under its own version name, counted on the server and compared; only then may the
ledger swap the pointer (`SwapList`), in one step. What fails before that is removed and the old
version stays.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.store.changes import SwapList
from gatekeeper.store.copies import Copy, Segment
from gatekeeper.store.keys import scope_name, split_scope
from gatekeeper.store.segments import BITMAP_BYTES
from gatekeeper.store.status import ListStatus, Swap, read_history, read_statuses

CALL_S = 30.0
IN_FLIGHT = 4 << 20
"""Bytes of segments on their way at once, beside the last of them."""
KEYS_AT_ONCE = 2_000
GRACE_S = 3600.0
"""An unused version is kept this long, so that an import under way is not taken for waste."""

OWN = "own"
"""Not a version: the people whom a tenant put on its list one by one."""

Item = TypeVar("Item")
Tell = Callable[[str, int], None]
"""Takes a stage and how far it is."""


class Lists:
    """Loading and removing versions of lists, on a connection of its own, beside the traffic."""

    def __init__(self, url: str) -> None:
        # No retries: a count would be wrong if a command whose reply was lost ran twice.
        never = Retry(NoBackoff(), 0)
        self._redis = Redis.from_url(url, socket_timeout=CALL_S, retry=never)

    async def close(self) -> None:
        """Close the connection."""
        await self._redis.aclose()

    async def load(self, swap: SwapList, copy: Copy, tell: Tell = lambda *_: None) -> None:
        """Load a version from its copy, count it on the server, and only then call it whole.

        Nothing is asked of it until the swap is applied. A failure removes what was loaded.
        """
        await self._begin(swap)
        try:
            await self._load(_name(swap), copy, tell)
        except BaseException:
            await self._drop(_scope(swap), swap.version)
            raise

    async def history(self, tenant: str | None, list_id: str) -> tuple[Swap, ...]:
        """Every change of a list's active version, oldest first."""
        return await self._history(scope_name(tenant, list_id))

    async def active(self) -> tuple[ListStatus, ...]:
        """The active versions of all lists."""
        (meta,) = await self._calls([("HGETALL", "gk:meta")])
        return read_statuses([part for item in meta.items() for part in item])

    async def loaded(self) -> list[tuple[str | None, str]]:
        """Owner and id of every list of which a version was ever loaded or is active."""
        (scopes,) = await self._calls([("SMEMBERS", "gk:scopes")])
        known = {split_scope(scope.decode()) for scope in scopes}
        known |= {(status.tenant, status.list_id) for status in await self.active()}
        return sorted(known, key=lambda each: (each[1], each[0] or ""))

    async def is_whole(self, status: ListStatus) -> bool:
        """Whether the store holds all numbers of an active version."""
        name = f"{scope_name(status.tenant, status.list_id)}:{status.version}"
        (there,) = await self._calls([("HEXISTS", f"gk:dnc:{name}", "*")])
        return bool(there)

    async def held(self, tenant: str | None, list_id: str) -> frozenset[str]:
        """The versions whose numbers the store holds, whole."""
        scope = scope_name(tenant, list_id)
        (versions,) = await self._calls([("HKEYS", f"gk:versions:{scope}")])
        names = [version.decode() for version in versions]
        whole = await self._calls(("HEXISTS", f"gk:dnc:{scope}:{name}", "*") for name in names)
        return frozenset(name for name, is_there in zip(names, whole, strict=True) if is_there)

    async def collect(self, now: datetime, *, keep: int = 1, grace_s: float = GRACE_S) -> int:
        """Remove the versions of all lists but the active one and those before it; how many.

        `keep` versions of each list stay. What was never swapped in has `grace_s` from the
        beginning of its load: it may still be loading.
        """
        before, removed = (now.timestamp() - grace_s) * 1000, 0
        active = {(s.tenant, s.list_id): s.version for s in await self.active()}
        for tenant, list_id in await self.loaded():
            scope = scope_name(tenant, list_id)
            swaps = [swap.version for swap in reversed(await self._history(scope))]
            stay = list(dict.fromkeys([active.get((tenant, list_id), OWN), *swaps]))[:keep]
            (versions,) = await self._calls([("HGETALL", f"gk:versions:{scope}")])
            for version, ms in versions.items():
                name = version.decode()
                if name not in (*stay, OWN) and (name in swaps or int(ms) < before):
                    await self._drop(scope, name)
                    removed += 1
        return removed

    async def _history(self, scope: str) -> tuple[Swap, ...]:
        (flat,) = await self._calls([("HGETALL", f"gk:history:{scope}")])
        return read_history(flat)

    async def _begin(self, swap: SwapList) -> None:
        ((seconds, _),) = await self._calls([("TIME",)])
        scope = _scope(swap)
        await self._calls(
            [
                ("SADD", "gk:scopes", scope),
                ("HSETNX", f"gk:versions:{scope}", swap.version, seconds * 1000),
            ]
        )

    async def _load(self, name: str, copy: Copy, tell: Tell) -> None:
        form, total = copy.form, 0
        about = ("w", form.width, "p", form.plan, "o", int(form.partial))
        await self._calls([("HSET", f"gk:dnc:{name}", *about)])
        segments = copy.segments()
        while batch := await asyncio.to_thread(_some, segments):
            # The manifest goes first: whatever happens now, it tells which segments to remove.
            counts = [part for segment in batch for part in (segment.prefix, segment.count)]
            await self._calls([("HSET", f"gk:dnc:{name}", *counts)])
            await self._calls(("SET", _segment(name, s.prefix), s.packed) for s in batch)
            held = await self._calls(_counting(name, segment) for segment in batch)
            if held != [_held(segment) for segment in batch]:
                raise DependencyUnavailable("store", "the numbers loaded are not those of the file")
            total += sum(segment.count for segment in batch)
            tell("loaded", total)
        await self._calls([("HSET", f"gk:dnc:{name}", "*", total)])

    async def _drop(self, scope: str, version: str) -> None:
        """Remove a version and then its mention."""
        name = f"{scope}:{version}"
        (manifest,) = await self._calls([("HKEYS", f"gk:dnc:{name}")])
        prefixes = [int(prefix) for prefix in manifest if prefix.isdigit()]
        if b"w" not in manifest:
            # Older gates left out the country code 1.
            prefixes = [10_000 + prefix for prefix in prefixes]
        keys = [f"gk:dnc:{name}", *(_segment(name, prefix) for prefix in prefixes)]
        for batch in _batches(keys, KEYS_AT_ONCE):
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


def _segment(name: str, prefix: int) -> str:
    return f"gk:dnc:{{{prefix}}}:{name}"


def _counting(name: str, segment: Segment) -> tuple[str, str]:
    """What counts a segment's numbers on the server: bits, or bytes of the sorted ones."""
    dense = len(segment.packed) == BITMAP_BYTES
    return "BITCOUNT" if dense else "STRLEN", _segment(name, segment.prefix)


def _held(segment: Segment) -> int:
    if len(segment.packed) == BITMAP_BYTES:
        return int.from_bytes(segment.packed).bit_count()
    return len(segment.packed)


def _some(segments: Iterator[Segment]) -> list[Segment]:
    """The next segments, up to a bound of bytes and of keys."""
    batch, size = list[Segment](), 0
    while size < IN_FLIGHT and len(batch) < KEYS_AT_ONCE:
        if (segment := next(segments, None)) is None:
            break
        batch.append(segment)
        size += len(segment.packed)
    return batch


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
