"""Which numbers could a text spell, given that digits may stand apart?

A run is digits with up to four other signs between them. Windows of a run begin and end on its
groups, overlap, and never cut a group: a card is not found inside a longer unbroken number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_RUN = re.compile(r"[0-9](?:[\W_]{0,4}[0-9]){7,}")
_GROUP = re.compile(r"[0-9]+")
_TAIL = 2
"""A last group this short ends a longer number (an IBAN, a parcel number), not a card."""
MOST_WINDOWS = 8_000
"""Windows tried per text; past them the text counts as not inspected, never as clear."""


@dataclass(frozen=True, slots=True)
class Number:
    """A candidate: digits of whole neighbouring groups and how they stand in the run."""

    digits: str
    groups: tuple[int, ...]
    """Digits in each group."""
    gaps: tuple[str, ...]
    """What stands between the groups."""
    cut: int
    """On how many sides the run goes on with a group and a gap of the same kind (0 to 2)."""
    start: int
    end: int

    @property
    def grouping(self) -> str:
        """The groups as people write them, `4-4-4-4`."""
        return "-".join(map(str, self.groups))


@dataclass(frozen=True, slots=True)
class Run:
    """Digit groups that stand close enough to be read as one number."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def numbers(self, lengths: frozenset[int], most: int) -> Iterator[Number]:
        """Windows whose digit count is wanted; `most` is the greatest of them."""
        for first in range(len(self.spans)):
            count = 0
            for last in range(first, len(self.spans)):
                start, end = self.spans[last]
                count += end - start
                if count > most:
                    break
                if count in lengths:
                    yield self._number(first, last)

    def _number(self, first: int, last: int) -> Number:
        spans = self.spans[first : last + 1]
        groups = tuple(end - start for start, end in spans)
        gaps = tuple(
            self.text[a[1] : b[0]] for a, b in zip(spans, spans[1:], strict=False)
        )
        cut = self._goes_on(first, first - 1, gaps) + self._goes_on(last, last + 1, gaps)
        digits = "".join(self.text[start:end] for start, end in spans)
        return Number(digits, groups, gaps, cut, spans[0][0], spans[-1][1])

    def _goes_on(self, edge: int, beyond: int, gaps: tuple[str, ...]) -> bool:
        """Whether the group beyond an edge belongs to the same longer number."""
        if not gaps or not 0 <= beyond < len(self.spans):
            return False
        (a_start, a_end), (b_start, b_end) = self.spans[edge], self.spans[beyond]
        gap = self.text[a_end:b_start] if beyond > edge else self.text[b_end:a_start]
        if gap not in gaps:
            return False
        if beyond < edge and b_start and self.text[b_start - 1].isalpha():
            return True
        if beyond > edge and beyond == len(self.spans) - 1 and b_end - b_start <= _TAIL:
            return True
        alike = b_end - b_start == a_end - a_start
        return alike and not _is_year(self.text[b_start:b_end])


def _is_year(group: str) -> bool:
    return len(group) == 4 and group[:2] in ("19", "20")


def runs(text: str) -> list[Run]:
    """The runs of eight digits or more in a plain text."""
    return [
        Run(text, tuple(g.span() for g in _GROUP.finditer(text, *found.span())))
        for found in _RUN.finditer(text)
    ]
