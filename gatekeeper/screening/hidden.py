"""In which further ways could a text be written that numbers alone are looked for in it?

Each reading is built only where the text gives cause, and only detectors of numbers see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gatekeeper.screening import digits, gaps, spelled
from gatekeeper.screening.prefilter import SPELLED, Spans
from gatekeeper.screening.scan import Scan
from gatekeeper.screening.triggers import Trigger
from gatekeeper.screening.views import View


@dataclass(frozen=True, slots=True)
class Cause:
    """What a text is known to hold, by which its further readings are called for."""

    hits: dict[int, Spans]
    digits: int
    asked: frozenset[int]


def numbers(view: View, written: str, cause: Cause) -> Iterator[Scan]:
    """Scans of these readings; `written` is what the view was made of."""
    for reading in _readings(view, written, cause):
        yield Scan(reading, cause.hits, digits.runs(reading.text))
    if cause.digits >= gaps.LEAST and (linked := gaps.linked(view.text)):
        yield Scan(view, cause.hits, linked)


def _readings(view: View, written: str, cause: Cause) -> Iterator[View]:
    count, asked = cause.digits, cause.asked
    words = len(cause.hits.get(SPELLED, ()))
    if spelled.called_for(view, words, numeric=count > 0):
        yield spelled.spelled(view)
    forged = count >= spelled.LEAST_TRUE and Trigger.FORGED in asked
    if forged and (mended := spelled.lookalike(view)) is not None:
        yield mended
    wide = count >= gaps.LEAST and (Trigger.WIDE in asked or not written.isascii())
    if wide and (near := gaps.bridged(written, view)) is not None:
        yield near
    if (drawn := gaps.ideographic(view)) is not None:
        yield drawn
