"""Does a stretch of text say a thing in one of the ways that one rule of replies knows?

As in the spaCy tier of the detectors, with one difference: words that a pattern joins to a phrase
are joined for that pattern alone. Among so many ways of speaking, the phrase of one pattern would
hide the words of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc
from spacy.vocab import Vocab

from gatekeeper.screening.grammar import Find, Maybe, Pattern, Step
from gatekeeper.screening.token_pattern import TokenPattern
from gatekeeper.screening.vocabulary import PLACEHOLDERS, Sentences, Vocabulary

_WORD = re.compile(r"[\w']+(?:-[\w']+)*")


class Need(NamedTuple):
    """Words and phrases of which one must occur for a pattern to be worth trying."""

    words: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, words: tuple[str, ...]) -> Need:
        """The need of one step."""
        split = [tuple(word.split()) for word in words]
        single = frozenset(pieces[0] for pieces in split if len(pieces) == 1)
        return cls(single, tuple(pieces for pieces in split if len(pieces) > 1))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a skeleton, and the words that occur in it."""

    text: str
    start: int
    end: int
    words: frozenset[str]

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Stretch:
        """The part from `start` to before `end`."""
        return cls(text, start, end, frozenset(_written(text, start, end)))

    def holds(self, need: Need) -> bool:
        """Whether one of the words occurs, or all words of one of the phrases, wherever."""
        if not self.words.isdisjoint(need.words):
            return True
        return any(map(self.words.issuperset, need.phrases))


class Phrase:
    """One token pattern, with the words that it knows."""

    def __init__(self, vocab: Vocab, pattern: Pattern, find: Find) -> None:
        names = {name for step in pattern for name in (_of(step),) if isinstance(name, str)}
        words = {name: find.words[name] for name in sorted(names.intersection(find.words))}
        alone = Find(words=words, tokens=(pattern,))
        self._vocab = vocab
        self._pattern = TokenPattern.of(vocab, pattern, alone)
        self._vocabulary = Vocabulary.of([alone])
        needed = [_words(step, words) for step in pattern if isinstance(step, str | tuple)]
        self._needs = [Need.of(words) for words in needed if words]

    def sentences(self, stretch: Stretch) -> frozenset[int]:
        """The numbers of the sentences that it is found in."""
        if not all(map(stretch.holds, self._needs)):
            return frozenset()
        reading = self._vocabulary.read(stretch.text, stretch.start, stretch.end)
        sentences = Sentences(reading, cut=stretch.start > 0)
        doc = Doc(self._vocab, words=reading.words)
        return frozenset(sentences.numbers[at] for at, _ in self._pattern.spans(doc, sentences))


class Phrasing:
    """All ways of one rule, and what takes them back within the same sentence."""

    def __init__(self, vocab: Vocab, find: Find) -> None:
        self.vocab = vocab
        self._ways = [Phrase(vocab, pattern, find) for pattern in find.tokens]
        self._unless = [Phrase(vocab, pattern, find) for pattern in find.unless]

    def says(self, stretch: Stretch) -> bool:
        """Whether any sentence says it and takes nothing back."""
        said = frozenset().union(*(way.sentences(stretch) for way in self._ways))
        for phrase in self._unless if said else ():
            said -= phrase.sentences(stretch)
        return bool(said)


def compiled(finds: Sequence[Find]) -> list[Phrasing]:
    """The rules, over one vocabulary that holds all their words before the first text comes."""
    vocab = Vocab()
    Doc(vocab, words=[*sorted(Vocabulary.of(finds).words), *PLACEHOLDERS])
    return [Phrasing(vocab, find) for find in finds]


def _written(text: str, start: int, end: int) -> Iterator[str]:
    for found in _WORD.finditer(text, start, end):
        word = found.group()
        yield word
        for piece in word.split("-"):
            yield piece
            yield piece.removesuffix("'s")


def _of(step: Step) -> object:
    return step.maybe if isinstance(step, Maybe) else step


def _words(step: str | tuple[str, ...], words: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words of which one must occur; none for a step that is no word."""
    return step if isinstance(step, tuple) else words.get(step, ())
