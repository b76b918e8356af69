"""What does the journal say at one place?"""

from __future__ import annotations

from pathlib import Path

from gatekeeper.journal.layout import Segment, places, segments, streams
from gatekeeper.journal.record import Line, Position, parse


def record_at(folder: Path, position: Position) -> Line | None:
    """The record of that stream and sequence number; None if there is none.

    Reads the first line of each of the stream's segments, and one segment.
    """
    for stream in streams(folder):
        if stream.name == position.stream:
            return _in_stream(segments(stream), position.seq)
    return None


def _in_stream(found: list[Segment], seq: int) -> Line | None:
    began = [(segment, first) for segment in found if (first := _first(segment)) is not None]
    holding = [segment for segment, first in began if first <= seq]
    wanted = b'"seq":%d,' % seq
    for segment in reversed(holding):
        for place in places(segment):
            if place.whole and wanted in place.raw:
                line = parse(place.raw)
                if line is not None and line.seq == seq:
                    return line
        return None
    return None


def _first(segment: Segment) -> int | None:
    place = next(places(segment), None)
    line = parse(place.raw) if place is not None and place.whole else None
    return line.seq if line is not None else None
