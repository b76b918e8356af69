"""What did the content screener find, and where?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from gatekeeper.domain.words import Family, Likelihood


class Span(NamedTuple):
    """A stretch of one text part: half-open, in code points of the part's original text."""

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """One detector's match; the matched text itself is never kept."""

    family: Family
    detector: str
    likelihood: Likelihood
    path: str
    """Place of the text part within the request."""
    start: int
    end: int
    """Half-open span in code points of that part's original text."""
    trace: tuple[str, ...] = ()
    """How the likelihood came about (validator, context words, views), free of personal data."""
    exact: bool = True
    """Whether what matched stands in the span as it is written: not so where it was decoded
    first, where it runs on in another part, or where the part was not read to its end."""
    category: str | None = None
    """The detector's category within its family (`alcohol`, `shortener`), if it names one."""
    severity: int = 2
    """How grave the detector calls it: 1 mild, 2, 3 grave."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.path, self.start, self.end)
