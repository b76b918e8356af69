"""Is a token believed only if the registered key's other half has signed it for now?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import jwt
import pytest

from gatekeeper.vault.app_tokens import holds, is_public_key
from tests.support.vonage_app import NOW, keys, token

PUBLIC = keys()[1]


def test_a_token_of_the_app_holds_while_it_lasts() -> None:
    assert holds(token(), PUBLIC, NOW)
    assert holds(token(), PUBLIC, NOW + timedelta(seconds=920))
    assert not holds(token(), PUBLIC, NOW + timedelta(seconds=931))
    assert not holds(token(), PUBLIC, NOW - timedelta(seconds=31))


@pytest.mark.parametrize(
    "more", [{"iat": None}, {"iat": "x"}, {"exp": int(NOW.timestamp()) + 2 * 24 * 3600}]
)
def test_a_token_without_a_time_or_for_days_does_not_hold(more: dict[str, Any]) -> None:
    assert not holds(token(**more), PUBLIC, NOW)


def test_a_token_of_another_key_or_algorithm_does_not_hold() -> None:
    assert not holds(token(), keys(3072)[1], NOW)
    claims = {"iat": int(NOW.timestamp())}
    assert not holds(jwt.encode(claims, "s" * 32, algorithm="HS256"), PUBLIC, NOW)
    assert not holds(jwt.encode(claims, "", algorithm="none"), PUBLIC, NOW)
    assert not holds("a.b.c", PUBLIC, NOW)
    assert not holds(token(), "no key at all", NOW)


def test_only_a_sound_rsa_key_is_registered() -> None:
    assert is_public_key(PUBLIC)
    private = keys()[0]
    broken = PUBLIC.replace("A", "!", 3)
    assert not any(map(is_public_key, (private, broken, "", keys(1024)[1], "PUBLIC KEY")))
