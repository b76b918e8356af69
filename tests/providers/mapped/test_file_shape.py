"""Which reasons may a mapping file name?"""

from __future__ import annotations

from gatekeeper.domain.reason import Reason
from gatekeeper.providers.mapped.file_shape import KNOWN_REASONS


def test_reasons_and_their_first_words_may_be_named() -> None:
    assert {"consent", "content", "consent.revoked", "quiet_hours"} <= KNOWN_REASONS
    assert set(map(str, Reason)) <= KNOWN_REASONS
