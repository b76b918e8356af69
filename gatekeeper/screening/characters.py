"""What does one character stand for, once its disguise is taken off?

Sources: Unicode default-ignorable and numeric properties, NFKC (UAX 15), and the confusables of
UTS 39.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from gatekeeper.screening.confusables import ALIKE

_REMEMBERED = 8192
"""Most characters kept in the table; a text cannot make the process grow beyond it."""

_IGNORED = frozenset(
    {0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x20E3, 0x3164, 0xFEFF, 0xFFA0}
    | set(range(0x180B, 0x1810))
    | set(range(0x200B, 0x2010))
    | set(range(0x202A, 0x202F))
    | set(range(0x2060, 0x2070))
    | set(range(0xFE00, 0xFE10))
    | set(range(0xFFF0, 0xFFFC))
    | set(range(0x1BCA0, 0x1BCA4))
    | set(range(0x1D173, 0x1D17B))
    | set(range(0xE0000, 0xE1000))
)
_BLANK = frozenset({0x2800})
"""The empty braille cell: drawn as a space, classed as a symbol."""
_MARKS = (
    (0x0300, 0x0370),
    (0x0483, 0x048A),
    (0x0591, 0x05C8),
    (0x0610, 0x061B),
    (0x064B, 0x0660),
    (0x0670, 0x0671),
    (0x06D6, 0x06EE),
    (0x1AB0, 0x1B00),
    (0x1DC0, 0x1E00),
    (0x20D0, 0x2100),
    (0xFE20, 0xFE30),
)
"""Marks that may be left out without making another word of it: accents, points, strokes.

The vowel signs of Indic scripts are marks too, and stay.
"""
_FRACTION = "\u2044"

_LOOKALIKES = (
    "аa еe ёe кk мm оo рp сc тt уy хx іi їi јj ѕs ӏl һh ԁd ԛq ԝw АA ВB ЕE КK МM НH ОO РP СC "
    "ТT УY ХX ІI ЈJ ЅS ӀI αa εe ιi κk νv οo ρp τt υu χx γy ϲc ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP "
    "ΤT ΥY ΧX ϹC ıi ɑa ɡg օo սu ոn հh"
)
CONFUSABLE = {pair[0]: pair[1] for pair in _LOOKALIKES.split()}
"""Letters that are drawn like a Latin one and lie on somebody's keyboard."""
DRAWN_ALIKE = {
    **{like: latin for latin, row in ALIKE.items() for like in row},
    **CONFUSABLE,
}
"""All letters that UTS 39 calls confusable with a Latin one, and the above."""

_LONGEST = 4
"""A ligature of whole words (U+FDFA is 18 characters) is read as a blank."""


def plain(character: str) -> str:
    """The plain form of one character: empty if it is invisible, more than one for a ligature."""
    code = ord(character)
    if code < 0x80:
        return character
    category = unicodedata.category(character)
    if code in _IGNORED or (category in ("Mn", "Me") and _is_accent(code)):
        return ""
    if category == "No" or category == "Nd":
        return _digit(character) or _compatible(character)
    if category[0] == "Z" or code in _BLANK:
        return "\n" if category in ("Zl", "Zp") else " "
    if category == "Pd":
        return "-"
    if category == "Cs":
        return "\ufffd"
    return _compatible(character)


def _is_accent(code: int) -> bool:
    return any(first <= code < end for first, end in _MARKS)


def _digit(character: str) -> str | None:
    """The digit of any script or frame (`٤ ④ ⒋ ㈣ 𝍣`); None for greater numbers and fractions."""
    value = unicodedata.numeric(character)
    if not value.is_integer() or not 0 <= value <= 9:
        return None
    return None if _FRACTION in unicodedata.normalize("NFKC", character) else str(int(value))


def _compatible(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    if len(folded) > _LONGEST:
        return " "
    return folded if folded == character else "".join(map(plain, folded))


@lru_cache(maxsize=_REMEMBERED)
def lettered(character: str) -> bool:
    """Whether a sign is read as letters (`Ⓐ`, `™`, `℡`) and may as well be only a sign."""
    return (
        not character.isascii()
        and unicodedata.category(character)[0] in "SP"
        and any(map(str.isalnum, plain(character)))
    )


class PlainTable(dict[int, str]):
    """A table for `str.translate` that learns; `odd` holds what does not map one to one."""

    def __init__(self) -> None:
        super().__init__()
        self.odd: set[str] = set()

    def __missing__(self, code: int) -> str:
        character = chr(code)
        value = plain(character)
        if len(value) != 1:
            self.odd.add(character)
        if len(self) < _REMEMBERED:
            self[code] = value
        return value
