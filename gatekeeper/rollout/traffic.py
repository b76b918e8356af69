"""Which decisions are on record in a stretch of time? Read in pieces that many hands can share.

Nothing is locked or written: the journal of a running gate is read while it writes, up to the last
whole line.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from gatekeeper.journal.layout import Segment, places, segments, streams
from gatekeeper.journal.record import parse
from gatekeeper.rollout.recorded import RecordedDecision

PIECE = 4 << 20
"""Bytes of a piece."""
_KIND = b'"kind":"decision"'
_AT = b'"at":"'
_STAMP = len("2026-11-20T17:00:00.000000Z")
_HEADER = 400
"""The words of a line's head stand within so many bytes."""
_NOBODY = b'"recipients":[]'


class Span(Struct, frozen=True):
    """A stretch of time, and one tenant's part of it; stamps as the journal writes them."""

    since: str = ""
    until: str = "~"
    tenant: str | None = None


class Piece(Struct, frozen=True):
    """A part of a segment: the lines that begin in it."""

    path: Path
    start: int
    end: int
    keep: int | None = None
    """Only so many bytes of the segment count."""

    @property
    def size(self) -> int:
        """Bytes."""
        return self.end - self.start


class Told(Struct, frozen=True, gc=False):
    """A decision as it stands in the journal."""

    at: str
    id: str
    tenant: str
    body: RecordedDecision


class Read(Struct):
    """What was met beside the decisions that can be judged again."""

    refused: int = 0
    """Requests that were refused before any rule was asked: they could not be read, or a part of
    the gate was away."""
    unreadable: int = 0
    """Lines that cannot be read."""


_decode = msgspec.json.Decoder(Told).decode


def pieces(folder: Path, span: Span) -> list[Piece]:
    """The parts of all segments that may hold decisions of that time, the oldest first."""
    return [
        piece
        for stream in streams(folder)
        for segment in _in_time(segments(stream), span)
        for piece in _split(segment)
    ]


def decisions(piece: Piece, span: Span, read: Read) -> Iterator[Told]:
    """The decisions of a piece; what else was met is counted in `read`."""
    for raw in _lines(piece):
        if raw.find(_KIND, 0, _HEADER) < 0:
            continue
        start = raw.find(_AT, 0, _HEADER) + len(_AT)
        if not span.since <= raw[start : start + _STAMP].decode("ascii", "replace") < span.until:
            continue
        if _NOBODY in raw:
            read.refused += _is_of(raw, span.tenant)
            continue
        try:
            told = _decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError):
            read.unreadable += 1
            continue
        if span.tenant is None or told.tenant == span.tenant:
            yield told


def _is_of(raw: bytes, tenant: str | None) -> bool:
    line = parse(raw)
    return line is not None and tenant in (None, line.tenant)


def _in_time(found: list[Segment], span: Span) -> Iterator[Segment]:
    """The segments that may hold records of that time; a stream's records stand in order."""
    firsts = [_first_at(segment) for segment in found]
    for n, segment in enumerate(found):
        following = next((first for first in firsts[n + 1 :] if first), "~")
        if firsts[n] and firsts[n] < span.until and following >= span.since:
            yield segment


def _first_at(segment: Segment) -> str:
    """The instant of a segment's first record; of one that cannot be read the earliest."""
    first = next(places(segment), None)
    if first is None:
        return ""
    line = parse(first.raw) if first.whole else None
    return line.at if line is not None else "0"


def _split(segment: Segment) -> Iterator[Piece]:
    size = segment.path.stat().st_size
    end = size if segment.keep is None else min(size, segment.keep)
    for start in range(0, end, PIECE):
        yield Piece(segment.path, start, min(start + PIECE, end), segment.keep)


def _lines(piece: Piece) -> Iterator[bytes]:
    """The whole lines that begin in the piece."""
    with piece.path.open("rb") as file:
        at = piece.start
        if at:
            file.seek(at - 1)
            at += len(file.readline()) - 1
        while at < piece.end:
            raw = file.readline()
            at += len(raw)
            if not raw.endswith(b"\n") or (piece.keep is not None and at > piece.keep):
                return
            yield raw
