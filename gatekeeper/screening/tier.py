"""What does the grammar of a sentence say, read by spaCy without showing it anything personal?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import spacy
from spacy.matcher import Matcher
from spacy.tokens import Doc

from gatekeeper.screening.grammar import END, NUMBER, OTHER, Find, Gap, Maybe, Pattern, Step
from gatekeeper.screening.prefilter import Spans
from gatekeeper.screening.scan import Candidate, Scan
from gatekeeper.screening.vocabulary import DIGITS, MIXED, STOP, WORD, Sentences, Vocabulary

_PLACEHOLDERS = {OTHER: WORD, NUMBER: DIGITS, END: STOP}
REACH = 240
"""Characters read on either side of a gate's literal."""
MOST_CHARACTERS = 4_000
"""Characters of one text read for one detector; past them it counts as not inspected."""


class Grammar:
    """The spaCy tier: one vocabulary, one matcher for each detector that has token patterns."""

    def __init__(self, finds: dict[int, Find]) -> None:
        self.nlp = spacy.blank("en")
        self._vocabulary = Vocabulary(list(finds.values()))
        Doc(self.nlp.vocab, words=[*sorted(self._vocabulary.words), WORD, MIXED, DIGITS, STOP])
        self._matchers = {index: self._matcher(find) for index, find in finds.items()}

    def _matcher(self, find: Find) -> Matcher:
        matcher = Matcher(self.nlp.vocab)
        for key, patterns in (("find", find.tokens), ("unless", find.unless)):
            if patterns:
                compiled = [_compiled(pattern, find) for pattern in patterns]
                matcher.add(key, compiled)
        return matcher

    def find(self, scan: Scan, indexes: list[int]) -> Iterator[tuple[int, Candidate]]:
        """Candidates of the detectors whose literals occur, around these literals."""
        hits = [span for index in indexes for span in scan.hits[index]]
        read = 0
        for start, end in _stretches(hits, len(scan.view.folded)):
            read += end - start
            if read > MOST_CHARACTERS:
                scan.unfinished = True
                return
            sentences = Sentences(self._vocabulary.read(scan.view.folded, start, end))
            doc = Doc(self.nlp.vocab, words=sentences.reading.words)
            for index in indexes:
                for candidate in self._in_doc(index, doc, sentences):
                    yield index, candidate

    def _in_doc(self, index: int, doc: Doc, sentences: Sentences) -> Iterator[Candidate]:
        found: dict[str, list[tuple[int, int]]] = {"find": [], "unless": []}
        for key, first, last in self._matchers[index](doc):
            if sentences.same(first, last):
                found[self.nlp.vocab.strings[key]].append((first, last))
        spared = {sentences.numbers[first] for first, _ in found["unless"]}
        for first, last in found["find"]:
            if sentences.numbers[first] not in spared:
                yield Candidate(*sentences.reading.span(first, last), 0, ("grammar",))


def _compiled(pattern: Pattern, find: Find) -> list[dict[str, Any]]:
    return [_token(step, find) for step in pattern]


def _token(step: Step, find: Find) -> dict[str, Any]:
    if isinstance(step, Gap):
        return {"OP": f"{{0,{step.gap}}}"}
    if isinstance(step, Maybe):
        return {**_token(step.maybe, find), "OP": "?"}
    if isinstance(step, str) and step in _PLACEHOLDERS:
        return {"ORTH": _PLACEHOLDERS[step]}
    words = find.words[step] if isinstance(step, str) else step
    return {"ORTH": {"IN": sorted(word.lower() for word in words)}}


def _stretches(hits: Spans, length: int) -> list[tuple[int, int]]:
    """The hits with their surroundings, merged where they touch."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(hits):
        start, end = max(0, start - REACH), min(length, end + REACH)
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
