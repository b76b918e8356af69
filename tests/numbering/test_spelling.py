"""Is an address in any script reduced to the plain characters that it means?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.numbering.spelling import digits_of, has_pictured_digits, keyed, plain


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("+1 212-200-0123", "+1 212-200-0123"),
        ("＋１２１２２０００１２３", "+12122000123"),
        ("+١٢١٢٢٠٠٠١٢٣", "+12122000123"),
        ("+१२१२२०००१२३", "+12122000123"),
        ("+𝟏𝟐𝟏𝟐", "+1212"),
        ("\u202a+1212\u202c", "+1212"),
        ("\ufeff9\u200b1\u200d1\u2060", "911"),
        ("9\u00ad1\u034f1\u115f\u3164", "911"),
        ("9\ufe0f\u20e31\ufe0f\u20e31\ufe0f\u20e3", "911"),
        ("212\u2013200\u22120123", "212-200-0123"),
        ("212\u00a0200\u30000123", "212 200 0123"),
        ("12\n34", "12\n34"),
    ],
)
def test_scripts_widths_and_invisible_characters_do_not_matter(raw: str, meant: str) -> None:
    assert plain(raw) == meant


def test_signs_that_only_look_like_digits_are_noticed() -> None:
    assert has_pictured_digits("+1212200012³")
    assert has_pictured_digits("①")
    assert not has_pictured_digits("+١٢١２")
    assert not has_pictured_digits("+1212")


def test_letters_stand_on_the_keys_of_a_telephone() -> None:
    assert keyed("1-800-FLOWERS") == "1-800-3569377"
    assert keyed("abcdefghijklmnopqrstuvwxyz") == "22233344455566677778889999"


@given(st.text())
def test_reducing_twice_is_reducing_once(raw: str) -> None:
    assert plain(plain(raw)) == plain(raw)
    assert digits_of(raw).isascii()
