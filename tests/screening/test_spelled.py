"""Digits in words and in letters are read as digits."""

from __future__ import annotations

from gatekeeper.screening.spelled import lookalike, spelled
from gatekeeper.screening.views import normalise


def read(text: str) -> str:
    """The text with its number words as digits."""
    return spelled(normalise(text)).text


def test_words_of_three_languages_are_read() -> None:
    assert read("four one") == "4 1"
    assert read("cuatro uno, quatre un") == "4 1, 4 1"


def test_double_and_triple_repeat_and_glued_words_part() -> None:
    assert read("double four triple one") == "44 111"
    assert read("fouroneone") == "411"


def test_numbers_below_a_hundred_are_two_digits_in_each_language() -> None:
    assert read("forty-two eleven, sixty eleven") == "42 11, 60 11"
    assert read("cuarenta y uno veintiuno") == "41 21"
    assert read("quatre-vingt-dix-sept soixante et onze dix-huit") == "97 71 18"
    assert read("quatre vingt-deux") == "82"
    assert read("fortytwo forty one hundred") == "42 41 00"


def test_a_word_that_counts_digits_is_none() -> None:
    assert read("the first four are 4111") == "the first four are 4111"


def test_spoken_signs_become_signs_and_other_words_stay() -> None:
    assert read("card four dash one thanks") == "card 4 - 1 thanks"


def test_places_are_those_of_the_words() -> None:
    view = spelled(normalise("pay four now"))
    start = view.text.index("4")
    assert view.span(start, start + 1) == (4, 8)


def test_letters_among_digits_are_read_as_digits() -> None:
    view = lookalike(normalise("4l11 1111 1I11 11O0 oo11"))
    assert view is not None
    assert view.text == "4111 1111 1111 1100 0011"


def test_words_beside_digits_stay_words() -> None:
    assert lookalike(normalise("381274368016 is on its way")) is None
    assert lookalike(normalise("no digits here")) is None
    assert lookalike(normalise("OOOOOOOOOlll")) is None


def test_mostly_letters_is_no_number() -> None:
    assert lookalike(normalise("SOS SOS OOO lll 123456")) is None
