"""With which words does an import tell how it goes?"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gatekeeper.ledger.changes import Entry


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: lines read so far, or changes applied out of `total`."""

    stage: str
    done: int
    total: int | None = None
    read: int | None = None
    """Bytes of the file read so far, out of `size`."""
    size: int | None = None
    known: int = 0
    """Lines that say what was on record before."""
    bad: int = 0
    lacking: Mapping[str, int] = field(default_factory=dict)
    """How many of the lines lack each element of written consent, or `evidence` at all."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that does not hold, and why; the reason repeats nothing of the line."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Some lines of a file, judged."""

    entries: Sequence[Entry]
    bad: Sequence[BadLine]
    lines: int
    known: int = 0
    read: int = 0
    size: int = 0
    lacking: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Underway:
    """An import that is not finished."""

    id: str
    tenant: str
    file: str
    since: datetime
    progress: Progress


Judged = AsyncIterator[Batch]
News = Progress | BadLine
