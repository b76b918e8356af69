"""Is MessageBird a provider like the others?"""

from __future__ import annotations

from gatekeeper.providers import MESSAGEBIRD, PROVIDERS


def test_it_is_one_of_the_providers_with_a_host_for_each_api() -> None:
    assert MESSAGEBIRD in PROVIDERS
    hosts = [service.hosts[0].partition(".")[0] for service in MESSAGEBIRD.services]
    assert hosts == ["rest", "conversations", "voice"]
