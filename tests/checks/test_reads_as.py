from __future__ import annotations

import pytest
from pydantic import ValidationError

from gatekeeper.checks.reads_as import CHECK
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.resemblance import Kind, Resemblance
from gatekeeper.domain.words import Purpose
from tests.support.judging import ask, facts, reason

OFFERS = {"kinds": ["marketing"], "at_least": 0.8}


def read(kind: Kind, score: float, *registered: Purpose) -> Facts:
    return facts(reads_as=Resemblance(kind, score), campaign_purposes=frozenset(registered))


def test_a_text_of_a_kind_that_contradicts_the_campaign_is_a_finding() -> None:
    offer = read(Kind.MARKETING, 0.8, Purpose.TRANSACTIONAL)
    assert reason(CHECK, offer, **OFFERS) == "purpose.mismatch"


def test_a_less_sure_reading_another_kind_and_no_reading_are_not_spoken_of() -> None:
    unsure = read(Kind.MARKETING, 0.799, Purpose.TRANSACTIONAL)
    other = read(Kind.TRANSACTIONAL, 0.99, Purpose.TRANSACTIONAL)
    unread = facts(campaign_purposes=frozenset({Purpose.TRANSACTIONAL}))
    assert [ask(CHECK, each, **OFFERS) for each in (unsure, other, unread)] == [None] * 3


def test_without_a_campaign_nothing_is_claimed() -> None:
    assert ask(CHECK, read(Kind.MARKETING, 0.99), **OFFERS) is None


def test_the_finding_tells_kind_score_and_purpose() -> None:
    fraud = read(Kind.PHISHING_LIKE, 0.91, Purpose.MARKETING)
    finding = ask(CHECK, fraud, kinds=["phishing_like"], at_least=0.8)
    assert finding is not None
    assert finding.detail == "The text reads as phishing like (0.91); it is sent as marketing."


@pytest.mark.parametrize("at_least", [0.5, 0, 1.01])
def test_a_limit_is_more_than_even_odds(at_least: float) -> None:
    with pytest.raises(ValidationError):
        ask(CHECK, facts(), kinds=["marketing"], at_least=at_least)
