"""Digits far apart are read together only where they are written as a card is."""

from __future__ import annotations

import pytest

from gatekeeper.screening.gaps import bridged, ideographic, linked
from gatekeeper.screening.views import normalise


def near(text: str) -> str | None:
    """The text with its wide gaps closed."""
    view = bridged(text, normalise(text))
    return view.text if view else None


def test_wide_gaps_and_lettered_signs_are_blanks() -> None:
    assert near("4111 -------- 1111") == "4111 1111"
    assert near("4111ⓍⓍ1111") == "4111  1111"
    assert near("4111........\n...1111") == "4111\n1111"
    assert near("4111-1111") is None


def test_places_are_those_of_the_digits() -> None:
    text = "é ४१ -------- ११"
    view = bridged(text, normalise(text))
    assert view is not None
    start = view.text.index("41 11")
    assert view.span(start, start + 5) == (2, len(text))


def test_long_runs_of_ideographic_numerals_are_digits_and_short_ones_are_words() -> None:
    view = ideographic(normalise("卡号 四一一一 一一一一 壹壹壹壹 〡〡〡〡"))
    assert view is not None
    assert view.text == "卡号 4111 1111 1111 1111"
    assert ideographic(normalise("星期一二三四五见")) is None
    assert ideographic(normalise("card")) is None


@pytest.mark.parametrize(
    "text",
    [
        "first 4111 then 1111 and 1111 and last 1111",
        "3782 then 822463 then 10005",
        "4 and 1 and 1 and 1 and 1 and 1 and 1 and 1 and 1 and 1 and 1 and 1 and 1 and 1",
    ],
)
def test_words_may_stand_between_the_groups_of_a_card(text: str) -> None:
    assert [run.linked for run in linked(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1111",
        "call 2120 or 22, room 1111 and 1111",
        "4 apples and 1 pear and 1 fig 1 1 1 1 1 1 1 1 1 1 1",
        f"4111 {'word ' * 9}1111 and 1111 and 1111",
    ],
)
def test_other_numbers_with_words_between_are_not_read_together(text: str) -> None:
    assert linked(text) == []
