"""Is Bandwidth a provider like the others?"""

from __future__ import annotations

from datetime import UTC, datetime

from gatekeeper.providers import BANDWIDTH, PROVIDERS
from gatekeeper.providers.authorization import as_basic
from gatekeeper.providers.contract import RawRequest

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def test_it_is_one_of_the_providers_with_a_host_for_each_api() -> None:
    assert BANDWIDTH in PROVIDERS
    hosts = [service.hosts[0] for service in BANDWIDTH.services]
    assert hosts == ["messaging.bandwidth.com", "voice.bandwidth.com", "mfa.bandwidth.com"]


def test_a_relayed_webhook_holds_at_the_app_under_its_own_password() -> None:
    raw = RawRequest("POST", "/", (("Authorization", as_basic("bw", "theirs")),), b"[]")
    assert BANDWIDTH.verify(raw, "https://gate.example/", "bw:theirs", NOW)
    passed = BANDWIDTH.resign(raw, "https://app.example/in", "app:ours")
    assert BANDWIDTH.verify(passed, "https://app.example/in", "app:ours", NOW)
    assert passed.target == "/in"
