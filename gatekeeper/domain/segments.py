"""How many SMS segments does a text take?

GSM 03.38 (3GPP TS 23.038) or UCS-2; a text of several segments gives each a header (TS 23.040),
and no escape pair, and no surrogate pair, is split between two of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_BASIC_ONLY = re.compile(f"[{re.escape(_BASIC)}]*")
_EXTENDED = "\f^{}\\[~]|€"
_UNITS = {**dict.fromkeys(_BASIC, 1), **dict.fromkeys(_EXTENDED, 2)}
"""Septets of each character of the GSM alphabet; the extended ones follow an escape."""

_SINGLE = {"gsm7": 160, "ucs2": 70}
_JOINED = {"gsm7": 153, "ucs2": 67}
"""Units of one segment alone, and of each of several."""


class Segments(Struct, frozen=True, gc=False):
    """What a text costs to send."""

    encoding: str
    """`gsm7` or `ucs2`."""
    units: int
    """Septets, or 16-bit code units."""
    count: int
    """Segments; an empty text takes one, as carriers count."""


def segments(text: str) -> Segments:
    """The encoding that the text needs, and its segments in it."""
    if _BASIC_ONLY.fullmatch(text):
        joined = -(-len(text) // _JOINED["gsm7"])
        return Segments("gsm7", len(text), 1 if len(text) <= _SINGLE["gsm7"] else joined)
    sizes = [_UNITS.get(character) for character in text]
    known = [size for size in sizes if size is not None]
    if len(known) == len(text):
        return _packed("gsm7", known)
    return _packed("ucs2", list(_code_units(text)))


def _code_units(text: str) -> Iterator[int]:
    return (2 if ord(character) > 0xFFFF else 1 for character in text)


def _packed(encoding: str, sizes: list[int]) -> Segments:
    total = sum(sizes)
    if total <= _SINGLE[encoding]:
        return Segments(encoding, total, 1)
    count, room = 1, _JOINED[encoding]
    for size in sizes:
        if size > room:
            count, room = count + 1, _JOINED[encoding]
        room -= size
    return Segments(encoding, total, count)
