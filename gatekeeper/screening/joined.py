"""What do several fields of one message say when they are read one after the other?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from gatekeeper.domain.match import Match
from gatekeeper.domain.message import TextPart
from gatekeeper.domain.words import Role

_READ = frozenset(Role) - {Role.LINK, Role.FILENAME, Role.REFERENCE, Role.JOINED}
"""Roles whose texts the recipient reads or hears in sequence."""


@dataclass(frozen=True, slots=True)
class Join:
    """Parts joined by line breaks, and where each begins."""

    part: TextPart
    pieces: tuple[tuple[TextPart, int], ...]

    @classmethod
    def of(cls, parts: Sequence[TextPart], telling: Callable[[str], bool]) -> Join | None:
        """The join of the parts that are read in sequence; None when nothing in them tells."""
        read = [part for part in parts if part.role in _READ]
        if len(read) < 2 or not any(telling(part.text) for part in read):
            return None
        pieces, position = [], 0
        for part in read:
            pieces.append((part, position))
            position += len(part.text) + 1
        text = "\n".join(part.text for part in read)
        return cls(TextPart("joined", Role.JOINED, text), tuple(pieces))

    def apart(self, match: Match) -> Iterator[Match]:
        """A match over several parts as one match in each part that it touches."""
        for part, begin in self.pieces:
            if begin >= match.end or begin + len(part.text) <= match.start:
                continue
            yield replace(
                match,
                path=part.path,
                start=max(0, match.start - begin),
                end=min(len(part.text), match.end - begin),
                trace=(*match.trace, "joined parts"),
                exact=False,
            )
