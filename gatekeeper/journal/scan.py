"""Which records hold given words? A walk in whole blocks, as fast as the disk, in little memory.

For questions about one person in a large journal: only lines that hold one of the words are ever
parsed, so the walk hardly disturbs a gate that is at work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from gatekeeper.journal.layout import Segment, segments, streams
from gatekeeper.journal.read import Damaged, refuse
from gatekeeper.journal.record import MAX_LINE, Line, parse

BLOCK = 1 << 20
"""Bytes looked at in one go: well under a millisecond."""

Span = tuple[int, int]
"""Where a line begins and ends in its block, without its newline."""

_OUTCOME = re.compile(rb'"kind":"outcome","id":"([^"\\]{1,200})"')


@dataclass(slots=True)
class Scan:
    """One walk over a journal; use it once.

    `words` are bytes that a wanted line holds; `awaited` are ids of requests whose outcome is
    wanted too: whoever reads the lines may add to it while the walk goes on.
    """

    folder: Path
    words: Collection[bytes]
    since: str = ""
    """The name of the stream to begin with; older ones are not looked at."""
    advance: Callable[[int], None] = lambda _: None
    """Told of bytes as they are read."""
    damaged: Damaged = refuse
    awaited: set[str] = field(default_factory=set)

    def lines(self) -> Iterator[Line]:
        """The lines, oldest first; an outcome may come a little late."""
        for stream in streams(self.folder):
            if stream.name >= self.since:
                for segment in segments(stream):
                    yield from self._segment(segment)

    def _segment(self, segment: Segment) -> Iterator[Line]:
        for _, block in blocks(segment.path, segment.keep):
            yield from self._read(segment.path, block, spans(block, self.words))
            if self.awaited:
                yield from self._read(segment.path, block, self._outcomes(block))
            self.advance(len(block))

    def _outcomes(self, block: bytes) -> list[Span]:
        found = []
        for match in _OUTCOME.finditer(block):
            if match[1].decode() in self.awaited:
                self.awaited.discard(match[1].decode())
                found.append(_line_around(block, match.start()))
        return found

    def _read(self, path: Path, block: bytes, found: list[Span]) -> Iterator[Line]:
        for start, end in found:
            if end == len(block):  # torn by a crash, or being written
                continue
            line = parse(block[start:end])
            if line is None:
                self.damaged(path, 0)
            else:
                yield line


def blocks(path: Path, keep: int | None = None) -> Iterator[tuple[int, bytes]]:
    """A file in blocks of whole lines, each with its offset; only its first `keep` bytes."""
    with path.open("rb") as file:
        at, end = 0, path.stat().st_size if keep is None else keep
        while at < end and (block := _block(file, min(BLOCK, end - at))):
            yield at, block
            at += len(block)


def spans(block: bytes, words: Collection[bytes]) -> list[Span]:
    """The lines of a block that hold one of the words, in their order."""
    found: set[Span] = set()
    for word in words:
        at = block.find(word)
        while at >= 0:
            span = _line_around(block, at)
            found.add(span)
            at = block.find(word, span[1])
    return sorted(found)


def _block(file: BinaryIO, size: int) -> bytes:
    """So many bytes, and the rest of the last line."""
    block = file.read(size)
    return block if not block or block.endswith(b"\n") else block + file.readline(MAX_LINE + 1)


def _line_around(block: bytes, at: int) -> Span:
    end = block.find(b"\n", at)
    return block.rfind(b"\n", 0, at) + 1, end if end >= 0 else len(block)
