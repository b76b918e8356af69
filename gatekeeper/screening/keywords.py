"""Which agreed word is the whole of a reply, whatever case, signs, accents or thanks it wears?

Words are compared by their letters alone, joined: `S.T.O.P.`, `opt-out`, `STOP ALL` and `stopall`
are each one word. Words of two sets, a word said twice and fillers may stand side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from gatekeeper.domain.reply import ReplyKind
from gatekeeper.policy.reply_model import KeywordSet
from gatekeeper.screening.skeleton import skeleton

MOST_WORDS = 24
"""A reply of more words is no keyword."""
_LONGEST_SPLIT = 16
"""Pieces in which one word may be written: `u n s u b s c r i b e`."""
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"([^.!?;\n]+)([.!?;\n]*)")
_ORDER = (ReplyKind.STOP, ReplyKind.HELP, ReplyKind.START)


class Keywords:
    """All keyword sets of all languages in one table."""

    def __init__(self, sets: Sequence[KeywordSet], fillers: Sequence[str]) -> None:
        self._whole = {joined(word): each for each in sets for word in each.words}
        beside = {word: each for word, each in self._whole.items() if not each.alone}
        self._pieces: dict[str, KeywordSet | None] = {
            **dict.fromkeys(map(joined, fillers)),
            **beside,
        }

    def whole(self, plain: str) -> KeywordSet | None:
        """The set that a skeleton is a keyword of and nothing else."""
        words = [found.group() for found in islice(_WORD.finditer(plain), MOST_WORDS + 1)]
        if not words or len(words) > MOST_WORDS:
            return None
        return self._whole.get("".join(words)) or self._first(self._read(words))

    def sentences(self, plain: str) -> Iterator[tuple[KeywordSet, bool]]:
        """The sets that single sentences of a skeleton are keywords of, and whether certainly."""
        for number, sentence in enumerate(_SENTENCE.finditer(plain)):
            found = self.whole(sentence[1])
            if found is None or found.sentence is None or "?" in sentence[2]:
                continue
            sure = found.sentence == "certain" or (found.sentence == "first" and number == 0)
            yield found, found.certain and sure

    def _read(self, words: list[str]) -> list[KeywordSet]:
        """The sets of all the words, longest first; none if any word is something else."""
        found: list[KeywordSet] = []
        at = 0
        while at < len(words):
            size = self._size(words[at : at + _LONGEST_SPLIT])
            if not size:
                return []
            if (known := self._pieces["".join(words[at : at + size])]) is not None:
                found.append(known)
            at += size
        return found

    def _size(self, words: list[str]) -> int:
        sizes = range(len(words), 0, -1)
        return next((size for size in sizes if "".join(words[:size]) in self._pieces), 0)

    @staticmethod
    def _first(found: list[KeywordSet]) -> KeywordSet | None:
        """STOP before all else, and what is certain before what is not."""
        return min(found, key=lambda s: (_ORDER.index(s.kind), not s.certain), default=None)


def joined(text: str) -> str:
    """The letters and digits of a keyword as `whole` compares them."""
    return "".join(_WORD.findall(skeleton(text)))
