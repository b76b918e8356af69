"""Twice as many detectors cost next to nothing: the gates decide who pays."""

from __future__ import annotations

import random
from itertools import islice

from gatekeeper.screening.screener import Screener
from tests.support.business import messages
from tests.support.detectors import body, shipped_detectors, shipped_screener
from tests.support.doubled import doubled, joined_by_others, least_ratio
from tests.support.varied import plain

MOST = 1.10
"""How much more twice the detectors may cost, about other words than the texts hold."""
COPIES = 1.35
"""The same where each is there twice and finds everything twice, over all texts together."""


def test_twice_the_detectors_cost_a_tenth_more_at_most() -> None:
    texts = [*(text for _, text in messages(1, random.Random(3))), *islice(plain(3), 2_000)]
    shipped = shipped_detectors()
    others, copies = Screener(list(joined_by_others(shipped))), Screener(list(doubled(shipped)))
    assert len(others.screen((body("my card is 4111 1111 1111 1111"),))) == 1
    measured = least_ratio(shipped_screener(), others, texts)
    again = least_ratio(shipped_screener(), copies, texts)
    print(f"other words: {measured}; the same twice: {again}")
    assert measured["p50"] <= MOST
    assert again["mean"] <= COPIES
