"""The generated table holds single letters that are drawn like a Latin one."""

from __future__ import annotations

import unicodedata

from gatekeeper.screening.confusables import ALIKE


def test_each_letter_stands_for_one_latin_letter_only() -> None:
    letters = [like for row in ALIKE.values() for like in row]
    assert len(letters) == len(set(letters)) >= 300
    assert all(latin.isascii() and latin.isalpha() and len(latin) == 1 for latin in ALIKE)


def test_none_is_latin_already_or_by_its_compatible_form() -> None:
    for row in ALIKE.values():
        for like in row:
            assert like.isalpha()
            assert not unicodedata.normalize("NFKC", like).isascii()
