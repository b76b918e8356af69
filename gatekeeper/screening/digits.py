"""Which numbers could a text spell, given that digits may stand apart?

A run is digits with up to four other signs, or an x, between them. Windows begin and end on its
groups, overlap, and never cut a group: a card is not found inside a longer unbroken number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

SHORTEST = 8
"""Digits below which there is no run, unless a detector beside its cue wants fewer."""
_RUNS = {
    least: re.compile(rf"(?<![0-9])[0-9](?:[\W_xX]{{0,4}}[0-9]){{{least - 1},}}")
    for least in range(1, SHORTEST + 1)
}
_GROUP = re.compile(r"[0-9]+")
_NATURAL = re.compile(
    r"\b[0-9]{1,2}:[0-9]{2}\b|\b[0-9]{1,2}([/.-])[0-9]{1,2}\1(?:[0-9]{2}){1,2}\b"
    r"|\b(?:19|20)[0-9]{2}([/.-])[0-9]{1,2}\2[0-9]{1,2}\b"
    r"|[$€£¥₹+#] ?[0-9]|[0-9],[0-9]{3}\b|\b[0-9]+[.,][0-9]{2}\b|\([0-9]{2,4}\)|[0-9]%"
)
_TAIL = 2
"""A last group this short ends a longer number (an IBAN, a parcel number), not a card."""
MOST_WINDOWS = 3_000
"""Windows tried per text; past them the text counts as not inspected, never as clear."""


@dataclass(frozen=True, slots=True)
class Run:
    """Digit groups that stand close enough to be read as one number."""

    text: str
    spans: tuple[tuple[int, int], ...]
    linked: bool = False
    """Whether words stand between the groups, so that only a form known of cards will do."""

    def numbers(self, lengths: frozenset[int], most: int) -> Iterator[Number]:
        """Windows whose digit count is wanted; `most` is the greatest of them."""
        groups = [self.text[start:end] for start, end in self.spans]
        for first in range(len(groups)):
            digits = ""
            for last in range(first, len(groups)):
                digits += groups[last]
                if len(digits) > most:
                    break
                if len(digits) in lengths:
                    yield Number(digits, self, first, last)

    def goes_on(self, edge: int, beyond: int, gaps: tuple[str, ...]) -> bool:
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


@dataclass(frozen=True, slots=True)
class Number:
    """A candidate: the digits of whole neighbouring groups of a run."""

    digits: str
    run: Run
    first: int
    last: int

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the text."""
        return self.run.spans[self.first][0], self.run.spans[self.last][1]

    @property
    def groups(self) -> tuple[int, ...]:
        """Digits in each group."""
        return tuple(end - start for start, end in self._spans)

    @property
    def gaps(self) -> tuple[str, ...]:
        """What stands between the groups."""
        spans = self._spans
        return tuple(self.run.text[a[1] : b[0]] for a, b in pairwise(spans))

    @property
    def natural(self) -> bool:
        """Whether it holds what is written like a date, a time, an amount or a phone number."""
        start, end = self.span
        return _NATURAL.search(self.run.text, max(0, start - 2), end + 3) is not None

    @property
    def cut(self) -> int:
        """On how many sides the run goes on in the same way, so that this is a piece (0 to 2)."""
        gaps, run = self.gaps, self.run
        before = run.goes_on(self.first, self.first - 1, gaps)
        return before + run.goes_on(self.last, self.last + 1, gaps)

    @property
    def grouping(self) -> str:
        """The groups as people write them, `4-4-4-4`."""
        return "-".join(map(str, self.groups))

    @property
    def _spans(self) -> tuple[tuple[int, int], ...]:
        return self.run.spans[self.first : self.last + 1]


def _is_year(group: str) -> bool:
    return len(group) == 4 and group[:2] in ("19", "20")


def runs(text: str, least: int = SHORTEST) -> list[Run]:
    """The runs of so many digits or more in a plain text."""
    return [
        Run(text, tuple(g.span() for g in _GROUP.finditer(text, *found.span())))
        for found in _RUNS[min(max(1, least), SHORTEST)].finditer(text)
    ]
