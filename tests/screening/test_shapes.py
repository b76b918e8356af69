"""A shape opens a gate; beside words, both must hold."""

from __future__ import annotations

from itertools import islice

from gatekeeper.screening.grammar import parse
from gatekeeper.screening.linear import linear
from gatekeeper.screening.shapes import Shapes
from gatekeeper.screening.views import normalise
from tests.support.detectors import shipped_detectors
from tests.support.varied import varied

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


def test_in_their_little_memory_the_shipped_shapes_miss_nothing() -> None:
    """RE2 says that nothing is there when it runs out: each shape alone must say the same."""
    parts = [parse(detector) for detector in shipped_detectors()]
    alone = [p.gate.shape for p in parts if p.gate.shape and not p.gate.opened_by_words]
    shapes = Shapes(list(enumerate(alone)), frozenset())
    patterns = [linear(shape) for shape in alone]
    for written in islice(varied(32), 1_500):
        text = normalise(written).text
        found = {n for n, pattern in enumerate(patterns) if pattern.search(text)}
        assert set(shapes.narrowed(text, {}, numeric=True)) == found
