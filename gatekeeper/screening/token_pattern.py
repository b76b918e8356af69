"""How does a pattern of the detectors' grammar read as one of spaCy's Matcher?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from gatekeeper.screening.grammar import Find, Gap, Maybe, Pattern, Step, Words
from gatekeeper.screening.steps import END, FORMS, NUMBER, OTHER, START
from gatekeeper.screening.vocabulary import CARD, DIGITS, ID, STOP, WORD, Sentences

Tokens = list[dict[str, Any]]
"""A pattern as spaCy's Matcher reads it."""

_PLACEHOLDERS = {
    OTHER: (WORD,),
    NUMBER: (DIGITS, CARD, ID),
    END: (STOP,),
    **{form: (f"<{form}>",) for form in FORMS},
}


def tokens_of(pattern: Pattern, find: Find) -> tuple[Tokens, bool]:
    """The pattern for a Matcher, and whether it holds only where a sentence begins."""
    at_start = pattern[0] == START
    return [_token(step, find) for step in pattern[at_start:]], at_start


def needs_of(tokens: Tokens) -> tuple[frozenset[str], ...]:
    """The sets of tokens of which each must have one in a text for the pattern to be worth it."""
    return tuple(frozenset(token["ORTH"]["IN"]) for token in tokens if "OP" not in token)


@dataclass(frozen=True, slots=True)
class TokenPattern:
    """One pattern with a Matcher of its own."""

    needs: tuple[frozenset[str], ...]
    matcher: Matcher
    at_start: bool
    """Whether only the start of a sentence will do."""

    @classmethod
    def of(cls, vocab: Vocab, pattern: Pattern, find: Find) -> TokenPattern:
        """Compile a pattern of the detector's grammar."""
        tokens, at_start = tokens_of(pattern, find)
        matcher = Matcher(vocab, validate=False)  # patterns of the grammar, read and checked before
        matcher.add("pattern", [tokens])
        return cls(needs_of(tokens), matcher, at_start)

    def spans(self, doc: Doc, sentences: Sentences) -> Iterator[tuple[int, int]]:
        """Token spans that match within one sentence."""
        if any(need.isdisjoint(sentences.words) for need in self.needs):
            return
        for _, first, last in self.matcher(doc):
            begins = not self.at_start or sentences.begins(first)
            if begins and sentences.same(first, last):
                yield first, last


def _token(step: Step, find: Find) -> dict[str, Any]:
    if isinstance(step, Gap):
        return {"OP": f"{{0,{step.gap}}}"}
    if isinstance(step, Maybe):
        return {**_token(step.maybe, find), "OP": "?"}
    return {"ORTH": {"IN": sorted(_words(step, find))}}


def _words(step: str | Words, find: Find) -> tuple[str, ...]:
    """The tokens that a step stands for."""
    if isinstance(step, str) and step in _PLACEHOLDERS:
        return _PLACEHOLDERS[step]
    return _lowered(find.words[step] if isinstance(step, str) else step)


@lru_cache(maxsize=1024)
def _lowered(words: Words) -> tuple[str, ...]:
    """Many patterns share a word set."""
    return tuple(sorted({word.lower() for word in words}))
