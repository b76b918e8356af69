"""What does the grammar of a sentence say, read by spaCy without showing it anything personal?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from pathlib import Path
from typing import Protocol

from spacy.tokens import Doc

from gatekeeper.screening.grammar import Find
from gatekeeper.screening.pipeline import pipeline, rules_in, words_in
from gatekeeper.screening.prefilter import Spans
from gatekeeper.screening.scan import Candidate, Scan
from gatekeeper.screening.token_rules import TokenRules
from gatekeeper.screening.vocabulary import Sentences, pieces

REACH = 240
"""Characters read on either side of a gate's literal."""
MOST_CHARACTERS = 4_000
"""Characters of one text read for one language; past them it counts as not inspected."""

Finds = Mapping[str, Mapping[str, tuple[int, Find]]]
"""By language and detector id: the detector's index and what it looks for."""


class Judging(Protocol):
    """What tells where a detector's patterns hold."""

    def found(self, detector: str, doc: Doc, sentences: Sentences) -> Iterator[tuple[int, int]]:
        """Token spans that count."""


class Grammar:
    """The spaCy tier: one pipeline for each language of the detectors."""

    def __init__(self, finds: Finds, models: Path | None = None) -> None:
        """`models` is the folder of kept pipelines; without one all are built."""
        self.tongues = tuple(
            Tongue(language, detectors, models) for language, detectors in finds.items()
        )

    def find(self, scan: Scan, read: frozenset[int]) -> Iterator[tuple[int, Candidate]]:
        """Candidates of these detectors, around the literals that opened their gates."""
        for tongue in self.tongues:
            if mine := read.intersection(tongue.indexes):
                yield from tongue.find(scan, sorted(mine))

    def through(self, watch: Callable[[TokenRules], Judging]) -> Grammar:
        """The same with the rules of each language replaced: to watch what becomes of a text."""
        twin = copy(self)
        twin.tongues = tuple(tongue.through(watch) for tongue in self.tongues)
        return twin

    @property
    def strings(self) -> tuple[str, ...]:
        """Every string that spaCy keeps."""
        return tuple(string for tongue in self.tongues for string in tongue.nlp.vocab.strings)


class Tongue:
    """The detectors of one language and their pipeline."""

    def __init__(
        self, language: str, detectors: Mapping[str, tuple[int, Find]], models: Path | None
    ) -> None:
        self.language = language
        self.indexes = frozenset(index for index, _ in detectors.values())
        finds = {detector: find for detector, (_, find) in detectors.items()}
        self.nlp, self.kept = pipeline(language, finds, models)
        self._known = words_in(self.nlp)
        self._rules: Judging = rules_in(self.nlp)
        self._ids = {index: detector for detector, (index, _) in detectors.items()}

    @property
    def patterns(self) -> int:
        """How many token patterns it has."""
        return rules_in(self.nlp).count

    @property
    def words(self) -> int:
        """How many words spaCy may see."""
        return len(self._known.words)

    def through(self, watch: Callable[[TokenRules], Judging]) -> Tongue:
        """The same with its rules replaced."""
        twin = copy(self)
        twin._rules = watch(rules_in(self.nlp))
        return twin

    def find(self, scan: Scan, indexes: list[int]) -> Iterator[tuple[int, Candidate]]:
        """Candidates of these detectors."""
        hits = [span for index in indexes for span in scan.hits[index]]
        read = 0
        for start, end in stretches(hits, len(scan.view.folded)):
            read += end - start
            if read > MOST_CHARACTERS:
                scan.unfinished = True
                return
            yield from self._stretch(scan, start, end, indexes)

    def _stretch(
        self, scan: Scan, start: int, end: int, indexes: list[int]
    ) -> Iterator[tuple[int, Candidate]]:
        found = pieces(scan.view.folded, start, end, sorted(scan.known))
        rules = rules_in(self.nlp)
        for index in indexes:
            detector = self._ids[index]
            reading = rules.words(detector).reading(found)
            sentences = Sentences(reading, cut=start > 0)
            if rules.may_match(detector, sentences.words):
                doc = Doc(self.nlp.vocab, words=reading.words)
                for first, last in self._rules.found(detector, doc, sentences):
                    yield index, Candidate(*reading.span(first, last), 0, ("grammar",))


def stretches(hits: Spans, length: int) -> list[tuple[int, int]]:
    """The hits with their surroundings, merged where they touch."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(hits):
        start, end = max(0, start - REACH), min(length, end + REACH)
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
