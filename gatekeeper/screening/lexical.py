"""Which words does a text hide: by figures for letters, letters apart, drawling, lookalikes?

For detectors of words alone (literals and grammar): `c0ca1ne`, `$hit`, `f.u.c.k`, `fuuuck`. Numbers
and patterns never read these views, since they would take figures out of codes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from gatekeeper.screening.characters import DRAWN_ALIKE
from gatekeeper.screening.prefilter import Spans
from gatekeeper.screening.triggers import Trigger
from gatekeeper.screening.views import Draft, View

_FIGURES = "0134578@$!|"
_FOREIGN = -1
"""Beside the triggers: words of lookalikes in a text of mostly Latin letters."""
_FORMS: dict[int, str] = {
    Trigger.APART: r"(?P<apart>(?<![^\W_])[A-Za-z]([ ._*,/+-])(?:[A-Za-z]\2)+[A-Za-z](?![^\W_]))",
    Trigger.FIGURED: (
        rf"(?<![\w@$!|])[\w@$!|]*(?:[A-Za-z][{_FIGURES}]|[{_FIGURES}][A-Za-z])[\w@$!|]*"
    ),
    Trigger.DRAWLED: r"(?P<drawl>[A-Za-z])(?P=drawl){2,}",
    _FOREIGN: r"(?<!\w)[^\W\d_]*[^\x00-\x7f]\w*",
}
_PATTERNS = {
    frozenset(kinds): re.compile("|".join(map(_FORMS.__getitem__, kinds)))
    for count in range(1, len(_FORMS) + 1)
    for kinds in combinations(_FORMS, count)
}
"""What finds the forms that are asked for, each set of them at once."""
_DRAWL = re.compile(r"([A-Za-z])\1{2,}")
_READ = {"0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s"}
_AS_I = str.maketrans({**_READ, "1": "i", "!": "i", "|": "i"})
_AS_L = str.maketrans({**_READ, "1": "l", "!": "l", "|": "l"})
_EITHER = re.compile(r"[1!|]")
_LETTERS = re.compile(r"[^\W\d_]")
_DRAWN = frozenset(DRAWN_ALIKE)
_LATIN_SHARE = 0.7
"""Least share of Latin letters in a text whose words of lookalikes are read as Latin."""
_SHORTEST = 3


REACH = 240
"""Characters on either side of a word in which another may be told of it."""
Word = tuple[int, int, str]
"""Where a hidden word stands, and how it reads."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A text with hidden words as they read; its view is made only when they are of use."""

    text: str
    base: View
    words: tuple[Word, ...]
    places: tuple[int, ...]
    """Where in the text those words begin that no other reading has."""

    def near(self, spans: Spans) -> Spans:
        """Those spans of the text that have such a word in their reach."""
        return [
            (start, end)
            for start, end in spans
            if bisect_left(self.places, start - REACH) < bisect_left(self.places, end + REACH)
        ]

    def view(self) -> View:
        """The same with the way back to the original."""
        draft, end = Draft.over(self.base), 0
        for start, stop, shown in self.words:
            draft.keep(end, start)
            draft.put(shown, start, stop)
            end = stop
        draft.keep(end, len(self.base.text))
        return draft.view("hidden words")


def lexical(view: View, asked: frozenset[int]) -> Iterator[Shown]:
    """The text with hidden words as they read; twice if a figure may be an i or an l."""
    kinds = asked.intersection(_FORMS)
    if _mostly_latin(view.text):
        kinds |= {_FOREIGN}
    if not kinds:
        return
    words = _words(view, _AS_I, kinds)
    if words:
        yield _shown_by(view, words, frozenset())
        if _EITHER.search(view.text):
            yield _shown_by(view, _words(view, _AS_L, kinds), frozenset(words))


def _words(view: View, figures: dict[int, str], kinds: frozenset[int]) -> list[Word]:
    words: list[Word] = []
    for form in _PATTERNS[kinds].finditer(view.text):
        written = form.group()
        apart = form.lastgroup == "apart"
        read = written[::2] if apart else _shown(written, figures, latin=_FOREIGN in kinds)
        if read != written:
            words.append((*form.span(), read))
    return words


def _shown_by(view: View, words: list[Word], known: frozenset[Word]) -> Shown:
    pieces, places, end, moved = list[str](), list[int](), 0, 0
    for word in words:
        start, stop, shown = word
        pieces += (view.text[end:start], shown)
        if word not in known:
            places.append(start + moved)
        moved += len(shown) - (stop - start)
        end = stop
    text = "".join((*pieces, view.text[end:])).lower()
    return Shown(text, view, tuple(words), tuple(places))


def _mostly_latin(text: str) -> bool:
    """Whether nearly all letters are Latin, so that a word of other letters was forged."""
    if text.isascii() or _DRAWN.isdisjoint(text):
        return False
    letters = _LETTERS.findall(text)
    return sum(map(str.isascii, letters)) >= _LATIN_SHARE * len(letters)


def _shown(word: str, figures: dict[int, str], *, latin: bool) -> str:
    """A word as it reads; as it stands if it hides none."""
    if latin and _DRAWN.issuperset(word):
        word = "".join(map(DRAWN_ALIKE.__getitem__, word))
    word = _DRAWL.sub(r"\1", word)
    body = word.rstrip("!|")
    return body.translate(figures) + word[len(body) :] if _figured(body) else word


def _figured(word: str) -> bool:
    """Whether figures stand for letters: no more than the letters, and no code in capitals."""
    letters = sum(map(str.isalpha, word))
    digits = sum(map(str.isdigit, word))
    signs = len(word) - letters - digits
    if not (digits or signs) or len(word) < _SHORTEST or 2 * digits + signs > 2 * letters:
        return False
    if word.isupper() and (len(word) == _SHORTEST or digits == letters):
        return False
    return all(c.isalpha() or c in _FIGURES for c in word)
