"""What in the store comes from the journal alone: how is it emptied, and how is it read?

The numbers of licensed lists, idempotency keys, earlier sends and counters are not among it: they
stay, since the journal could not bring them back.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from gatekeeper.errors import DependencyUnavailable

CALL_S = 30.0
_AS_IT_IS = "surrogateescape"
AT_ONCE = 500
META = "gk:meta"
NOT_FOLLOWED = frozenset({b"confirmed", b"registry"})
"""Fields of `gk:meta` that tell of the server's disk, and of how changes came together."""
COMPARED = ("gk:registry", "gk:c:*", "gk:w:*", "gk:p:*:own", "gk:history:*")
ERASED = (*COMPARED, "gk:g:*")
"""Keys that are made by changes; `gk:meta` goes first, so that half of it is never believed."""

Contents = dict[bytes, bytes]
"""A key's fields and values; the members of a set, each with an empty value."""


class Differing(NamedTuple):
    """One field of one key that two stores hold differently; None where it is not there."""

    key: str
    field: bytes
    ours: bytes | None
    theirs: bytes | None


class Projection:
    """The keys that the journal can bring back, on a connection of its own."""

    def __init__(self, url: str) -> None:
        # No retries: a command whose reply was lost is not sent a second time.
        # A key may end in a person's field, which is no text: it comes back as it went.
        self._redis = Redis.from_url(
            url, socket_timeout=CALL_S, retry=Retry(NoBackoff(), 0), encoding_errors=_AS_IT_IS
        )

    async def close(self) -> None:
        """Close the connection."""
        await self._redis.aclose()

    async def erase(self) -> int:
        """Remove all of it, the high-water mark first; how many keys."""
        removed = 0
        async for batch in self._batches(ERASED):
            removed += sum(await self._calls([("UNLINK", *batch)]))
        return removed

    async def compare(self, other: Projection) -> AsyncIterator[Differing]:
        """Every field that this store and another one hold differently."""
        seen: set[str] = set()
        for whose in (self, other):
            async for batch in whose._batches(COMPARED):
                keys = [key for key in batch if key not in seen]
                seen.update(keys)
                ours, theirs = await self._read(keys), await other._read(keys)
                for key, mine, its in zip(keys, ours, theirs, strict=True):
                    for field in sorted(mine.keys() | its.keys()):
                        if mine.get(field) != its.get(field):
                            yield Differing(key, field, mine.get(field), its.get(field))

    async def _batches(self, patterns: Sequence[str]) -> AsyncIterator[list[str]]:
        yield [META]
        for pattern in patterns:
            found: list[str] = []
            try:
                async for key in self._redis.scan_iter(match=pattern, count=AT_ONCE):
                    found.append(key.decode(errors=_AS_IT_IS))
                    if len(found) == AT_ONCE:
                        yield found
                        found = []
            except RedisError as error:
                raise DependencyUnavailable("store", type(error).__name__) from None
            if found:
                yield found

    async def _read(self, keys: Sequence[str]) -> list[Contents]:
        replies = await self._calls(
            ("SMEMBERS" if key.startswith("gk:p:") else "HGETALL", key) for key in keys
        )
        return [_contents(reply) for reply in replies]

    async def _calls(self, commands: Iterable[tuple[Any, ...]]) -> list[Any]:
        rest, replies = iter(commands), []
        while batch := list(islice(rest, AT_ONCE)):
            pipeline = self._redis.pipeline(transaction=False)
            for command in batch:
                pipeline.execute_command(*command)
            try:
                replies += await pipeline.execute()
            except RedisError as error:
                raise DependencyUnavailable("store", type(error).__name__) from None
        return replies


def _contents(reply: Any) -> Contents:
    pairs = dict.fromkeys(reply, b"") if isinstance(reply, set) else reply
    return {field: value for field, value in pairs.items() if field not in NOT_FOLLOWED}
