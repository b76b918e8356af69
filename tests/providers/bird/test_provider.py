"""Is Bird a provider like the others?"""

from __future__ import annotations

from gatekeeper.providers import BIRD, PROVIDERS


def test_it_is_one_of_the_providers_in_both_regions() -> None:
    assert BIRD in PROVIDERS
    assert BIRD.services[0].hosts == ("us1.platform.bird.com", "eu1.platform.bird.com")
