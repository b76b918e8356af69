"""What were the newest records, and what comes next?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from gatekeeper.journal.layout import Segment, places, segments, streams
from gatekeeper.journal.read import Entry, refuse
from gatekeeper.journal.record import parse
from gatekeeper.journal.search import Query, search


def last(folder: Path, count: int) -> list[Entry]:
    """The newest records, oldest of them first."""
    return list(search(folder, Query(), limit=count))[::-1] if count > 0 else []


def follow(folder: Path, after: Entry | None, wait: Callable[[], None]) -> Iterator[Entry]:
    """Records after `after` (None: from the start) for ever; calls `wait` when there are none."""
    path, start = (after.place.path, _end(after)) if after else (None, 0)
    while True:
        moved = False
        for segment in _from(folder, path):
            if segment.path != path:
                path, start = segment.path, 0
            for entry in _whole(segment, start):
                start = _end(entry)
                moved = True
                yield entry
        if not moved:
            wait()


def _from(folder: Path, path: Path | None) -> list[Segment]:
    later = (stream for stream in streams(folder) if path is None or stream >= path.parent)
    every = (segment for stream in later for segment in segments(stream))
    return [segment for segment in every if path is None or segment.path >= path]


def _whole(segment: Segment, start: int) -> Iterator[Entry]:
    for place in places(segment, start):
        line = parse(place.raw) if place.whole else None
        if line is not None:
            yield Entry(place, line)
        elif place.whole:
            refuse(place.path, place.number)


def _end(entry: Entry) -> int:
    return entry.place.start + len(entry.place.raw) + 1
