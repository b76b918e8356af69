"""Is the word read that was meant, and no other word bent to it?"""

from __future__ import annotations

import pytest

from gatekeeper.screening.slips import Slips

SLIPS = Slips(["texting", "message"], ["stop", "texing me"])


@pytest.mark.parametrize(
    "slip", ["tetxing", "textng", "textting", "texitng", "etxting", "ttexting"]
)
def test_a_letter_left_out_doubled_or_swapped_is_mended(slip: str) -> None:
    assert SLIPS.mend(f"stop {slip} me") == "stop texting me"


@pytest.mark.parametrize("word", ["testing", "exting", "texing", "taxing", "texts", "massage"])
def test_other_words_stay(word: str) -> None:
    """A first letter is never guessed, another letter neither, and a known word is itself."""
    assert SLIPS.mend(f"stop {word} me") == f"stop {word} me"


def test_what_could_be_a_slip_of_two_words_is_mended_to_neither() -> None:
    two = Slips(["caller", "calle"], [])
    assert two.mend("calller") == "caller"
    assert two.mend("calle caller") == "calle caller"
    assert Slips(["abcdef", "abcdeg"], []).mend("abcde") == "abcde"


def test_without_words_nothing_changes() -> None:
    assert Slips([], []).mend("stpo") == "stpo"
