"""A pattern of an author is compiled once, by RE2, within bounds."""

from __future__ import annotations

import pytest
import re2

from gatekeeper.screening.linear import linear


def test_a_pattern_is_compiled_once_for_all_who_ask() -> None:
    assert linear(r"\d{4,6}") is linear(r"\d{4,6}")
    assert linear(r"(a+)+b").search("a" * 50_000) is None


@pytest.mark.parametrize("pattern", ["(", r"(?=a)b", r"(a)\1", "((a{1,100}){1,100}){1,100}"])
def test_what_is_not_linear_or_too_large_is_refused(pattern: str) -> None:
    with pytest.raises(re2.error):
        linear(pattern)


def test_a_large_pattern_on_a_long_text_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert linear(r"(?i)(?:a|b)[\pL\pN]{2,6}x").search("ab " * 5_000) is None
    assert capfd.readouterr().err == ""
