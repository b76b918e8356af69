"""Which digits does a text spell in words, or with letters that look like digits?"""

from __future__ import annotations

import re

from gatekeeper.screening.views import Draft, View, fold

WORDS = {
    **dict.fromkeys(("zero", "oh", "nought", "cero"), "0"),
    **dict.fromkeys(("one", "uno", "un"), "1"),
    **dict.fromkeys(("two", "dos", "deux"), "2"),
    **dict.fromkeys(("three", "tres", "trois"), "3"),
    **dict.fromkeys(("four", "cuatro", "quatre"), "4"),
    **dict.fromkeys(("five", "cinco", "cinq"), "5"),
    **dict.fromkeys(("six", "seis"), "6"),
    **dict.fromkeys(("seven", "siete", "sept"), "7"),
    **dict.fromkeys(("eight", "ocho", "huit"), "8"),
    **dict.fromkeys(("nine", "nueve", "neuf"), "9"),
}
"""English, Spanish and French number words of one digit."""

_REPEAT = {"double": 2, "triple": 3, "doble": 2}
_GAPS = {"dash": "-", "hyphen": "-", "dot": ".", "point": ".", "space": " ", "slash": "/"}
_LEAST = 9
"""Number words in a text below which it is not read as spelled digits, if it has no others."""
_LEAST_MIXED = 4
_SPOKEN_GAPS = (" dash ", " hyphen ", " dot ")

_TOKEN = re.compile(r"[0-9]|[^\W\d_]+|[\W_]+")
_GLUED = re.compile("|".join(sorted((w for w in WORDS if len(w) > 2), key=len, reverse=True)))

_LETTERS = str.maketrans("OoQlIiSsBZ", "0001115582")
_LOOKALIKE = re.compile(r"(?<![A-Za-z0-9])[0-9OoQlIiSsBZ](?:[ .\-/_]{0,3}[0-9OoQlIiSsBZ]){8,}")
_GAP_SIGNS = " .-/_"
_GROUP = re.compile(r"[A-Za-z0-9]+")
_ROUND_OR_STRAIGHT = frozenset("OolI")
LEAST_TRUE = 6
"""True digits in a text below which none of its letters is read as one."""
_SHARE = 0.6
"""Least share of true digits in a run whose letters are read as digits."""


def called_for(view: View, words: int, *, numeric: bool) -> bool:
    """Whether a text with so many number words is worth reading as spelled digits."""
    if not numeric:
        return words >= _LEAST
    return words >= _LEAST_MIXED or any(gap in view.folded for gap in _SPOKEN_GAPS)


def spelled(view: View) -> View:
    """The text with number words as digits; other words stay, so that context still reads."""
    draft, repeat = Draft.over(view), 1
    for token in _TOKEN.finditer(view.folded):
        word, start, end = token.group(), *token.span()
        if word in _REPEAT:
            repeat = _REPEAT[word]
        elif word in _GAPS:
            draft.put(_GAPS[word], start, end)
        elif word[0].isspace() and repeat > 1:
            continue
        else:
            _put(draft, word, start, repeat)
            repeat = 1
    return draft.view("number words")


def _put(draft: Draft, word: str, start: int, repeat: int) -> None:
    """Write a token's digits, also of words glued together (`fouroneone`), or the token itself."""
    end = start + len(word)
    if (digit := word if word.isdigit() else WORDS.get(word)) is not None:
        draft.put(digit * repeat, start, end)
        return
    glued = list(_GLUED.finditer(word))
    if not glued or sum(len(part.group()) for part in glued) < len(word):
        draft.keep(start, end)
        return
    for part in glued:
        draft.put(WORDS[part.group()], start + part.start(), start + part.end())


def _group(group: re.Match[str]) -> str:
    """A group of letters alone is read as digits only when they are all O, o, l or I."""
    written = group.group()
    if written.isalpha() and not _ROUND_OR_STRAIGHT.issuperset(written):
        return written
    return written.translate(_LETTERS)


def lookalike(view: View) -> View | None:
    """The text with O, l, I, S, B, Z as digits in runs that are mostly digits; None if no such."""
    if sum(map(view.text.count, "0123456789")) < LEAST_TRUE:
        return None
    found = False

    def digits(run: re.Match[str]) -> str:
        nonlocal found
        written = run.group()
        if written.translate(_LETTERS) == written:
            return written
        end = len(written)
        if view.text[run.end() : run.end() + 1].isalpha():
            end = max(written.rfind(sign) for sign in _GAP_SIGNS) + 1
        mended = _GROUP.sub(_group, written[:end]) + written[end:]
        true = sum(c.isdigit() for c in written)
        if mended == written or true < _SHARE * sum(c.isdigit() for c in mended):
            return written
        found = True
        return mended

    text = _LOOKALIKE.sub(digits, view.text)
    if not found:
        return None
    return View(text, fold(text), view.starts, view.ends, (*view.steps, "digit lookalikes"))
