"""Hidden words are read as words, and codes, times and ordinals are left alone."""

from __future__ import annotations

import pytest

from gatekeeper.screening.lexical import lexical
from gatekeeper.screening.triggers import triggers
from gatekeeper.screening.views import normalise


def readings(text: str) -> list[str]:
    """All readings of the text."""
    view = normalise(text)
    return [shown.view().text for shown in lexical(view, triggers(view))]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("f.u.c.k off", "fuck off"),
        ("c a r d", "card"),
        ("$h0t", "shot"),
        ("a$$ b00b", "ass boob"),
        ("buy c0ca1ne", "buy cocaine"),
        ("a1c0h0l", "alcohol"),
        ("fuuuuck", "fuck"),
        ("b!tch!", "bitch!"),
        ("we sell beer and сосоа here today, come and see", "we sell beer and cocoa here today,"),
    ],
)
def test_a_hidden_word_is_read(written: str, read: str) -> None:
    assert any(read in reading for reading in readings(written))


@pytest.mark.parametrize(
    "text",
    [
        "A55 B00",
        "1PM4 K7T0",
        "H0H 0H0",
        "code 4R7T2",
        "10am",
        "$50",
        "wow!",
        "сок и рот",
        "U.S. at 5",
    ],
)
def test_codes_and_other_languages_stay(text: str) -> None:
    assert readings(text) == []


def test_a_figure_that_may_be_two_letters_is_read_as_both() -> None:
    assert readings("p1ll") == ["pill", "plll"]


def test_places_are_those_of_the_written_word() -> None:
    plain = normalise("now f.u.c.k it")
    [shown] = lexical(plain, triggers(plain))
    view = shown.view()
    assert shown.text == view.folded
    start = view.text.index("fuck")
    assert view.span(start, start + 4) == (4, 11)


def test_only_what_stands_near_a_hidden_word_is_of_use_and_each_word_once() -> None:
    plain = normalise("buy c0ke1 now" + " and so on" * 60 + " buy")
    first, second = lexical(plain, triggers(plain))
    far = plain.text.rindex("buy")
    assert first.near([(0, 3), (far, far + 3)]) == [(0, 3)]
    assert second.near([(0, 3)]) == [(0, 3)]
    twice = normalise("sh0p p1ll" + " word" * 80 + " sh0p")
    _, other = lexical(twice, triggers(twice))
    assert other.places == (5,)
