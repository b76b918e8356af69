"""Is what is told of a person found in texts written before the rules, and nothing else?"""

from __future__ import annotations

from functools import cache

import pytest

from gatekeeper.domain.words import Likelihood
from tests.support.detectors import body, shipped_screener
from tests.support.persons import HELD_OUT, TUNED, Told, told

FLOORS = {
    ("health", "en"): (0.98, 0.74),
    ("health", "es"): (0.98, 0.95),
    ("health", "fr"): (0.98, 0.98),
    ("demographic", "en"): (0.98, 0.89),
    ("demographic", "es"): (0.98, 0.80),
    ("demographic", "fr"): (0.98, 0.85),
}
"""Recall on the tuned and the held-out part; it may only be raised."""
WRONG = 0
"""Texts of either part that may be found though nothing is told in them."""
PARTS = (TUNED, HELD_OUT)


@cache
def read(family: str) -> tuple[tuple[Told, Likelihood | None], ...]:
    """Each text with the most that the family's detectors say of it."""
    return tuple((one, _most(one)) for one in told(family))


def _most(one: Told) -> Likelihood | None:
    found = shipped_screener().screen((body(one.text),))
    return max((m.likelihood for m in found if m.family == one.family), default=None)


def of(family: str, language: str, part: str) -> list[tuple[Told, Likelihood | None]]:
    """The texts of one language and part."""
    return [(t, most) for t, most in read(family) if (t.language, t.part) == (language, part)]


def _found(one: Told, most: Likelihood | None) -> bool:
    """Health must be stopped where it is certain; demographics are marked at any likelihood."""
    sure = one.sign == "+" and one.family == "health"
    return (most or 0) >= (Likelihood.LIKELY if sure else Likelihood.POSSIBLE)


def test_there_are_enough_texts_of_both_kinds_and_each_once() -> None:
    health = list(told("health"))
    assert sum(t.sign != "-" for t in health) >= 120
    assert sum(t.sign == "-" for t in health) >= 200
    demographic = list(told("demographic"))
    assert sum(t.sign != "-" for t in demographic) >= 80
    assert sum(t.sign == "-" for t in demographic) >= 120
    texts = [t.text for t in (*health, *demographic)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(("family", "language"), FLOORS)
@pytest.mark.parametrize("part", PARTS)
def test_what_is_told_of_a_person_is_found(family: str, language: str, part: str) -> None:
    holding = [(t, most) for t, most in of(family, language, part) if t.sign != "-"]
    missed = [t.text for t, most in holding if not _found(t, most)]
    recall = 1 - len(missed) / len(holding)
    marked = sum(most is not None for _, most in holding) / len(holding)
    told = f"recall {recall:.3f}, marked at least {marked:.3f}, of {len(holding)}"
    print(f"{family} {language} {part}: {told}", *missed, sep="\n  ")
    assert recall >= FLOORS[family, language][PARTS.index(part)], "\n".join(missed)


@pytest.mark.parametrize("family", ["health", "demographic"])
@pytest.mark.parametrize("part", PARTS)
def test_ordinary_traffic_is_not_taken_for_it(family: str, part: str) -> None:
    texts = [(t, most) for t, most in read(family) if t.part == part]
    clean = [t for t, _ in texts if t.sign == "-"]
    wrong = [t.text for t, most in texts if t.sign == "-" and (most or 0) >= Likelihood.POSSIBLE]
    right = sum(t.sign != "-" and _found(t, most) for t, most in texts)
    precision = right / (right + len(wrong)) if right else 1.0
    print(f"{family} {part}: precision {precision:.3f}, {len(wrong)} of {len(clean)} clean found")
    assert len(wrong) <= WRONG, "\n".join(wrong)
