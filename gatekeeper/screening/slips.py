"""Which word was meant by one that a thumb has slipped on?

Of words that a file names: a letter left out (not the first), two letters swapped, one written
twice. Wider guesses would take `testing` for `texting`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 5
"""Letters of a word whose slips are mended: the slips of a shorter one are words themselves."""


class Slips:
    """Slips of some words, each with the word that was meant."""

    def __init__(self, words: Iterable[str], known: Iterable[str]) -> None:
        """`known` words are never taken for a slip; neither is what could be two words' slip."""
        words = frozenset(words)
        meant: dict[str, str | None] = {}
        for word in sorted(words):
            for slip in frozenset(_slips(word)):
                meant[slip] = None if slip in meant else word
        taken = words.union(*(word.split() for word in known))
        self._meant = {slip: word for slip, word in meant.items() if word and slip not in taken}

    def mend(self, plain: str) -> str:
        """The text with the meant words instead of their slips."""
        return _WORD.sub(self._mended, plain) if self._meant else plain

    def _mended(self, word: re.Match[str]) -> str:
        written = word.group()
        return self._meant.get(written, written)


def _slips(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at] + word[at:]
        if at:
            yield word[:at] + word[at + 1 :]
    for at in range(len(word) - 1):
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if swapped != word:
            yield swapped
