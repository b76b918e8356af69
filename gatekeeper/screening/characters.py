"""What does one character stand for, once its disguise is taken off?

Sources: Unicode 15 default-ignorable and decimal-digit properties, NFKC (UAX 15), and the Latin
lookalikes of UTS 39 that occur in keyboards' Cyrillic and Greek layouts.
"""

from __future__ import annotations

import unicodedata

_REMEMBERED = 8192
"""Most characters kept in the table; a text cannot make the process grow beyond it."""

_IGNORED = frozenset(
    {0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x20E3, 0x3164, 0xFEFF, 0xFFA0}
    | set(range(0x180B, 0x1810))
    | set(range(0x200B, 0x2010))
    | set(range(0x202A, 0x202F))
    | set(range(0x2060, 0x2070))
    | set(range(0xFE00, 0xFE10))
    | set(range(0xE0000, 0xE1000))
)
_BLANK = frozenset({0x2800})
"""The empty braille cell: drawn as a space, classed as a symbol."""

_LOOKALIKES = (
    "аa еe ёe кk мm оo рp сc тt уy хx іi їi јj ѕs ӏl һh ԁd ԛq ԝw АA ВB ЕE КK МM НH ОO РP СC "
    "ТT УY ХX ІI ЈJ ЅS ӀI αa εe ιi κk νv οo ρp τt υu χx γy ϲc ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP "
    "ΤT ΥY ΧX ϹC ıi ɑa ɡg օo սu ոn հh"
)
CONFUSABLE = {pair[0]: pair[1] for pair in _LOOKALIKES.split()}
"""Letters of other scripts that are drawn like a Latin one."""


_LONGEST = 4
"""A ligature of whole words (U+FDFA is 18 characters) is read as a blank."""


def plain(character: str) -> str:
    """The plain form of one character: empty if it is invisible, more than one for a ligature."""
    code = ord(character)
    if code < 0x80:
        return character
    category = unicodedata.category(character)
    if code in _IGNORED or (category in ("Mn", "Me") and code < 0x2100):
        return ""
    if category in ("Nd", "No") and (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    if category[0] == "Z" or code in _BLANK:
        return "\n" if category in ("Zl", "Zp") else " "
    if category == "Pd":
        return "-"
    if category == "Cs":
        return "\ufffd"
    return _compatible(character)


def _compatible(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    if len(folded) > _LONGEST:
        return " "
    return folded if folded == character else "".join(map(plain, folded))


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
