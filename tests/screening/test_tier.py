"""The spaCy tier decides what words alone cannot, and keeps nothing of what it reads."""

from __future__ import annotations

import random

import pytest

from gatekeeper.domain.words import Likelihood
from gatekeeper.screening.screener import Screener
from tests.support.detectors import body, detector, shipped_detectors

NEEDING = [(d.id, text) for d in shipped_detectors() for text in d.needs_spacy]


@pytest.fixture(scope="module")
def without() -> Screener:
    """The same detectors with the tier left out."""
    return Screener(shipped_detectors(), grammar=False)


@pytest.mark.parametrize(("name", "text"), NEEDING)
def test_listed_examples_are_found_with_the_tier_only(
    name: str, text: str, without: Screener
) -> None:
    (mine,) = (d for d in shipped_detectors() if d.id == name)
    with_tier = Screener([mine])
    assert [m.detector for m in with_tier.screen((body(text),)) if m.likelihood >= 4] == [name]
    assert mine.family not in {m.family for m in without.screen((body(text),))}


def test_twenty_thousand_unique_messages_leave_no_word_and_no_digit_behind() -> None:
    screener = Screener(shipped_detectors())
    assert screener.tier is not None
    strings = screener.tier.strings
    known, source = len(strings), random.Random(7)
    for i in range(20_000):
        name = "".join(source.choices("abcdefghijklmnopqrstuvwxyz", k=9))
        card = "".join(source.choices("0123456789", k=16))
        cue = "hiv" if i % 10 == 0 else "password"
        text = f"Ms {name} {name}-{i} your {cue} {card}"
        screener.screen((body(text),))
    assert len(screener.tier.strings) == known
    named = {
        w for d in shipped_detectors() for words in d.find.get("words", {}).values() for w in words
    }
    assert not [s for s in strings if sum(c.isdigit() for c in s) >= 4 and s not in named]


def test_an_exempting_word_spares_its_own_sentence_only() -> None:
    screener = Screener(shipped_detectors())
    spared = screener.screen((body("Free: your HIV test was positive"),))
    assert [m for m in spared if m.likelihood >= Likelihood.LIKELY] == []
    found = screener.screen((body("Coffee is free. Your HIV test was positive."),))
    assert [m.detector for m in found] == ["test_result"]


def test_a_long_text_is_read_around_its_cues_up_to_a_bound() -> None:
    screener = Screener(shipped_detectors())
    far = "word " * 1500 + "your HIV test was positive"
    assert [m.detector for m in screener.screen((body(far),))] == ["test_result"]
    many = "diabetes " + "word " * 60
    assert "bounds" in [m.detector for m in screener.screen((body(many * 40),))]


SHOP = """
id: shop
family: payment
title: A sample
citation: none
verified_on: 2026-11-25
languages: [en]
gate: {literals: [buy]}
find: {tokens: [[[buy], other]]}
likelihood: likely
positives: [buy gin]
negatives: [sell gin]
"""
OTHERS = SHOP.replace("id: shop", "id: others").replace("[[buy], other]", "[[buy], [gin today]]")


def test_the_words_and_phrases_of_other_detectors_change_nothing() -> None:
    beside = Screener([detector("shop", SHOP), detector("others", OTHERS)])
    assert [m.detector for m in beside.screen((body("buy gin"),))] == ["shop"]
    assert [m.detector for m in beside.screen((body("buy gin today"),))] == ["others"]
