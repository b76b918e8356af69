"""Words that ordinary messages are full of are known by language."""

from __future__ import annotations

import re

from gatekeeper.screening.common_words import COMMON, common
from tests.support.business import templates


def test_a_word_is_common_in_its_language_or_in_any_if_none_is_named() -> None:
    assert common("Your", ["en"])
    assert common("votre", ["fr"]) and not common("votre", ["en"])
    assert common("votre", []) and common("votre", ["de"])
    assert not common("badge", [])


def test_the_lists_are_of_single_words_in_lower_case() -> None:
    for words in COMMON.values():
        assert all(re.fullmatch(r"[^\W\d_]+", word) and word == word.lower() for word in words)


def test_words_of_every_trade_s_messages_are_among_them() -> None:
    """Of the words that stand in one of twenty business templates, all but those of secrets."""
    texts = [line.lower() for lines in templates().values() for line in lines]
    words = [set(re.findall(r"[^\W\d_]+", re.sub(r"\{[^}]*\}", " ", text))) for text in texts]
    often = {
        w for each in words for w in each if sum(w in other for other in words) * 20 > len(words)
    }
    secrets = {"card", "otp", "password", "pin", "share", "account"}
    placed = {"example", "https"}
    assert {word for word in often - secrets - placed if not common(word, [])} == set()
