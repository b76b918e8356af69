"""Of texts labelled by what they hold: is it found, and nothing else?"""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from gatekeeper.domain.words import Family
from tests.bench.labelled import Read, families, figures, misses, read
from tests.support.labelled import HELD_OUT, TUNE, every, labelled

FLOORS = {
    "payment": (0.99, 0.98),
    "government_id": (0.98, 0.97),
    "credential": (0.98, 0.96),
    "health": (0.97, 0.80),
    "demographic": (0.95, 0.75),
    "obscene": (0.97, 0.94),
    "profane": (0.98, 0.93),
    "hate": (0.98, 0.95),
    "accusation": (0.98, 0.98),
    "forbidden": (0.95, 0.84),
    "link": (0.98, 0.98),
}
"""Recall that a family has reached on the tuned and the held-out part; it may only be
raised."""
STOPPED_IN_ERROR = 3
"""Texts of either part that a family may block or hold without their holding it."""
PARTS = (TUNE, HELD_OUT)


@cache
def part_read(part: str) -> Read:
    """A part, read once."""
    return read(labelled(part))


def test_every_family_has_texts_that_hold_it_and_clean_ones_that_look_like_it() -> None:
    holding = Counter(label for one in every() for label in one.labels)
    clean = Counter(one.home for one in every() if not one.labels)
    shipped = {family.value for family in Family} - {"uninspectable"}
    assert set(holding) == set(clean) == shipped == set(FLOORS)
    assert min(holding.values()) >= 60
    assert min(clean.values()) >= 60


def test_no_text_and_no_id_comes_twice() -> None:
    assert len({one.id for one in every()}) == len(every())
    assert len({(one.text, one.labels) for one in every()}) == len(every())


def test_a_third_is_held_out() -> None:
    share = len(labelled(HELD_OUT)) / len(every())
    assert len(labelled(TUNE)) + len(labelled(HELD_OUT)) == len(every())
    assert 0.28 < share < 0.40
    assert families(labelled(HELD_OUT)) == families(labelled(TUNE))


@pytest.mark.parametrize("family", FLOORS)
@pytest.mark.parametrize("part", PARTS)
def test_what_a_text_holds_is_found(part: str, family: str) -> None:
    of = figures(part_read(part), family)
    told = [line for line in misses(part_read(part)) if line.startswith(f"{family} |")]
    print(f"{family} {part}: recall {of.recall:.3f}, precision {of.precision:.3f}")
    assert of.recall >= FLOORS[family][PARTS.index(part)], "\n".join(told)


@pytest.mark.parametrize("family", FLOORS)
@pytest.mark.parametrize("part", PARTS)
def test_a_text_is_not_stopped_for_what_it_does_not_hold(part: str, family: str) -> None:
    of = figures(part_read(part), family)
    told = [line for line in misses(part_read(part)) if line.startswith(f"{family} |")]
    assert of.wrongly_stopped <= STOPPED_IN_ERROR, "\n".join(told)
    assert of.precision >= 0.9 or of.wrong <= STOPPED_IN_ERROR, "\n".join(told)
