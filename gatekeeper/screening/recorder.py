"""What does the screener do on its way through a text, told by a twin of it that listens?

The twin shares all that is compiled and runs the same code: only the parts that decide are
replaced by ones that note what they are asked and what they answer. The screener that serves
messages knows nothing of it and pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from gatekeeper.domain.match import Match
from gatekeeper.domain.message import TextPart
from gatekeeper.domain.words import Likelihood, Mode
from gatekeeper.screening.context import Weighing
from gatekeeper.screening.digits import Number
from gatekeeper.screening.finders import PatternFinder, Wanted
from gatekeeper.screening.prefilter import SPELLED
from gatekeeper.screening.scan import Candidate, Scan
from gatekeeper.screening.screener import Screener, Viewed
from gatekeeper.screening.validators import Evidence
from gatekeeper.screening.views import View

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from gatekeeper.screening.token_rules import TokenRules
    from gatekeeper.screening.vocabulary import Sentences

MOST = 500
"""Candidates that are told of one text."""
MATCH, OVERLAPPED, BOUND = "match", "overlapped", "bound"
VALIDATOR, VALUE, UNLESS = "validator", "value", "unless"
"""Outcomes of a candidate, beside `require` and `exempt`, which its context tells."""
PLAIN = "plain"
WORD, DIGITS, SHAPE = "word", "digits", "shape"
"""What opens a gate."""


class Opened(Struct, frozen=True):
    """A gate that opened."""

    detector: str
    by: str
    words: tuple[str, ...] = ()
    """Words of the detector's file that stand in the view, each once."""


class Reading(Struct):
    """One view of the text that was read."""

    name: str
    """What was undone to get it; `plain` is the text in plain characters."""
    text: str
    opened: tuple[Opened, ...] = ()
    half_open: tuple[str, ...] = ()
    """Detectors whose words stand in it, and whose shape or number does not."""


class Weighed(Struct):
    """A candidate and what became of it."""

    reading: int
    """Which view it stands in."""
    detector: str
    family: str
    start: int
    end: int
    """Half-open span in code points of the text given."""
    base: Likelihood
    """The detector's own likelihood, before anything is weighed."""
    evidence: tuple[str, ...] = ()
    """What the validator or pattern saw."""
    steps: int = 0
    """By how many steps that evidence moves the likelihood."""
    context: tuple[str, ...] = ()
    """The words near it that raised, lowered or were required."""
    after: Likelihood | None = None
    """None where it was dropped before it was weighed to the end."""
    reached: Likelihood | None = None
    """The same before a detector in shadow or on trial is held to less."""
    outcome: str = MATCH
    why: str = ""
    match: Match | None = None

    def keep(self, match: Match, why: str) -> None:
        """It became this match; `why` its detector's matches are held to less, if they are."""
        self.match, self.after = match, match.likelihood
        if match.likelihood != self.reached:
            self.context += (f"at most {match.likelihood.label}: {why}",)


class Recorder(Screener):
    """A screener that screens one text and keeps how it went."""

    def __init__(self, screener: Screener) -> None:
        self.__dict__.update(screener.__dict__)
        self.readings: list[Reading] = []
        self.weighed: list[Weighed] = []
        self.met: set[int] = set()
        """Detectors of which a number has the length, and their words stand there if they ask."""
        self._views: list[View] = []
        self._whole: Scan | None = None
        self._reading = 0
        self._now = Weighed(0, "", "", 0, 0, Likelihood.POSSIBLE)
        self._indexes = {detector.id: i for i, detector in enumerate(self._detectors)}
        self._numbers = self._numbers.through(partial(_Wish.of, self))
        self._finders = {
            i: _Patterns(finder, self, i) if isinstance(finder, PatternFinder) else finder
            for i, finder in self._finders.items()
        }
        self._weighings = [_Scales(each, self) for each in self._weighings]
        self.tier = self.tier and self.tier.through(partial(_Rules, self))

    def _scan(self, part: TextPart, seen: Viewed) -> Iterator[Match]:
        self._read(seen.view)
        yield from super()._scan(part, seen)

    def _candidates(self, scan: Scan) -> Iterator[tuple[int, Candidate]]:
        self._whole = scan
        return super()._candidates(scan)

    def _matches(
        self, part: TextPart, scan: Scan, candidates: Iterable[tuple[int, Candidate]]
    ) -> Iterator[Match]:
        reading, self.met = self._read(scan.view), set()
        for match in super()._matches(part, scan, self._noted(candidates)):
            if self._now.outcome == MATCH and self._now.match is None:
                self._now.keep(match, self._held(match.detector))
            yield match
        reading.opened += tuple(self._opened(scan))

    def _read(self, view: View) -> Reading:
        """The reading of a view, begun if it is new."""
        for number, known in enumerate(self._views):
            if known is view:
                self._reading = number
                return self.readings[number]
        self._views.append(view)
        self.readings.append(Reading(", ".join(view.steps) or PLAIN, view.text))
        self._reading = len(self.readings) - 1
        return self.readings[-1]

    def _held(self, detector: str) -> str:
        shadow = self._detectors[self._indexes[detector]].mode is Mode.SHADOW
        return "the detector is in shadow" if shadow else "the detector is on trial"

    def _opened(self, scan: Scan) -> Iterator[Opened]:
        """The gates that this scan found open; some scans are for numbers alone."""
        words = self._words(scan.view)
        for index in sorted(self.met):
            yield Opened(self._detectors[index].id, DIGITS, words.get(index, ()))
        for index, spans in scan.hits.items() if self._whole is scan else ():
            if index != SPELLED and "digits" not in self._detectors[index].gate:
                by = WORD if spans else SHAPE
                yield Opened(self._detectors[index].id, by, words.get(index, ()))

    def _words(self, view: View) -> dict[int, tuple[str, ...]]:
        """The words of each detector's gate that stand in a view, each once."""
        return {
            index: tuple(dict.fromkeys(view.folded[start:end] for start, end in spans))
            for index, spans in self._prefilter.hits(view.folded).items()
            if index != SPELLED
        }

    def half_open(self) -> None:
        """Say of each view which gates had a word there and no more."""
        for view, reading in zip(self._views, self.readings, strict=True):
            opened = {each.detector for each in reading.opened}
            words = (self._detectors[index].id for index in self._words(view))
            reading.half_open = tuple(each for each in words if each not in opened)

    def _noted(
        self, candidates: Iterable[tuple[int, Candidate]]
    ) -> Iterator[tuple[int, Candidate]]:
        for index, candidate in candidates:
            self._now = self.note(index, candidate, BOUND, "more candidates than are weighed")
            yield index, candidate

    def note(self, index: int, candidate: Candidate, outcome: str, why: str) -> Weighed:
        """Keep a candidate of a detector."""
        detector, view = self._detectors[index], self._views[self._reading]
        noted = Weighed(
            self._reading,
            detector.id,
            detector.family,
            *view.span(candidate.start, candidate.end),
            detector.likelihood,
            candidate.trace,
            candidate.steps,
            outcome=outcome,
            why=why,
        )
        if len(self.weighed) < MOST:
            self.weighed.append(noted)
        return noted

    def spare(self, detector: str, candidate: Candidate) -> None:
        """Keep what a detector's `unless` takes away."""
        told = "an `unless` pattern holds in the same sentence"
        self.note(self._indexes[detector], candidate, UNLESS, told)

    def tell(self, outcome: str, why: str = "", context: tuple[str, ...] = ()) -> None:
        """Say what became of the candidate that is weighed now."""
        self._now.outcome, self._now.why, self._now.context = outcome, why, context

    def reach(self, likelihood: Likelihood) -> None:
        """Say how likely the candidate that is weighed now came out."""
        self._now.reached = likelihood


class _Scales(Weighing):
    """Tells what the context did."""

    def __init__(self, weighing: Weighing, recorder: Recorder) -> None:
        self.__dict__.update(weighing.__dict__)
        self._recorder = recorder

    def weigh(self, scan: Scan, candidate: Candidate) -> tuple[Likelihood, tuple[str, ...]] | None:
        weighed = super().weigh(scan, candidate)
        if weighed is None:
            self._recorder.tell(*self.dropped(scan, candidate))
            return None
        context = weighed[1][len(candidate.trace) :]
        self._recorder.tell(MATCH, "", tuple(c for c in context if not c.startswith("view: ")))
        self._recorder.reach(weighed[0])
        return weighed


class _Patterns(PatternFinder):
    """Tells which values are refused."""

    def __init__(self, finder: PatternFinder, recorder: Recorder, index: int) -> None:
        self.__dict__.update(finder.__dict__)
        self._recorder, self._index = recorder, index

    def _candidate(self, match: Any) -> Candidate | None:
        candidate = super()._candidate(match)
        if candidate is None and (value := match.group(self._group)):
            lacks = self.lacks(value)
            outcome, why = (VALUE, lacks) if lacks else (VALIDATOR, "its validator refuses it")
            span = match.span(self._group)
            self._recorder.note(self._index, Candidate(*span), outcome, why)
        return candidate


@dataclass(frozen=True, slots=True)
class _Wish(Wanted):
    """Tells which numbers are refused."""

    recorder: Recorder

    @classmethod
    def of(cls, recorder: Recorder, wanted: Wanted) -> Wanted:
        """The same wish, told to a recorder."""
        same = {field.name: getattr(wanted, field.name) for field in fields(wanted)}
        return cls(**same, recorder=recorder)

    def evidence(self, number: Number) -> Evidence | None:
        """As the detector answers."""
        self.recorder.met.add(self.index)
        evidence = Wanted.evidence(self, number)
        if evidence is None:
            told = f"{len(number.digits)} digits grouped {number.grouping}"
            outcome, why = VALIDATOR, f"its validator refuses {told}"
            if not self.accepts(number):
                outcome, why = VALUE, f"{told}, a way of writing that it does not take"
            self.recorder.note(self.index, Candidate(*number.span), outcome, why)
        return evidence


class _Rules:
    """Tells what an `unless` takes away."""

    def __init__(self, recorder: Recorder, rules: TokenRules) -> None:
        self._recorder, self._rules = recorder, rules

    def found(self, detector: str, doc: Doc, sentences: Sentences) -> Iterator[tuple[int, int]]:
        for span, spared in self._rules.judged(detector, doc, sentences):
            if spared:
                self._recorder.spare(detector, Candidate(*sentences.reading.span(*span)))
            else:
                yield span
