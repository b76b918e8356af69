"""Which plain characters does a person mean who writes an address in some script or other?"""

from __future__ import annotations

import unicodedata

_DROPPED = frozenset({"Cf", "Mn", "Me", "Cn", "Co"})
"""Format, combining, enclosing and unassigned characters: nothing of them is dialled."""

_BLANK_LETTERS = frozenset("ᅟᅠㅤ")
"""Hangul fillers: letters by category, invisible by nature (Default_Ignorable_Code_Point)."""

_DASHES = frozenset("−⁃ー")

_KEYPAD = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")
"""ITU-T E.161."""


def plain(raw: str) -> str:
    """The address in ASCII as far as it has a meaning there.

    NFKC; digits of every script become ASCII digits, dashes `-`, spaces a space; invisible
    characters are dropped. Control characters stay, so that the reader can refuse them.
    """
    if raw.isascii():
        return raw
    return "".join(_plain(char) for char in unicodedata.normalize("NFKC", raw))


def _plain(char: str) -> str:
    if char.isascii():
        return char
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd" or char in _DASHES:
        return "-"
    if category == "Zs":
        return " "
    return "" if category in _DROPPED or char in _BLANK_LETTERS else char


def has_pictured_digits(raw: str) -> bool:
    """Whether it holds signs that only look like digits: circled, superscript, fractions."""
    return not raw.isascii() and any(unicodedata.category(char) == "No" for char in raw)


def digits_of(text: str) -> str:
    """Its ASCII digits alone."""
    return "".join(char for char in text if "0" <= char <= "9")


def keyed(text: str) -> str:
    """Its letters as the keys of a telephone that carry them."""
    return text.lower().translate(_KEYPAD)
