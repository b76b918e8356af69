"""Does no adapter raise, whatever comes, and does the harness see one that does?"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gatekeeper.providers import PROVIDERS
from gatekeeper.providers.contract import Operation, RawRequest
from tests.chaos import adapters


def test_altered_requests_are_read_or_refused() -> None:
    counts = adapters.fuzzed(6_000, seed=1)
    assert counts["read"] > 150
    assert counts["refused"] > 1_000


def test_every_provider_has_a_part_in_it() -> None:
    assert {provider.name for provider, _ in adapters.seeds()} == {each.name for each in PROVIDERS}


def test_an_adapter_that_raises_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Careless(type(PROVIDERS[0])):  # type: ignore[misc]
        def match(self, raw: RawRequest) -> Operation | None:
            raise KeyError("text")

    provider, raw = adapters.seeds()[0]
    monkeypatch.setattr(adapters, "seeds", lambda: [(Careless(), replace(raw))])
    assert adapters.main(["--rounds", "1", "--seed", "1"]) == 1
    monkeypatch.setattr(adapters, "seeds", lambda: [(provider, raw)])
    assert adapters.main(["--rounds", "10", "--seed", "1"]) == 0
