"""Which ways of speaking hatefully are found, and which that only look so are left alone?

Functional tests in the manner that is known from HateCheck, in our own words: they show where the
detectors are weak, and are no claim about texts of others. Run with `-s` for the figures.
"""

from __future__ import annotations

import pytest

from gatekeeper.domain.words import Likelihood
from tests.support.detectors import body
from tests.support.shipped import shipped
from tests.support.speech import Function, hate_functions

WEAK = {
    "hate by a slur": 8,
    "hate that a later sentence refers to": 8,
    "implied inferiority": 7,
    "direct threat to a group": 8,
    "letters swapped": 4,
    "letters left out": 4,
    "blanks left out": 6,
    "blanks between letters": 8,
}
"""Cases of ten that are found of those ways in which not all are. They may only rise."""


def hateful(text: str) -> bool:
    """Whether the text would be blocked as hate."""
    matches = shipped().screener.screen((body(text),))
    return any(m.family == "hate" and m.likelihood >= Likelihood.LIKELY for m in matches)


def test_there_are_many_ways_with_ten_cases_each() -> None:
    assert len(hate_functions()) >= 25
    assert min(len(way.cases) for way in hate_functions()) >= 10
    assert set(WEAK) <= {way.title for way in hate_functions()}
    texts = [case for way in hate_functions() for case in way.cases]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("way", hate_functions(), ids=lambda way: way.title)
def test_each_way_is_told_from_the_other_kind(way: Function) -> None:
    right = [case for case in way.cases if hateful(case) is way.hateful]
    wrong = [case for case in way.cases if case not in right]
    print(f"{way.title} ({'+' if way.hateful else '-'}): {len(right)} of {len(way.cases)}")
    assert len(right) >= WEAK.get(way.title, len(way.cases)), "\n".join(wrong)
