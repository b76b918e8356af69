"""A noun before a number names it, whatever the noun; a plain word or nothing does not."""

from __future__ import annotations

import pytest

from gatekeeper.screening.named import names_another

NUMBER = "4539"
OWN = frozenset({"card", "карт"})


@pytest.mark.parametrize(
    "text",
    [
        "Dispute 4539 is open",
        "RMA #4539 approved",
        "Order no. 4539",
        "Docket number: 4539",
        "Посылка 4539 ждёт",
        "SCIN4539",
        "build 4539a failed",
        "widget's 4539",
        "no number 4539 but: gadget 4539",
    ],
)
def test_a_noun_or_a_letter_beside_a_number_names_it(text: str) -> None:
    start = text.rindex(NUMBER)
    assert names_another(text, start, start + len(NUMBER), OWN)


@pytest.mark.parametrize(
    "text",
    [
        "4539",
        "my number is 4539",
        "please use 4539 for it",
        "Jane Doe, 4539",
        "The lot is sold. 4539",
        "Card no. 4539",
        "card #4539",
        "Моя карта 4539",
        "es el 4539",
        "a dispute\n4539",
    ],
)
def test_a_plain_word_a_stop_or_its_own_name_does_not(text: str) -> None:
    start = text.rindex(NUMBER)
    assert not names_another(text, start, start + len(NUMBER), OWN)
