"""Are offers of what carriers forbid stopped, and is the mere mention of it silent?"""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from gatekeeper.domain.standing import CarrierClass
from gatekeeper.domain.words import Family, Likelihood
from tests.support.detectors import body
from tests.support.offers import HELD_OUT, TUNE, Line, lines
from tests.support.shipped import shipped

CATEGORIES = tuple(sorted({line.category for line in lines()}))
RECALL = {TUNE: 0.97, HELD_OUT: 0.94}
"""Least share of a part's offers that is stopped; it may only be raised."""
LEAST = 0.8
"""Least share of a category's offers, both parts together."""
MIXED = {"mixed", "fresh"}
"""The files whose texts are of all categories."""
OF_OUR_OWN = {"drugs", "illegal_goods"}
"""Categories that no campaign can be registered as: they are unlawful."""


@cache
def stopped(text: str) -> tuple[str, ...]:
    """The categories that are surely offered."""
    found = shipped().screener.screen((body(text),))
    return tuple(
        match.category or "none"
        for match in found
        if match.family is Family.FORBIDDEN and match.likelihood >= Likelihood.LIKELY
    )


def of(part: str, *, offer: bool) -> list[Line]:
    return [line for line in lines() if line.part == part and line.offer is offer]


def test_every_category_has_many_offers_and_more_texts_that_only_come_near() -> None:
    count = Counter((line.category, line.offer) for line in lines())
    assert min(count[category, True] for category in CATEGORIES) >= 25
    assert min(count[category, False] for category in CATEGORIES) >= 30
    assert len({line.text for line in lines()}) == len(lines())


@pytest.mark.parametrize("part", RECALL)
def test_offers_are_stopped(part: str) -> None:
    every = of(part, offer=True)
    missed = [f"{line.category}: {line.text}" for line in every if not stopped(line.text)]
    print(f"{part}: {len(every) - len(missed)} of {len(every)} offers stopped")
    assert 1 - len(missed) / len(every) >= RECALL[part], "\n".join(missed)


@pytest.mark.parametrize("category", CATEGORIES)
def test_offers_of_each_category_are_stopped(category: str) -> None:
    every = [line.text for line in lines() if line.category == category and line.offer]
    missed = [text for text in every if not stopped(text)]
    assert 1 - len(missed) / len(every) >= LEAST, "\n".join(missed)


@pytest.mark.parametrize("part", RECALL)
def test_the_mere_mention_is_silent(part: str) -> None:
    every = of(part, offer=False)
    wrong = [f"{stopped(line.text)}: {line.text}" for line in every if stopped(line.text)]
    print(f"{part}: {len(wrong)} of {len(every)} harmless texts stopped")
    assert len(wrong) <= len(every) // 100, "\n".join(wrong)


def test_a_category_is_called_as_the_class_that_a_campaign_is_registered_as() -> None:
    shipped_categories = {
        detector.category
        for detector in shipped().policy.detectors
        if detector.family is Family.FORBIDDEN
    }
    assert shipped_categories - set(CarrierClass) <= OF_OUR_OWN
    assert shipped_categories <= set(CATEGORIES) - MIXED
