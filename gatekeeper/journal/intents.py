"""Which messages may have been sent without their outcome on record?

A decision that forwards is an intent until its outcome is recorded. After a crash the open ones
are marked unknown, never resent.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gatekeeper.domain.verdict import Verdict
from gatekeeper.journal.layout import segments, streams
from gatekeeper.journal.read import entries_of
from gatekeeper.journal.record import Position

FORWARDING = frozenset(verdict.label for verdict in Verdict if verdict.forwards)


class Intent(NamedTuple):
    """A forwarding decision without an outcome."""

    id: str
    tenant: str
    position: Position
    at: str


def open_intents(folder: Path, *, before: str | None = None) -> Iterator[Intent]:
    """The open intents, oldest first, of the streams since the last that closed as settled.

    `before` names this start's own stream: it and later ones are not looked at.
    """
    opened: dict[str, Intent] = {}
    for stream in _unsettled(folder, before):
        for segment in segments(stream):
            for _, line in entries_of(segment):
                if line.kind == "outcome":
                    opened.pop(line.id, None)
                elif line.kind == "decision" and line.content.get("verdict") in FORWARDING:
                    opened[line.id] = Intent(line.id, line.tenant, line.position, line.at)
    yield from opened.values()


def _unsettled(folder: Path, before: str | None) -> list[Path]:
    chosen: list[Path] = []
    for stream in reversed([s for s in streams(folder) if before is None or s.name < before]):
        if _settled(stream):
            break
        chosen.append(stream)
    return chosen[::-1]


def _settled(stream: Path) -> bool:
    last = None
    for segment in segments(stream)[-1:]:
        for entry in entries_of(segment, lambda *_: None):
            last = entry.line
    return last is not None and last.kind == "stream.closed" and bool(last.content.get("settled"))
