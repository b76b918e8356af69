"""What does the grammar of a sentence say, read by spaCy without showing it anything personal?

Only words of the detectors' own vocabulary reach spaCy; every other word is one placeholder and
every number another, since its string store keeps each token it has seen for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import spacy
from spacy.matcher import Matcher
from spacy.tokens import Doc

from gatekeeper.screening.grammar import END, NUMBER, OTHER, Find, Gap, Maybe, Pattern, Step
from gatekeeper.screening.prefilter import Spans
from gatekeeper.screening.scan import Candidate, Scan

WORD, MIXED, DIGITS, STOP = "_", "#", "0", "."
"""The placeholders: an unknown word, one with digits in it, a number, a sentence's end."""
_PLACEHOLDERS = {OTHER: WORD, NUMBER: DIGITS, END: STOP}
REACH = 240
"""Characters read on either side of a gate's literal."""
MOST_CHARACTERS = 4_000
"""Characters of one text read for one detector; past them it counts as not inspected."""

_SHORT = frozenset({"dr", "mr", "mrs", "ms", "st", "jr", "no", "mt"})
_TOKEN = re.compile(r"\w+(?:['’-]\w+)*|[.!?;\n]")


@dataclass(frozen=True, slots=True)
class Reading:
    """The tokens that spaCy sees and where each stands in the view."""

    words: list[str]
    spans: list[tuple[int, int]]

    def add(self, word: str, start: int, end: int) -> None:
        """One more token."""
        self.words.append(word)
        self.spans.append((start, end))


class Vocabulary:
    """The words that may be shown to spaCy, and phrases that it sees as one token."""

    def __init__(self, finds: Iterable[Find]) -> None:
        sets = [words for find in finds for words in find.words.values()]
        inline = [
            step
            for find in finds
            for pattern in (*find.tokens, *find.unless)
            for step in pattern
            if isinstance(step, tuple)
        ]
        self.words = frozenset(w.lower() for words in (*sets, *inline) for w in words)
        self._phrases: dict[str, list[list[str]]] = {}
        for word in sorted(self.words, key=len, reverse=True):
            head, *tail = word.split(" ")
            if tail:
                self._phrases.setdefault(head, []).append(tail)

    def read(self, text: str, start: int, end: int) -> Reading:
        """The tokens of a stretch of folded text, with phrases joined."""
        return self._joined(self._tokens(text, start, end))

    def _tokens(self, text: str, start: int, end: int) -> Reading:
        reading = Reading([], [])
        for token in _TOKEN.finditer(text, start, end):
            if token.group() == STOP and reading.words and _is_short(reading.words[-1]):
                continue
            word = token.group().removesuffix("'s").removesuffix("’s")
            if word in self.words or "-" not in word:
                reading.add(word, token.start(), token.start() + len(word))
                continue
            position = token.start()
            for piece in word.split("-"):
                reading.add(piece, position, position + len(piece))
                position += len(piece) + 1
        return reading

    def _joined(self, tokens: Reading) -> Reading:
        reading, i = Reading([], []), 0
        while i < len(tokens.words):
            length, word = self._phrase_at(tokens.words, i)
            reading.add(word, tokens.spans[i][0], tokens.spans[i + length - 1][1])
            i += length
        reading.add(STOP, reading.spans[-1][1] if reading.spans else 0, 0)
        return reading

    def _phrase_at(self, words: list[str], i: int) -> tuple[int, str]:
        for tail in self._phrases.get(words[i], ()):
            if words[i + 1 : i + 1 + len(tail)] == tail:
                return len(tail) + 1, " ".join((words[i], *tail))
        return 1, self._shown(words[i])

    def _shown(self, word: str) -> str:
        if word in self.words:
            return word
        if word.isalpha():
            return WORD
        if word.isdigit():
            return DIGITS
        return STOP if word in ".!?;\n" else MIXED


def _is_short(word: str) -> bool:
    """Whether a dot after the word shortens it instead of ending the sentence."""
    return len(word) == 1 and word.isalpha() or word in _SHORT


class Grammar:
    """The spaCy tier: one vocabulary, one matcher for each detector that has token patterns."""

    def __init__(self, finds: dict[int, Find]) -> None:
        self.nlp = spacy.blank("en")
        self._vocabulary = Vocabulary(list(finds.values()))
        for word in (*sorted(self._vocabulary.words), WORD, MIXED, DIGITS, STOP):
            self.nlp.vocab.strings.add(word)
        self._matchers = {index: self._matcher(find) for index, find in finds.items()}

    def _matcher(self, find: Find) -> Matcher:
        matcher = Matcher(self.nlp.vocab)
        for key, patterns in (("find", find.tokens), ("unless", find.unless)):
            if patterns:
                compiled = [_compiled(pattern, find) for pattern in patterns]
                matcher.add(key, compiled, greedy="LONGEST")
        return matcher

    def find(self, index: int, scan: Scan, hits: Spans) -> Iterator[Candidate]:
        """Candidates of one detector around its literals."""
        stretches = _stretches(hits, len(scan.view.folded))
        read = 0
        for start, end in stretches:
            read += end - start
            if read > MOST_CHARACTERS:
                scan.unfinished = True
                return
            yield from self._in_stretch(index, scan.view.folded, start, end)

    def _in_stretch(self, index: int, text: str, start: int, end: int) -> Iterator[Candidate]:
        reading = self._vocabulary.read(text, start, end)
        doc = Doc(self.nlp.vocab, words=reading.words)
        sentence, number = [], 0
        for word in reading.words:
            sentence.append(number)
            number += word == STOP
        found: dict[str, list[tuple[int, int]]] = {"find": [], "unless": []}
        for key, first, last in self._matchers[index](doc):
            found[self.nlp.vocab.strings[key]].append((first, last))
        spared = {sentence[first] for first, _ in found["unless"]}
        for first, last in found["find"]:
            if sentence[first] not in spared:
                last -= reading.words[last - 1] == STOP
                span = reading.spans[first][0], reading.spans[last - 1][1]
                yield Candidate(*span, 0, ("grammar",))


def _compiled(pattern: Pattern, find: Find) -> list[dict[str, Any]]:
    return [_token(step, find) for step in pattern]


def _token(step: Step, find: Find) -> dict[str, Any]:
    if isinstance(step, Gap):
        return {"ORTH": {"NOT_IN": [STOP]}, "OP": f"{{0,{step.gap}}}"}
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
