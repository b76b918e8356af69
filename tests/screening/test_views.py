"""A view says what a text shows and where each character stood."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.screening.views import Draft, View, fold, normalise, unlettered


def original(text: str, shown: str) -> str:
    """The stretch of the text in which its view shows something."""
    view = normalise(text)
    start = view.text.index(shown)
    begin, end = view.span(start, start + len(shown))
    return text[begin:end]


def test_ascii_runs_in_step() -> None:
    assert normalise("Card 4111") == View("Card 4111", "card 4111")


def test_invisible_characters_vanish_and_the_span_covers_them() -> None:
    assert original("a 4\u200b1\u00ad1 b", "411") == "4\u200b1\u00ad1"


def test_keycaps_and_wide_digits_point_at_their_places() -> None:
    assert original("go 4\ufe0f\u20e31\ufe0f\u20e3!", "41") == "4\ufe0f\u20e31"
    assert original("no ４１", "41") == "４１"


def test_a_word_that_mixes_scripts_is_read_as_latin_and_a_foreign_word_is_not() -> None:
    assert normalise("pаsswоrd").text == "password"
    assert normalise("пароль").text == "пароль"


def test_accents_written_apart_are_joined_and_strokes_vanish() -> None:
    assert normalise("cafe\u0301").text == "café"
    assert original("cafe\u0301 x", "é") == "e\u0301"
    assert normalise("4\u03361\u0301").text == "41"


def test_signs_drawn_of_letters_may_be_read_as_gaps() -> None:
    assert normalise("4Ⓧ1™").text == "4X1TM"
    view = unlettered("4Ⓧ1™")
    assert view is not None
    assert view.text == "4 1 "
    assert unlettered("4x1") is None


def test_folding_keeps_the_length() -> None:
    assert fold("İX") == "İx"


def test_a_view_over_a_view_points_at_the_first_text() -> None:
    draft = Draft.over(normalise("\u200bab"))
    draft.put("X", 1, 2)
    assert draft.view("step").span(0, 1) == (2, 3)


@given(st.text())
def test_every_span_lies_in_the_text_and_in_order(text: str) -> None:
    view = normalise(text)
    assert len(view.text) == len(view.folded)
    spans = [view.span(i, i + 1) for i in range(len(view.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
