"""A shape opens a gate; beside words, both must hold."""

from __future__ import annotations

from gatekeeper.screening.shapes import Shapes

SHAPES = Shapes([(4, r"\b[A-Z]{2}[0-9]{6}\b"), (7, r"(?i)\bm[0-9]{4}\b")], frozenset({2, 7}))


def opened(text: str, *words: int) -> dict[int, list[tuple[int, int]]]:
    return SHAPES.narrowed(text, {index: [(0, 1)] for index in words}, numeric=True)


def test_a_shape_alone_opens_its_gate() -> None:
    assert opened("it is AB123456 now") == {4: []}
    assert opened("it is ab123456 now") == {}


def test_a_shape_beside_words_opens_nothing_without_them_and_closes_without_it() -> None:
    assert opened("M1234") == {}
    assert opened("m1234", 7) == {7: [(0, 1)]}
    assert opened("no number", 7) == {}


def test_words_without_a_shape_are_left_as_they_are() -> None:
    assert opened("12", 2) == {2: [(0, 1)]}


def test_a_text_without_a_digit_is_not_searched() -> None:
    assert SHAPES.narrowed("AB123456", {}, numeric=False) == {}


def test_no_shapes_at_all_open_nothing() -> None:
    assert Shapes([], frozenset()).narrowed("AB123456", {1: []}, numeric=True) == {1: []}
