"""What did the content screener find, and where?"""

from __future__ import annotations

from dataclasses import dataclass

from gatekeeper.domain.words import Family, Likelihood


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
