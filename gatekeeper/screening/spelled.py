"""Which digits does a text spell in words, or with letters that look like digits?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gatekeeper.screening.number_words import COUNTED, TENS, VALUES, ZEROS
from gatekeeper.screening.views import Draft, View, fold

_REPEAT = {"double": 2, "triple": 3, "doble": 2}
_GAPS = {"dash": "-", "hyphen": "-", "dot": ".", "point": ".", "space": " ", "slash": "/"}
_ORDER = frozenset({"first", "last", "next", "final", "other", "all", "these", "those"})
"""Before a number word these count digits, as in `the last four are`."""
_JOINS = frozenset({"y", "et", "e"})
_LEAST = 8
"""Number words in a text below which it is not read as spelled digits, if it has no others."""
_LEAST_MIXED = 4
_SPOKEN_GAPS = (" dash ", " hyphen ", " dot ")

_TOKEN = re.compile(r"[0-9]|[^\W\d_]+|[\W_]+")
_GLUED = re.compile("|".join(sorted(COUNTED, key=len, reverse=True)))

_ALIKE = "O0 o0 Q0 l1 I1 i1 |1 S5 s5 B8 Z2 z2 G6 b6 g9 q9 T7"
_LETTERS = str.maketrans({pair[0]: pair[1] for pair in _ALIKE.split()})
_SET = "[0-9OoQlIi|SsBZzGbgqT]"
_LOOKALIKE = re.compile(rf"(?<![A-Za-z0-9]){_SET}(?:[^A-Za-z0-9|]{{0,3}}{_SET}){{8,}}")
_GROUP = re.compile(r"[A-Za-z0-9|]+")
_ROUND_OR_STRAIGHT = frozenset("OolI|")
LEAST_TRUE = 6
"""True digits in a text below which none of its letters is read as one."""
_SHARE = 0.6
"""Least share of true digits in a run whose letters are read as digits."""


def called_for(view: View, words: int, *, numeric: bool) -> bool:
    """Whether a text with so many number words is worth reading as spelled digits."""
    if not numeric:
        return words >= _LEAST
    return words >= _LEAST_MIXED or any(gap in view.folded for gap in _SPOKEN_GAPS)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


def spelled(view: View) -> View:
    """The text with number words as digits; other words stay, so that context still reads."""
    draft, tokens = Draft.over(view), list(_tokens(view.folded))
    at, repeat, before = 0, 1, ""
    while at < len(tokens):
        token = tokens[at]
        word, end = token.text, at + 1
        number = _number(tokens, at) if before not in _ORDER else None
        if word in _REPEAT:
            repeat = _REPEAT[word]
        elif word in _GAPS:
            draft.put(_GAPS[word], token.start, token.end)
        elif number is not None:
            digits, end = number
            draft.put(digits * repeat, token.start, tokens[end - 1].end)
            repeat = 1
        elif repeat == 1 or not word.isspace():
            draft.keep(token.start, token.end)
            repeat = 1
        if word.isalnum():
            before = word
        at = end
    return draft.view("number words")


def _tokens(folded: str) -> Iterator[_Token]:
    """Words, digits and what stands between; words of numbers glued together come apart."""
    for found in _TOKEN.finditer(folded):
        word, start = found.group(), found.start()
        glued = list(_GLUED.finditer(word)) if len(word) > 5 and word not in VALUES else []
        if glued and sum(len(part.group()) for part in glued) == len(word):
            for part in glued:
                yield _Token(part.group(), start + part.start(), start + part.end())
        else:
            yield _Token(word, start, found.end())


def _number(tokens: list[_Token], at: int) -> tuple[str, int] | None:
    """The digits that are spelled from here on, and the token after them."""
    word = tokens[at].text
    if word in ZEROS or word.isdigit():
        return ZEROS.get(word, word), at + 1
    if (value := VALUES.get(word)) is None:
        return None
    end, teens = at + 1, word == "soixante"
    if word == "quatre" and (unit := _next(tokens, end)) and tokens[unit].text.startswith("vingt"):
        value, end, teens = 80, unit + 1, True
    if teens or word in TENS:
        more, end = _below_twenty(tokens, end, teens=teens)
        value += more
    elif value == 10:
        more, end = _unit(tokens, end, at_least=7)
        value += more
    return str(value), end


def _below_twenty(tokens: list[_Token], end: int, *, teens: bool) -> tuple[int, int]:
    """What follows the tens and how far it goes: `-two`, ` y uno`, `-dix-sept`."""
    at = _next(tokens, end)
    if at is not None and tokens[at].text in _JOINS:
        at = _next(tokens, at + 1)
    value = VALUES.get(tokens[at].text, 0) if at is not None else 0
    if at is None or not 0 < value < (20 if teens else 10):
        return 0, end
    if value == 10 and tokens[at].text == "dix":
        more, end = _unit(tokens, at + 1, at_least=7)
        return value + more, max(end, at + 1)
    return value, at + 1


def _unit(tokens: list[_Token], end: int, *, at_least: int) -> tuple[int, int]:
    """The unit after `dix`, written with a hyphen: 17 to 19 in French."""
    if end + 1 < len(tokens) and tokens[end].text == "-":
        value = VALUES.get(tokens[end + 1].text, 0)
        if at_least <= value < 10:
            return value, end + 2
    return 0, end


def _next(tokens: list[_Token], at: int) -> int | None:
    """The next word, if only a blank or a hyphen stands before it."""
    if at < len(tokens) and tokens[at].text.strip() in ("", "-"):
        at += 1
    return at if at < len(tokens) else None


def _group(group: re.Match[str]) -> str:
    """A group of letters alone is read as digits only when they are all O, o, l or I."""
    written = group.group()
    if written.isalpha() and not _ROUND_OR_STRAIGHT.issuperset(written):
        return written
    return written.translate(_LETTERS)


def lookalike(view: View) -> View | None:
    """The text with O, l, S, B and their like as digits in runs of mostly digits; else None."""
    found = False

    def digits(run: re.Match[str]) -> str:
        nonlocal found
        written = run.group()
        if written.translate(_LETTERS) == written:
            return written
        end = len(written)
        if view.text[run.end() : run.end() + 1].isalpha():
            end -= len(re.split(r"[^A-Za-z0-9|]", written)[-1])
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
