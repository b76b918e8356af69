"""How do the journal's files lie in its folder?

    journal/
      lock                        held by the one gate that writes here
      ballast                     space kept for the last records of a full disk
      streams/000007.host.0.9f3a21c4/
        000001.jsonl  000002.jsonl  ...     segments
        000002.torn                         bytes that a recovery set aside
        checkpoints.jsonl                   signed heads
      sealed/000001.jsonl ...               sealed evidence

One start of a worker writes one stream: ordinal, host, worker, random boot id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gatekeeper.journal.record import MAX_LINE, parse

BUFFER = 64 << 10
"""Bytes read at a time."""

SUSPECT = "stream.suspect"
"""The first record of a segment that replaces the unsure tail of earlier ones: its `cuts` say
how many bytes of each earlier segment (by number) still count."""

_SEGMENT = re.compile(r"(\d{6})\.jsonl")
_STREAM = re.compile(r"\d{6}\.[a-z0-9-]+\.[a-z0-9-]+\.[0-9a-f]{8}")


class Segment(NamedTuple):
    """One file of a stream; only its first `keep` bytes count, all if None."""

    path: Path
    number: int
    keep: int | None = None


class Place(NamedTuple):
    """A line as it lies on disk."""

    path: Path
    number: int
    """From 1."""
    start: int
    """Offset in bytes."""
    raw: bytes
    """Without its newline."""
    whole: bool
    """False for a last line that lacks its newline, or one that is longer than allowed."""


def streams(folder: Path) -> list[Path]:
    """The folders of all streams, oldest first."""
    home = folder / "streams"
    if not home.is_dir():
        return []
    return sorted(path for path in home.iterdir() if _STREAM.fullmatch(path.name))


def stream_name(ordinal: int, host: str, worker: str, boot: str) -> str:
    """A name for a new stream, safe in a path and in JSON."""
    safe = re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-")[:32] or "host"
    return f"{ordinal:06d}.{safe}.{worker}.{boot}"


def segment_path(stream: Path, number: int) -> Path:
    """Where a segment lies."""
    return stream / f"{number:06d}.jsonl"


def segments(stream: Path) -> list[Segment]:
    """The stream's segments in order, with what counts of each."""
    named = ((path, _SEGMENT.fullmatch(path.name)) for path in stream.iterdir())
    found = sorted(Segment(path, int(match[1])) for path, match in named if match)
    cuts: dict[int, int] = {}
    for segment in found:
        cuts.update(_cuts(segment))
    return [segment._replace(keep=cuts.get(segment.number)) for segment in found]


def places(segment: Segment, start: int = 0) -> Iterator[Place]:
    """The lines of a segment that count, from a line's start; one of them is held at a time.

    Numbers count from where reading began.
    """
    with segment.path.open("rb", buffering=BUFFER) as file:
        file.seek(start)
        number = 0
        while segment.keep is None or start < segment.keep:
            raw = file.readline(MAX_LINE + 1)
            if not raw:
                return
            number += 1
            whole = raw.endswith(b"\n")
            yield Place(segment.path, number, start, raw.rstrip(b"\n"), whole)
            start += len(raw)


def _cuts(segment: Segment) -> dict[int, int]:
    first = next(places(segment), None)
    line = parse(first.raw) if first and first.whole else None
    if line is None or line.kind != SUSPECT:
        return {}
    cuts = line.content.get("cuts", {})
    return {int(number): keep for number, keep in cuts.items() if int(number) < segment.number}
