"""The provider of the tests."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from gatekeeper.policy.faults import Fault
from gatekeeper.providers.mapped.load import mapped_of
from gatekeeper.providers.mapped.provider import Mapped
from tests.support.acmetel import ACMETEL


@pytest.fixture(scope="session")
def acmetel() -> Mapped:
    faults: list[Fault] = []
    provider = mapped_of(ACMETEL.encode(), PurePosixPath("acmetel.yaml"), faults)
    assert provider is not None, [str(fault) for fault in faults]
    return provider
