"""What in these texts must not be sent, how likely is it, and where does it stand?

    parts -> views -> prefilter -> numbers, patterns, grammar (spaCy) -> context -> matches

Pure: the same parts and detectors give the same matches, and the matched text is never kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gatekeeper.domain.disclosure import Told
from gatekeeper.domain.match import Match
from gatekeeper.domain.message import TextPart
from gatekeeper.domain.resemblance import Resemblance
from gatekeeper.domain.words import Family, Likelihood, Mode, Purpose, Status
from gatekeeper.policy.disclosures import DisclosureLanguage
from gatekeeper.policy.model import Detector
from gatekeeper.screening import derived, digits, hidden, lexical, purpose
from gatekeeper.screening.context import Weighing
from gatekeeper.screening.detector_parts import parsed
from gatekeeper.screening.disclosures import Disclosures
from gatekeeper.screening.finders import (
    Finder,
    LiteralFinder,
    NumberFinder,
    PatternFinder,
    distinct,
)
from gatekeeper.screening.grammar import Find, Parts
from gatekeeper.screening.joined import Join
from gatekeeper.screening.link_finder import LinkFinder
from gatekeeper.screening.prefilter import Prefilter
from gatekeeper.screening.scan import Candidate, Scan
from gatekeeper.screening.shapes import Shapes
from gatekeeper.screening.triggers import Trigger, triggers
from gatekeeper.screening.views import View, normalise
from gatekeeper.screening.vocabulary import CARD, ID, SECRET

LONGEST = 10_000
"""Code points of one part that are inspected: well over what any provider takes."""
MOST_MATCHES = 64
"""Matches reported per text part."""
MOST_CANDIDATES = 200
"""Candidates weighed per view of a part."""
_DIGIT = re.compile(r"[0-9]")
_FORMS = {Family.PAYMENT: CARD, Family.GOVERNMENT_ID: ID, Family.CREDENTIAL: SECRET}
"""How the grammar reads what was found before it."""

if TYPE_CHECKING:
    from gatekeeper.screening.tier import Grammar


class Viewed(NamedTuple):
    """A view that is read: what it was made of, what it gives cause for, who sends it."""

    view: View
    written: str
    asked: frozenset[int]
    names: tuple[str, ...]


class Screener:
    """The shipped and the tenants' detectors, compiled once; safe to share."""

    def __init__(
        self,
        detectors: Sequence[Detector],
        disclosures: Sequence[DisclosureLanguage] = (),
        *,
        grammar: bool = True,
        models: Path | None = None,
    ) -> None:
        """Compile; PolicyError with its place for a detector that does not follow the grammar.

        `grammar=False` leaves the spaCy tier out: only to show what it contributes. `models` is
        the folder of kept pipelines; those of other detectors are built.
        """
        self._detectors = [d for d in detectors if d.mode is not Mode.OFF]
        parts = [parsed(detector) for detector in self._detectors]
        self._weighings = [
            Weighing(detector.likelihood, part.context)
            for detector, part in zip(self._detectors, parts, strict=True)
        ]
        self._prefilter = Prefilter(*_literals(parts))
        self._shapes = _shapes(parts)
        self._numbers = NumberFinder((i, p) for i, p in enumerate(parts) if p.find.numeric)
        self._finders: dict[int, Finder] = {
            i: _finder(p.find)
            for i, p in enumerate(parts)
            if p.find.re2 or p.find.literals or p.find.link
        }
        tokens = frozenset(i for i, p in enumerate(parts) if p.find.tokens)
        self.tier = self._grammar(parts, models) if grammar and tokens else None
        self._grammatical = tokens if self.tier else frozenset()
        self._lexical = self._grammatical.union(i for i, p in enumerate(parts) if p.find.literals)
        self.disclosures = Disclosures(disclosures)
        self._purposes = purpose.kept(models).model if models else None

    def screen(self, parts: Sequence[TextPart], names: Sequence[str] = ()) -> tuple[Match, ...]:
        """All matches, by part and place; parts are also read joined, for what they split.

        `names` are those that the sender goes by: a link may pass itself off as theirs.
        """
        known = tuple(names)
        found = [self._screen_text(part, known) for part in parts]
        if len(parts) > 1 and (join := Join.of(parts, self._telling)):
            whole = self._screen_text(join.part, known)
            split = [m for match in whole for m in join.apart(match)]
            for part, matches in zip(parts, found, strict=True):
                matches[:] = _best(matches + [m for m in split if m.path == part.path])
        return tuple(match for matches in found for match in matches)

    def told(self, parts: Sequence[TextPart], names: Sequence[str] = ()) -> Told:
        """What the parts tell their recipient; `names` are those that the sender goes by."""
        return self.disclosures.read(parts, names)

    def reads_as(
        self, parts: Sequence[TextPart], claimed: Purpose, *, registered: bool
    ) -> Resemblance | None:
        """The kind of message that the parts read like, where that could contradict the purpose
        that is claimed: `registered`, if a campaign is; None without a model."""
        if self._purposes is None or not purpose.called_for(claimed, parts, registered=registered):
            return None
        return self._purposes.read("\n".join([part.text for part in parts]))

    def reaches_grammar(self, part: TextPart) -> bool:
        """Whether the plain text opens the gate of a detector that spaCy decides."""
        hits = self._prefilter.hits(normalise(part.text).folded)
        return not self._grammatical.isdisjoint(hits)

    def _grammar(self, parts: Sequence[Parts], models: Path | None) -> Grammar:
        """The spaCy tier; its import costs a second, which those who need none do not pay."""
        from gatekeeper.screening.tier import Grammar

        finds: dict[str, dict[str, tuple[int, Find]]] = {}
        for index, (detector, part) in enumerate(zip(self._detectors, parts, strict=True)):
            if part.find.tokens:
                finds.setdefault(detector.languages[0], {})[detector.id] = (index, part.find)
        return Grammar(finds, models)

    def _telling(self, text: str) -> bool:
        """Whether a part alone could be a piece of something: it has digits or a cue."""
        view = normalise(text[:LONGEST])
        return bool(_DIGIT.search(view.text) or self._prefilter.hits(view.folded))

    def _screen_text(self, part: TextPart, names: tuple[str, ...] = ()) -> list[Match]:
        text = part.text[:LONGEST]
        view = normalise(text)
        asked = triggers(view)
        matches = list(self._scan(part, Viewed(view, text, asked, names)))
        if len(part.text) > LONGEST:
            matches.append(_uninspected(part, "too long"))
        if Trigger.ENCODED in asked:
            matches += self._decoded(part, view, names)
        return _best(matches) if matches else matches

    def _decoded(self, part: TextPart, view: View, names: tuple[str, ...]) -> Iterator[Match]:
        """What the decoded readings say, and that there is more than was read, if so."""
        readings = list(derived.decoded(view))
        for reading in readings:
            yield from self._scan(part, Viewed(reading, reading.text, triggers(reading), names))
        if len(readings) == derived.DEPTH and derived.goes_deeper(readings[-1]):
            yield _uninspected(part, "encoded more than twice")

    def _scan(self, part: TextPart, seen: Viewed) -> Iterator[Match]:
        view, written, asked, names = seen
        hits = self._prefilter.hits(view.folded)
        count = len(_DIGIT.findall(view.text))
        if hits or count:
            hits = self._shapes.narrowed(view.text, hits, numeric=count > 0)
            least = self._numbers.least(hits) if hits else digits.SHORTEST
            runs = digits.runs(view.text, least) if count >= least else []
            if hits or runs:
                scan = Scan(view, hits, runs, written=written, names=names)
                yield from self._matches(part, scan, self._candidates(scan))
        if hits or count or not view.text.isascii():
            for scan in hidden.numbers(view, written, hidden.Cause(hits, count, asked)):
                yield from self._matches(part, scan, self._numbers.find(scan))
        if asked and self._lexical:
            yield from self._hidden_words(part, view, asked)

    def _hidden_words(self, part: TextPart, view: View, asked: frozenset[int]) -> Iterator[Match]:
        """Words that are written with figures or apart, for detectors of words alone."""
        for shown in lexical.lexical(view, asked):
            hits = self._prefilter.hits(shown.text)
            near = {i: shown.near(hits[i]) for i in hits if i in self._lexical}
            known = {i: spans for i, spans in near.items() if spans}
            if known:
                scan = Scan(shown.view(), known, [])
                yield from self._matches(part, scan, self._candidates(scan))

    def _candidates(self, scan: Scan) -> Iterator[tuple[int, Candidate]]:
        read = self._grammatical.intersection(scan.hits)
        for index, candidate in self._evident(scan):
            if read and (form := _FORMS.get(self._detectors[index].family)):
                scan.known.append((candidate.start, candidate.end, form))
            yield index, candidate
        if read and self.tier is not None:
            yield from self.tier.find(scan, read)

    def _evident(self, scan: Scan) -> Iterator[tuple[int, Candidate]]:
        """Numbers, patterns and words: what needs no grammar."""
        if scan.runs:
            yield from self._numbers.find(scan)
        for index, spans in scan.hits.items():
            if (finder := self._finders.get(index)) is not None:
                for candidate in finder.find(scan, spans):
                    yield index, candidate

    def _matches(
        self, part: TextPart, scan: Scan, candidates: Iterable[tuple[int, Candidate]]
    ) -> Iterator[Match]:
        for count, (index, candidate) in enumerate(candidates):
            if count == MOST_CANDIDATES:
                scan.unfinished = True
                break
            weighed = self._weighings[index].weigh(scan, candidate)
            if weighed is not None:
                yield _match(part.path, self._detectors[index], scan.view, candidate, weighed)
        if scan.unfinished:
            yield _uninspected(part, "too many candidates")


def _match(
    path: str,
    detector: Detector,
    view: View,
    candidate: Candidate,
    weighed: tuple[Likelihood, tuple[str, ...]],
) -> Match:
    likelihood, trace = weighed
    likelihood = min(likelihood, _most(detector))
    return Match(
        detector.family,
        detector.id,
        likelihood,
        path,
        *view.span(candidate.start, candidate.end),
        trace,
        exact=not view.steps,
        category=detector.category,
        severity=detector.severity,
    )


def _most(detector: Detector) -> Likelihood:
    """In shadow a match is recorded and no rule speaks of it; on trial it can mark a message."""
    if detector.mode is Mode.SHADOW:
        return Likelihood.UNLIKELY
    trial = detector.status is Status.EXPERIMENTAL
    return Likelihood.POSSIBLE if trial else Likelihood.VERY_LIKELY


def _finder(find: Find) -> Finder:
    if find.link:
        return LinkFinder(find)
    return PatternFinder(find) if find.re2 else LiteralFinder()


def _shapes(parts: list[Parts]) -> Shapes:
    shapes = [(i, part.gate.shape) for i, part in enumerate(parts) if part.gate.shape]
    return Shapes(shapes, frozenset(i for i, p in enumerate(parts) if p.gate.opened_by_words))


def _literals(parts: list[Parts]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Whole words and prefixes, each with its detector's index."""
    words = [(i, word) for i, part in enumerate(parts) for word in part.words()]
    return words, [(i, text) for i, part in enumerate(parts) for text in part.gate.prefixes]


def _uninspected(part: TextPart, why: str) -> Match:
    """Said aloud: a text that reached a bound is not clear."""
    family, likelihood = Family.UNINSPECTABLE, Likelihood.LIKELY
    return Match(family, "bounds", likelihood, part.path, 0, len(part.text), (why,), exact=False)


def _best(matches: list[Match]) -> list[Match]:
    """Of overlapping matches of one family the likeliest and longest, in order of place."""
    taken: dict[Family, list[tuple[int, int]]] = {}
    best: list[Match] = []
    for match in sorted(matches, key=lambda m: (-m.likelihood, m.start - m.end, m.start)):
        spans = taken.setdefault(match.family, [])
        room = len(best) < MOST_MATCHES or match.family is Family.UNINSPECTABLE
        if room and distinct(spans, match.start, match.end):
            spans.append((match.start, match.end))
            best.append(match)
    return sorted(best, key=lambda m: (m.start, m.end))
