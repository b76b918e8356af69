"""Which tenant does a test of the commands have to itself?"""

from __future__ import annotations

import secrets

import pytest

from tests.support.commands import Command


@pytest.fixture
def shop(gatekeeper: Command) -> str:
    """A tenant with a campaign `news`, of this test alone."""
    name = f"t{secrets.token_hex(4)}"
    assert gatekeeper("tenant", "add", name, "--name", "A shop").status == 0
    words = ("--tenant", name, "--purpose", "transactional", "--purpose", "authentication")
    assert gatekeeper("campaign", "add", "news", *words).status == 0
    return name
