"""Do texts that a reader takes for the same have the same letters?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.screening.skeleton import skeleton


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("STOP", "stop"),
        ("Ｓｔｏｐ", "stop"),
        ("s\u200bt\u00ado\ufe0fp", "stop"),
        ("ЅТОР", "stop"),
        ("𝐒𝐓𝐎𝐏 ⓢⓣⓞⓟ", "stop stop"),
        ("S̶T̶O̶P̶", "stop"),
        ("STOOOOPPP", "stop"),
        ("ARRÊT arre\u0302t", "arret arret"),
        ("don’t dońt", "don't dont"),
        ("¿No más?\u00a0Sí", "¿no mas? si"),
        ("İSTOP", "istop"),
        ("آا", "اا"),
        ("Γο ʼn ŉ", "yo 'n 'n"),
        ("1000 222", "1000 222"),
        ("opt \t out\n\nnow", "opt out\n\nnow"),
        ("agree", "agree"),
    ],
)
def test_disguise_accent_and_case_are_taken_off(text: str, plain: str) -> None:
    assert skeleton(text) == plain


@given(st.text(max_size=200))
def test_a_skeleton_has_no_skeleton_of_its_own(text: str) -> None:
    plain = skeleton(text)
    assert skeleton(plain) == plain


def test_no_character_has_a_skeleton_with_another_skeleton() -> None:
    plain = {
        chr(code): skeleton(chr(code)) for code in range(0x20000) if not 0xD800 <= code < 0xE000
    }
    assert [ascii(c) for c, bare in plain.items() if skeleton(bare) != bare] == []


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=100))
def test_letters_case_does_not_count(text: str) -> None:
    assert skeleton(text.upper()) == skeleton(text.lower())
