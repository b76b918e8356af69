"""In which further ways could a text be written that numbers alone are looked for in it?

Each reading is built only where the text gives cause, and only detectors of numbers see it.
"""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.screening import digits, gaps, spelled
from gatekeeper.screening.prefilter import SPELLED, Spans
from gatekeeper.screening.scan import Scan
from gatekeeper.screening.views import View


def numbers(view: View, written: str, hits: dict[int, Spans], count: int) -> Iterator[Scan]:
    """Scans of these readings; `written` is what the view was made of, `count` its digits."""
    for reading in _readings(view, written, hits, count):
        yield Scan(reading, hits, digits.runs(reading.text))
    if count >= gaps.LEAST and (linked := gaps.linked(view.text)):
        yield Scan(view, hits, linked)


def _readings(view: View, written: str, hits: dict[int, Spans], count: int) -> Iterator[View]:
    if spelled.called_for(view, len(hits.get(SPELLED, ())), numeric=count > 0):
        yield spelled.spelled(view)
    if count >= spelled.LEAST_TRUE and (mended := spelled.lookalike(view)) is not None:
        yield mended
    if count >= gaps.LEAST and (near := gaps.bridged(written, view)) is not None:
        yield near
    if (drawn := gaps.ideographic(view)) is not None:
        yield drawn
