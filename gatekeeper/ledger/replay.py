"""How does a store learn again what it has lost? From the journal, in the order of the numbers."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

from gatekeeper.errors import JournalError
from gatekeeper.journal.layout import places, segments, streams
from gatekeeper.journal.record import Line, parse
from gatekeeper.ledger.changes import CHANGES, change_of
from gatekeeper.store.changes import Change

Told = Callable[[int, int], None]
"""Is told how far a replay is: changes applied, and how many there are in all."""

BATCH = 500
"""Changes applied in one step: the store is busy with it for a few milliseconds."""

_HEAD = 400
"""Bytes of a line within which its kind stands."""
_CHANGE = re.compile(b'"kind":"(?:' + "|".join(sorted(CHANGES)).encode() + b')"')


class Replays(Protocol):
    """What a replay needs of the store."""

    async def apply(self, changes: Sequence[Change], *, first: int, last: int) -> int:
        """Apply changes numbered `first` to `last`; the same numbers twice are applied once."""


def change_lines(folder: Path) -> Iterator[Line]:
    """The journal's records that change state, oldest first; other lines are not even parsed."""
    for stream in streams(folder):
        for segment in segments(stream):
            for place in places(segment):
                if place.whole and _CHANGE.search(place.raw, 0, _HEAD):
                    line = parse(place.raw)
                    if line is None:
                        raise JournalError(f"{place.path.name}:{place.number}: not a record")
                    if line.kind in CHANGES:
                        yield line


def newest_number(folder: Path) -> int:
    """The number of the newest change, 0 for none."""
    return max((line.content["n"] for line in change_lines(folder)), default=0)


def changes_after(folder: Path, after: int) -> Iterator[tuple[int, Change]]:
    """Every change with a greater number, in order; JournalError if one is missing."""
    expected = after + 1
    for line in change_lines(folder):
        body = line.content
        number: int = body["n"]
        if number < expected:
            continue
        if number > expected:
            raise JournalError(f"change {expected} is missing from the journal")
        yield number, change_of(line.kind, line.tenant, body)
        expected += 1


def _silent(_done: int, _total: int) -> None:
    """For a replay that nobody follows."""


async def replay(
    folder: Path, store: Replays, *, after: int, last: int = 0, told: Told = _silent
) -> int:
    """Apply every change after number `after`, and return how many there were.

    `told` hears how far it is on the way to number `last`.
    """
    source, total = changes_after(folder, after), 0
    while batch := await asyncio.to_thread(lambda: list(islice(source, BATCH))):
        changes = [change for _, change in batch]
        await store.apply(changes, first=batch[0][0], last=batch[-1][0])
        total += len(batch)
        told(total, max(last - after, total))
    return total
