"""Does every provider read and refuse within what it may cost?"""

from __future__ import annotations

from gatekeeper.providers import PROVIDERS
from tests.bench.providers import measured

ROOM = 3
"""The limits hold at the median on a quiet machine; a shared one gets this much room."""


def test_every_provider_reads_and_refuses_within_its_limits() -> None:
    found = measured(400)
    assert len(found) == 2 * len(PROVIDERS)
    limits = {name: 15 if name == "twilio_parse_us" else 40 for name in found}
    assert {name: us for name, us in found.items() if us > ROOM * limits[name]} == {}
