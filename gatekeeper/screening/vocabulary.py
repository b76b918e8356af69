"""Which words of a text may spaCy see, and where do they stand?

Only words of the detectors' own vocabulary; every other word is one placeholder and every number
another, since spaCy's string store keeps each token that it has seen for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gatekeeper.screening.grammar import Find

WORD, MIXED, DIGITS, STOP = "_", "#", "0", "."
"""The placeholders: an unknown word, one with digits in it, a number, a sentence's end."""

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

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the tokens from `first` to before `last` stand, without a sentence's end."""
        last -= self.words[last - 1] == STOP
        return self.spans[first][0], self.spans[last - 1][1]


class Sentences:
    """A reading with the number of the sentence that each token stands in."""

    def __init__(self, reading: Reading, *, cut: bool = False) -> None:
        """`cut` says that the reading begins within a text, so no sentence need begin there."""
        self.reading = reading
        self._cut = cut
        self.words = frozenset(reading.words)
        self.numbers: list[int] = []
        number = 0
        for word in reading.words:
            self.numbers.append(number)
            number += word == STOP

    def begins(self, token: int) -> bool:
        """Whether a sentence begins with this token."""
        return not self._cut if token == 0 else self.reading.words[token - 1] == STOP

    def same(self, first: int, last: int) -> bool:
        """Whether the tokens from `first` to before `last` stand in one sentence."""
        return self.numbers[first] == self.numbers[last - 1]


class Vocabulary:
    """The words that may be shown to spaCy, and phrases that it sees as one token."""

    def __init__(self, finds: Iterable[Find]) -> None:
        sets = [words for find in finds for words in find.words.values()]
        inline = [step for find in finds for step in find.steps() if isinstance(step, tuple)]
        self.words = frozenset(w.lower() for words in (*sets, *inline) for w in words)
        self._pieces = frozenset(piece for word in self.words for piece in word.split(" "))
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
            word = token.group()
            if word not in self._pieces:
                word = word.removesuffix("'s").removesuffix("’s")
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
    return (len(word) == 1 and word.isalpha()) or word in _SHORT
