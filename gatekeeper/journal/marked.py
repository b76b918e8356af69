"""Which records hold a certain mark? One pass over the segments; only those are decoded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from gatekeeper.journal.layout import places, segments, streams
from gatekeeper.journal.read import Damaged, refuse
from gatekeeper.journal.record import Line, parse, stamp


def marked(
    folder: Path, mark: bytes, kind: str, since: datetime | None = None, damaged: Damaged = refuse
) -> Iterator[Line]:
    """The records of one kind whose bytes hold the mark, from an instant on, oldest first."""
    first = stamp(since) if since else ""
    for stream in streams(folder):
        for segment in segments(stream):
            for place in places(segment):
                if not place.whole or mark not in place.raw:
                    continue
                line = parse(place.raw)
                if line is None:
                    damaged(place.path, place.number)
                elif line.kind == kind and line.at >= first:
                    yield line
