"""How often is a way of deciding right about labelled texts, and how sure is that figure?

A text counts once for each family: it has the label or not, and was found to have it or not. The
interval of a share is Wilson's with 95 % confidence, which holds for few texts and near 0 and 1.
"""

from __future__ import annotations

import math

from msgspec import Struct

Z = 1.959963984540054
"""Standard deviations either side of the mean that hold 95 % of a normal distribution."""


class Share(Struct, frozen=True):
    """A share of so many, between the bounds of its interval; None where there is nothing."""

    value: float | None
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, found: int, among: int) -> Share:
        """The share `found / among`, with Wilson's score interval."""
        if not among:
            return cls(None)
        share, slack = found / among, Z * Z / among
        middle = (share + slack / 2) / (1 + slack)
        half = Z / (1 + slack) * math.sqrt(share * (1 - share) / among + slack / (4 * among))
        return cls(share, max(0.0, middle - half), min(1.0, middle + half))


class Score(Struct):
    """The four counts of one family."""

    tp: int = 0
    fp: int = 0
    fn: int = 0
    tn: int = 0

    def add(self, *, labelled: bool, found: bool) -> None:
        """Count one text."""
        if labelled:
            self.tp, self.fn = self.tp + found, self.fn + (not found)
        else:
            self.fp, self.tn = self.fp + found, self.tn + (not found)

    @property
    def precision(self) -> Share:
        """Of what was found, how much is labelled so."""
        return Share.of(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> Share:
        """Of what is labelled so, how much was found."""
        return Share.of(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where nothing is labelled and nothing found."""
        wrong = self.fp + self.fn
        return 2 * self.tp / (2 * self.tp + wrong) if self.tp or wrong else None

    @property
    def speaks(self) -> bool:
        """Whether any text is labelled so, or was found to be."""
        return bool(self.tp or self.fp or self.fn)
