"""What does the grammar of a sentence say, read by spaCy without showing it anything personal?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from gatekeeper.screening.grammar import (
    END,
    NUMBER,
    OTHER,
    START,
    Find,
    Gap,
    Maybe,
    Pattern,
    Step,
    Words,
)
from gatekeeper.screening.prefilter import Spans
from gatekeeper.screening.scan import Candidate, Scan
from gatekeeper.screening.vocabulary import DIGITS, MIXED, STOP, WORD, Sentences, Vocabulary

_PLACEHOLDERS = {OTHER: WORD, NUMBER: DIGITS, END: STOP}
REACH = 240
"""Characters read on either side of a gate's literal."""
MOST_CHARACTERS = 4_000
"""Characters of one text read for one detector; past them it counts as not inspected."""


@dataclass(frozen=True, slots=True)
class TokenPattern:
    """One pattern, with the word sets that must all occur for it to be worth trying."""

    needs: tuple[frozenset[str], ...]
    matcher: Matcher
    at_start: bool
    """Whether only the start of a sentence will do."""

    @classmethod
    def of(cls, vocab: Vocab, pattern: Pattern, find: Find) -> TokenPattern:
        """Compile a pattern of the detector's grammar."""
        at_start = pattern[0] == START
        steps = pattern[at_start:]
        matcher = Matcher(vocab, validate=False)  # patterns of the grammar, read and checked before
        matcher.add("pattern", [[_token(step, find) for step in steps]])
        fixed = [step for step in steps if isinstance(step, str | tuple)]
        return cls(tuple(frozenset(_words(step, find)) for step in fixed), matcher, at_start)

    def spans(self, doc: Doc, sentences: Sentences) -> Iterator[tuple[int, int]]:
        """Token spans that match within one sentence."""
        if any(need.isdisjoint(sentences.words) for need in self.needs):
            return
        for _, first, last in self.matcher(doc):
            begins = not self.at_start or sentences.begins(first)
            if begins and sentences.same(first, last):
                yield first, last


class Grammar:
    """The spaCy tier: one vocabulary for the patterns of all detectors."""

    def __init__(self, finds: dict[int, Find]) -> None:
        self.vocab = Vocab()
        self._vocabulary = Vocabulary(list(finds.values()))
        Doc(self.vocab, words=[*sorted(self._vocabulary.words), WORD, MIXED, DIGITS, STOP])
        self._find = {i: self._compiled(find.tokens, find) for i, find in finds.items()}
        self._unless = {i: self._compiled(find.unless, find) for i, find in finds.items()}

    def _compiled(self, patterns: tuple[Pattern, ...], find: Find) -> list[TokenPattern]:
        return [TokenPattern.of(self.vocab, pattern, find) for pattern in patterns]

    def find(self, scan: Scan, indexes: list[int]) -> Iterator[tuple[int, Candidate]]:
        """Candidates of the detectors whose literals occur, around these literals."""
        hits = [span for index in indexes for span in scan.hits[index]]
        read = 0
        for start, end in stretches(hits, len(scan.view.folded)):
            read += end - start
            if read > MOST_CHARACTERS:
                scan.unfinished = True
                return
            reading = self._vocabulary.read(scan.view.folded, start, end)
            sentences = Sentences(reading, cut=start > 0)
            doc = Doc(self.vocab, words=sentences.reading.words)
            for index in indexes:
                for candidate in self._in_doc(index, doc, sentences):
                    yield index, candidate

    def _in_doc(self, index: int, doc: Doc, sentences: Sentences) -> Iterator[Candidate]:
        found = [span for p in self._find[index] for span in p.spans(doc, sentences)]
        if not found:
            return
        unless = [span for p in self._unless[index] for span in p.spans(doc, sentences)]
        spared = {sentences.numbers[first] for first, _ in unless}
        for first, last in found:
            if sentences.numbers[first] not in spared:
                yield Candidate(*sentences.reading.span(first, last), 0, ("grammar",))


def _token(step: Step, find: Find) -> dict[str, Any]:
    if isinstance(step, Gap):
        return {"OP": f"{{0,{step.gap}}}"}
    if isinstance(step, Maybe):
        return {**_token(step.maybe, find), "OP": "?"}
    return {"ORTH": {"IN": sorted(_words(step, find))}}


def _words(step: str | Words, find: Find) -> tuple[str, ...]:
    """The tokens that a step stands for."""
    if isinstance(step, str) and step in _PLACEHOLDERS:
        return (_PLACEHOLDERS[step],)
    return _lowered(find.words[step] if isinstance(step, str) else step)


@lru_cache(maxsize=1024)
def _lowered(words: Words) -> tuple[str, ...]:
    """Many patterns share a word set."""
    return tuple(word.lower() for word in words)


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
