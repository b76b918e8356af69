"""What do the finders of one text share?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gatekeeper.screening.digits import Run
from gatekeeper.screening.prefilter import Spans
from gatekeeper.screening.views import View

_SIGNS = re.compile(r"[\W_]+")
_REACH = 16
"""Characters allowed for per word of context."""


@dataclass(slots=True)
class Scan:
    """One view of a text with the prefilter's hits and the digit runs in it."""

    view: View
    hits: dict[int, Spans]
    runs: list[Run]
    unfinished: bool = False
    """Set by a finder that reached its bound before the end of the text."""
    _bare: str | None = field(default=None)

    def bare(self) -> str:
        """The whole text as words between single spaces, with a space at both ends."""
        if self._bare is None:
            self._bare = bare(self.view.folded)
        return self._bare

    def around(self, start: int, end: int, words: int) -> str:
        """So many words before and after a span, as `bare` gives them, with the span left out."""
        reach, text = words * _REACH, self.view.folded
        before = bare(text[max(0, start - reach) : start]).split()[-words:]
        after = bare(text[end : end + reach]).split()[:words]
        return f" {' '.join(before)} \x00 {' '.join(after)} "


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a view that a finder offers, with steps of likelihood from its evidence."""

    start: int
    end: int
    steps: int = 0
    trace: tuple[str, ...] = ()


def bare(text: str) -> str:
    """Words between single spaces: `One-Time  code:` reads ` one time code `."""
    return f" {_SIGNS.sub(' ', text.lower()).strip()} "


def phrases(words: tuple[str, ...]) -> tuple[str, ...]:
    """Context words in the form in which `bare` text holds them."""
    return tuple(bare(word) for word in words)
