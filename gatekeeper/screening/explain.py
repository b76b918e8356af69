"""What did the screener look at in one text, what did it weigh, and why is each match one?

The screener itself does all of it: `recorder` only listens. What is told holds no text but the
views, and words of the detectors' own files.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gatekeeper.domain.match import Match
from gatekeeper.domain.message import TextPart
from gatekeeper.domain.words import Likelihood, Role
from gatekeeper.screening.recorder import MATCH, OVERLAPPED, Reading, Recorder, Weighed
from gatekeeper.screening.screener import Screener


class Explanation(Struct, frozen=True):
    """All that became of one text."""

    text: str
    readings: tuple[Reading, ...]
    """The views that were read; the first is the text in plain characters."""
    weighed: tuple[Weighed, ...]
    """Every candidate, in the order in which they were found."""
    matches: tuple[Match, ...]
    """What the screener answers."""

    def of(self, detector: str) -> tuple[Weighed, ...]:
        """The candidates of one detector."""
        return tuple(each for each in self.weighed if each.detector == detector)

    def opened(self, detector: str) -> bool:
        """Whether the detector's gate opened in any view."""
        return any(each.detector == detector for view in self.readings for each in view.opened)


def explain(screener: Screener, text: str, path: str = "text") -> Explanation:
    """Screen a text and tell how it went; the matches are those of `screener.screen`."""
    recorder = Recorder(screener)
    matches = recorder.screen((TextPart(path, Role.BODY, text),))
    recorder.half_open()
    weighed = tuple(_ended(recorder.weighed, matches))
    return Explanation(text, tuple(recorder.readings), weighed, matches)


def _ended(weighed: list[Weighed], matches: tuple[Match, ...]) -> Iterator[Weighed]:
    """The candidates, those that a better match overlaps told apart."""
    left = list(matches)
    for each in weighed:
        if each.match is not None and each.match not in left:
            each.outcome, each.why = OVERLAPPED, _overlap(each.match, matches)
        elif each.match is not None:
            left.remove(each.match)
        yield each


def _overlap(dropped: Match, matches: tuple[Match, ...]) -> str:
    for match in matches:
        same = match.family is dropped.family
        if same and match.start < dropped.end and dropped.start < match.end:
            sure = match.likelihood.label.replace("_", " ")
            return f"{match.detector} ({sure}, {match.start} to {match.end}) stands there"
    return "more matches than are reported of one text"


def why_not(screener: Screener, detector: str, text: str, sure: Likelihood) -> str:
    """Why a detector has no match of a text that is at least so sure."""
    told = explain(screener, text)
    found = told.of(detector)
    if not found:
        if not told.opened(detector):
            return f"its gate does not open{_half_open(told, detector)}"
        return "its gate opens, but nothing of what it looks for stands in the text"
    best = max(found, key=_strength)
    return _told(best, sure)


def _strength(weighed: Weighed) -> tuple[bool, int, int]:
    """The likeliest and longest is told."""
    return weighed.outcome == MATCH, weighed.reached or 0, weighed.end - weighed.start


def reached(screener: Screener, detector: str, text: str) -> int:
    """How likely a detector's surest candidate is, whether or not it is on trial; 0 for none."""
    found = explain(screener, text).of(detector)
    return max((each.reached or 0 for each in found if each.match is not None), default=0)


def opens(screener: Screener, detector: str, text: str) -> bool:
    """Whether a detector's gate opens in any view of a text."""
    return explain(screener, text).opened(detector)


def _half_open(told: Explanation, detector: str) -> str:
    for reading in told.readings:
        if detector in reading.half_open:
            return ": its word stands in the text, its shape or number does not"
    return ""


def _told(weighed: Weighed, sure: Likelihood) -> str:
    if weighed.outcome != MATCH:
        return f"a candidate is dropped: {weighed.why}"
    after = Likelihood(weighed.reached or 1)
    context = "; ".join(weighed.context) or "no word of its context changes that"
    return (
        f"it is only {_word(after)}, and {_word(sure)} is asked: it begins as "
        f"{_word(weighed.base)}, its evidence moves it by {weighed.steps:+d}, {context}"
    )


def why(screener: Screener, detector: str, text: str) -> str:
    """How a match of a detector came about."""
    found = [each for each in explain(screener, text).of(detector) if each.outcome == MATCH]
    best = max(found, key=_strength, default=None)
    if best is None:
        return ""
    context = "; ".join((*best.evidence, *best.context))
    return f"{_word(Likelihood(best.reached or 1))}: {context or 'its words stand there'}"


def _word(likelihood: Likelihood) -> str:
    return likelihood.label.replace("_", " ")
