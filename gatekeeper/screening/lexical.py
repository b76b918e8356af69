"""Which words does a text hide: by figures for letters, letters apart, drawling, lookalikes?

For detectors of words alone (literals and grammar): `c0ca1ne`, `$hit`, `f.u.c.k`, `fuuuck`. Numbers
and patterns never read these views, since they would take figures out of codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import re2

from gatekeeper.screening.characters import DRAWN_ALIKE
from gatekeeper.screening.views import Draft, View

_TRIGGER = re2.compile(
    r"[A-Za-z][0134578@$!|]+[A-Za-z]|\b[01345][A-Za-z]{3}|[@$][A-Za-z]{2}|[A-Za-z]{2}[@$034]"
    r"|\b[A-Za-z][ ._*,/+-][A-Za-z][ ._*,/+-][A-Za-z]\b"
    + "".join(f"|{letter}{{3}}" for letter in "abcdefghijklmnopqrstuvwxyz")
)
_FIGURES = "0134578@$!|"
_APART = r"(?P<apart>(?<![^\W_])[A-Za-z]([ ._*,/+-])(?:[A-Za-z]\2)+[A-Za-z](?![^\W_]))"
_FIGURED = (
    rf"|(?<![\w@$!|])[\w@$!|]*(?:[A-Za-z][{_FIGURES}]|[{_FIGURES}][A-Za-z])[\w@$!|]*"
    r"|([A-Za-z])\3{2,}"
)
_FORMS = re.compile(_APART + _FIGURED)
_FORMS_AND_FOREIGN = re.compile(_APART + _FIGURED + r"|(?<!\w)[^\W\d_]*[^\x00-\x7f]\w*")
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


def called_for(view: View) -> bool:
    """Whether a word of the text could be hidden so."""
    text = view.text
    return _TRIGGER.search(view.folded) is not None or (
        not text.isascii() and not _DRAWN.isdisjoint(text)
    )


def lexical(view: View) -> Iterator[View]:
    """The text with hidden words as they read; twice if a figure may be an i or an l."""
    read = _read(view, _AS_I)
    if read is not None:
        yield read
        if _EITHER.search(view.text) and (other := _read(view, _AS_L)) is not None:
            yield other


def _read(view: View, figures: dict[int, str]) -> View | None:
    draft, end, latin = Draft.over(view), 0, _mostly_latin(view.text)
    for form in (_FORMS_AND_FOREIGN if latin else _FORMS).finditer(view.text):
        written = form.group()
        shown = written[::2] if form["apart"] else _shown(written, figures, latin=latin)
        if shown != written:
            draft.keep(end, form.start())
            end = form.end()
            draft.put(shown, form.start(), end)
    if not end:
        return None
    draft.keep(end, len(view.text))
    return draft.view("hidden words")


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
