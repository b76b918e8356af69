"""One gate serves a module's tests; those that break it start one of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.support.gate import Stand, standing_gate
from tests.support.valkey import plain, proxy, store_url, valkey_url

__all__ = ["acme", "gate", "plain", "proxy", "store_url", "valkey_url"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def gate(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stand]:
    """The module's gate."""
    async with standing_gate(tmp_path_factory.mktemp("gate")) as stand:
        yield stand


@pytest.fixture
def acme(gate: Stand) -> Iterator[Stand]:
    """The module's gate, before a carrier that behaves and remembers nothing."""
    gate.carrier.forget()
    yield gate
    gate.carrier.forget()
