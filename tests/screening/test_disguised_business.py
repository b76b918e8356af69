"""The numbers of businesses stay what they are, in whatever digits and signs they are written."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from tests.support.business import messages
from tests.support.detectors import body, shipped_screener

TEXTS = [text for _, text in messages(1, random.Random(21))]
MOST = 10
"""Texts in 10,000 with a number that is blocked as a card."""
WRITTEN: dict[str, Callable[[str], str]] = {
    "fullwidth digits": lambda text: text.translate({48 + d: 0xFF10 + d for d in range(10)}),
    "arabic-indic digits": lambda text: text.translate({48 + d: 0x0660 + d for d in range(10)}),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "en dashes": lambda text: text.replace("-", "–"),
    "zero-width joints": lambda text: re.sub(r"(?<=\d)(?=\d)", "\u200b", text),
    "wide spaces": lambda text: text.replace(" ", "  "),
}


def cards(texts: list[str]) -> list[int]:
    """Which of the texts hold a card that would be blocked."""
    found = []
    for number, text in enumerate(texts):
        matches = shipped_screener().screen((body(text),))
        if any(m.detector == "card" and m.likelihood >= 4 for m in matches):
            found.append(number)
    return found


def test_business_numbers_are_no_cards() -> None:
    many = [text for _, text in messages(6, random.Random(22))]
    found = cards(many)
    print(f"{len(found)} of {len(many)} business messages hold what is taken for a card")
    assert len(found) <= len(many) * MOST / 10_000


@pytest.mark.parametrize("form", WRITTEN)
def test_another_way_of_writing_makes_no_card_of_a_business_number(form: str) -> None:
    assert cards([WRITTEN[form](text) for text in TEXTS]) == cards(TEXTS)
