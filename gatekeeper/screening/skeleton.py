"""What is left of a text when only its letters are compared: no accent, case, disguise, drawl?

For comparing alone (UTS 39): lookalikes count as the Latin letter whatever word they stand in,
so `ЅТОР` in Cyrillic letters is `stop`, and so is `STOOOOP`.
"""

from __future__ import annotations

import re
import unicodedata

from gatekeeper.screening.characters import CONFUSABLE, PlainTable

_PLAIN = PlainTable()
_LATIN = str.maketrans(CONFUSABLE)
_APOSTROPHES = str.maketrans(dict.fromkeys("‘’‛ʹʻʼʽˈ′`´", "'"))
_BLANKS = re.compile(r"[^\S\n]+")
_DRAWL = re.compile(r"([^\W\d_])\1{2,}")


def skeleton(text: str) -> str:
    """Lower case without accents; blanks, and a letter drawled three times or more, count once."""
    if not text.isascii():
        text = text.translate(_APOSTROPHES).translate(_PLAIN)
        apart = unicodedata.normalize("NFD", text)  # what is plain may still be composed: ǆ is dž
        text = apart.translate(_PLAIN).translate(_APOSTROPHES).translate(_LATIN)
        # a capital may look like no Latin letter where its small form does: Γ and γ
        text = text.lower().translate(_LATIN)
    return _DRAWL.sub(r"\1", _BLANKS.sub(" ", text.lower()))
