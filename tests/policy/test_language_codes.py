"""A language is known by its code of two letters, and what is written instead finds it."""

from __future__ import annotations

import pytest

from gatekeeper.domain.fault_codes import Code, Faulty
from gatekeeper.policy.language_codes import CODES, language


def test_codes_are_of_two_letters() -> None:
    assert len(CODES) == 183
    assert all(len(code) == 2 and code.isalpha() and code.islower() for code in CODES)
    assert language("en") == "en"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("english", "en"), ("en-US", "en"), ("EN", "en"), ("pt_BR", "pt"), ("Spanish", "es")],
)
def test_what_was_meant_is_told(written: str, meant: str) -> None:
    with pytest.raises(Faulty, match=rf"did you mean {meant}\?") as wrong:
        language(written)
    assert wrong.value.code is Code.UNKNOWN_WORD


@pytest.mark.parametrize("written", ["xx", "", "none of them"])
def test_what_is_no_language_is_refused(written: str) -> None:
    with pytest.raises(Faulty, match="is no code of a language"):
        language(written)
