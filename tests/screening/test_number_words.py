"""Number words have one value each, and those that count are no common words."""

from __future__ import annotations

import pytest

from gatekeeper.screening.number_words import COUNTED, TENS, VALUES


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("nought", 0), ("dos", 2), ("fünf", 5), ("sete", 7), ("onze", 11), ("dieciséis", 16),
        ("forty", 40), ("quarante", 40), ("veintitrés", 23), ("vingt", 20), ("noventa", 90),
    ],
)  # fmt: skip
def test_a_word_has_its_value_in_every_language(word: str, value: int) -> None:
    assert VALUES[word] == value


def test_tens_are_round_and_what_counts_is_a_number_word() -> None:
    assert all(value % 10 == 0 and 20 <= value <= 90 for value in TENS.values())
    assert set(VALUES) >= COUNTED
    assert not COUNTED & {"due", "ten", "una", "un"}
