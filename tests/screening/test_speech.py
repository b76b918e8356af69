"""Is swearing, obscenity, hate and accusation found, and what only looks like it left alone?"""

from __future__ import annotations

import random
from functools import cache

import pytest

from gatekeeper.domain.words import Likelihood
from tests.support.business import messages
from tests.support.detectors import body
from tests.support.shipped import shipped
from tests.support.speech import FAMILIES, Spoken, spoken

FLOORS = {
    "accusation": ((0.96, 0.96), (0.99, 0.99)),
    "hate": ((0.98, 0.98), (0.99, 0.99)),
    "obscene": ((0.96, 0.94), (0.99, 0.97)),
    "profane": ((0.98, 0.98), (0.98, 0.93)),
}
"""By family: recall of the tuned and the held-out texts, then precision. They may only rise."""


@cache
def found(family: str, text: str) -> bool:
    """Whether the family is likely in the text, by all shipped detectors together."""
    matches = shipped().screener.screen((body(text),))
    return any(m.family == family and m.likelihood >= Likelihood.LIKELY for m in matches)


def part(family: str, held_out: bool) -> list[Spoken]:
    """The held-out or the other texts."""
    return [one for one in spoken(family) if one.held_out is held_out]


@pytest.mark.parametrize("family", FAMILIES)
def test_there_are_many_texts_of_either_kind_in_three_languages(family: str) -> None:
    holding = [one for one in spoken(family) if one.holds]
    assert len(holding) >= 100
    assert len(spoken(family)) - len(holding) >= 150
    assert {"en", "es", "fr"} <= {one.language for one in holding}
    assert len({one.text for one in spoken(family)}) == len(spoken(family))


@pytest.mark.parametrize("held_out", [False, True], ids=["tuned", "held out"])
@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_said_is_found_and_little_else(family: str, held_out: bool) -> None:
    texts = part(family, held_out)
    right = [one for one in texts if one.holds and found(family, one.text)]
    missed = [one.text for one in texts if one.holds and not found(family, one.text)]
    wrong = [one.text for one in texts if not one.holds and found(family, one.text)]
    recall = len(right) / (len(right) + len(missed))
    precision = len(right) / (len(right) + len(wrong))
    print(f"{family}: recall {recall:.3f}, precision {precision:.3f} of {len(texts)} texts")
    least_recall, least_precision = (of[held_out] for of in FLOORS[family])
    assert recall >= least_recall, "\n".join(missed)
    assert precision >= least_precision, "\n".join(wrong)


def test_businesses_and_their_one_time_codes_say_nothing_of_the_kind() -> None:
    texts = [text for _, text in messages(1, random.Random(31))]
    told = [f"{family} | {text}" for text in texts for family in FAMILIES if found(family, text)]
    assert len(texts) >= 1_000
    assert not told, "\n".join(told)
