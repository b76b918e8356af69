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


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("card 4539", False),
        ("card. 4539", False),
        ("a card for my son John: 4539", False),
        ("card number of Mary Smith 4539", False),
        ("4539 is my card", False),
        ("Ok. 4539 is the card", False),
        ("карта: 4539", False),
        ("No card needed. Parcel 4539", True),
        ("Your card is ready. 4539", True),
        ("Link your card to your line 4539", True),
    ],
)
def test_beside_a_cue_the_end_of_a_sentence_parts_and_a_name_does_not(
    text: str, another: bool
) -> None:
    start = text.rindex(NUMBER)
    assert names_another(text, start, start + len(NUMBER), OWN, cued=True) == another


def test_where_words_run_together_an_own_word_counts_at_their_end() -> None:
    own = frozenset({"身份证"})
    assert not names_another("我的身份证号码是4539", 8, 12, own)
    assert names_another("身份证办理进度的查询编号4539", 12, 16, own)
