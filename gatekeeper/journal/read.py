"""What stands in the journal, record by record, in bounded memory?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from gatekeeper.errors import JournalError
from gatekeeper.journal.layout import Place, Segment, places, segments, streams
from gatekeeper.journal.record import Line, parse

Damaged = Callable[[Path, int], None]
"""Told of a line that cannot be read: its file and number."""


class Entry(NamedTuple):
    """A record with the place where it lies."""

    place: Place
    line: Line


def refuse(path: Path, number: int) -> None:
    """The default for damage: JournalError with the place and what to do."""
    raise JournalError(f"{path}:{number} cannot be read; run: gatekeeper audit verify")


def entries(folder: Path, damaged: Damaged = refuse) -> Iterator[Entry]:
    """Every record of every stream, in the order in which the streams were written."""
    for stream in streams(folder):
        for segment in segments(stream):
            yield from entries_of(segment, damaged)


def entries_of(segment: Segment, damaged: Damaged = refuse) -> Iterator[Entry]:
    """The records of one segment; a torn last line (crash, or being written) is left out."""
    for place in places(segment):
        line = parse(place.raw) if place.whole else None
        if line is not None:
            yield Entry(place, line)
        elif place.whole:
            damaged(place.path, place.number)


def newest_first(folder: Path) -> Iterator[Segment]:
    """All segments, the newest first."""
    for stream in reversed(streams(folder)):
        yield from reversed(segments(stream))


def total_bytes(folder: Path) -> int:
    """The size of all segments, for a progress bar."""
    return sum(s.path.stat().st_size for stream in streams(folder) for s in segments(stream))
