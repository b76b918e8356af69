"""Is a provider's token kept as long as it holds, and no longer?"""

from __future__ import annotations

from gatekeeper.pipeline.tokens import EARLY_S, Tokens
from gatekeeper.providers.contract import Token


def test_a_token_lives_until_shortly_before_its_end() -> None:
    tokens = Tokens()
    assert tokens.live("a", "s", 0.0) is None
    assert tokens.keep("a", "s", Token("t", 3600.0), 100.0) == "t"
    assert tokens.live("a", "s", 3700.0 - EARLY_S - 1) == "t"
    assert tokens.live("a", "s", 3700.0 - EARLY_S) is None


def test_another_secret_or_application_has_no_part_in_it() -> None:
    tokens = Tokens()
    tokens.keep("a", "s", Token("t", 3600.0), 0.0)
    assert tokens.live("a", "other", 0.0) is None
    assert tokens.live("b", "s", 0.0) is None


def test_a_token_that_the_provider_refuses_is_forgotten() -> None:
    tokens = Tokens()
    tokens.keep("a", "s", Token("t", 3600.0), 0.0)
    tokens.forget("a")
    tokens.forget("a")
    assert tokens.live("a", "s", 0.0) is None


def test_each_application_has_one_lock() -> None:
    tokens = Tokens()
    assert tokens.lock("a") is tokens.lock("a")
    assert tokens.lock("a") is not tokens.lock("b")
