"""Texts that are made to cost much cost little, and what was not read of them is told."""

from __future__ import annotations

from functools import cache

import pytest

from gatekeeper.domain.match import Match
from gatekeeper.domain.message import TextPart
from gatekeeper.domain.words import Role
from gatekeeper.screening.screener import LONGEST
from tests.support.detectors import body, shipped_detectors, shipped_screener
from tests.support.hostile import LENGTH, MOST_MS, aimed, cost_ms, filled, general

GENERAL = general(shipped_detectors())


@cache
def detectors() -> list[str]:
    """Ids of the shipped detectors."""
    return [detector.id for detector in shipped_detectors()]


def screened(text: str) -> tuple[Match, ...]:
    """The matches; the text must cost little even at the first sight of it."""
    screener = shipped_screener()
    cost = cost_ms(screener, text, 1)
    assert cost <= MOST_MS or cost_ms(screener, text) <= MOST_MS, f"{cost:.0f} ms"
    return screener.screen((body(text),))


@pytest.mark.parametrize("kind", GENERAL)
def test_a_hostile_text_costs_little_and_is_never_called_clear(kind: str) -> None:
    text = GENERAL[kind]()
    assert len(text) == LENGTH
    assert "bounds" in [match.detector for match in screened(text)]


def test_texts_aimed_at_each_detector_cost_little_together() -> None:
    """One text for each: what opens its gate, what it finds, what it nearly finds, its words."""
    for detector in shipped_detectors():
        pieces = [piece for texts in aimed(detector).values() for piece in texts]
        assert screened(filled(" ".join(pieces) + " ")), detector.id


@pytest.mark.full
@pytest.mark.parametrize("name", detectors())
def test_texts_aimed_at_a_detector_cost_little_each(name: str) -> None:
    [detector] = [each for each in shipped_detectors() if each.id == name]
    for pieces in aimed(detector).values():
        assert screened(filled(" ".join(pieces) + " "))
        assert screened(filled("".join(pieces)))


@pytest.mark.parametrize("kind", ["digits", "cues", "scripts in turn", "zero width"])
def test_a_text_of_a_megabyte_costs_no_more_than_one_of_the_bound(kind: str) -> None:
    text = GENERAL[kind]() * 11
    assert len(text) > 2**20
    assert "bounds" in [match.detector for match in screened(text)]


def test_many_fields_are_joined_within_the_same_bound() -> None:
    fields = tuple(TextPart(f"v{i}", Role.TEMPLATE_VAR, "card 4111 " * 30) for i in range(100))
    found = shipped_screener().screen(fields)
    assert {match.path for match in found if match.detector == "bounds"}
    assert sum(len(field.text) for field in fields) > LONGEST


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "\ud800 4111",
        "\ud83d",
        "%",
        "&#;",
        "=" * 40,
        "\u202e",
        "\u0301",
        "&#55296;",
    ],
)
def test_odd_texts_are_screened_without_a_fault(text: str) -> None:
    assert shipped_screener().screen((body(text),)) == ()
