"""Is every setting of an Infobip message read?"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.infobip.fields import DESTINATIONS, OPTIONS, REQUEST_OPTIONS, WEBHOOKS
from gatekeeper.providers.shape import read


def test_a_word_of_the_caller_is_a_claim() -> None:
    (claim,) = read(OPTIONS, {"trafficType": "TRANSACTIONAL"}).claims
    assert (claim.name, claim.value) == ("trafficType", "TRANSACTIONAL")


def test_a_time_to_send_at_is_kept() -> None:
    found = read(REQUEST_OPTIONS, {"schedule": {"sendAt": "2026-12-01T12:00:00Z"}})
    assert found.send_at is not None
    assert found.send_at.hour == 12


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (DESTINATIONS, []),
        (DESTINATIONS, [{"messageId": "a"}]),
        (OPTIONS, {"deliveryTimeWindow": {"days": []}}),
        (OPTIONS, {"note": "a"}),
        (WEBHOOKS, {"delivery": {"url": ["a"]}}),
    ],
)
def test_what_is_not_known_is_refused(shape: Any, value: object) -> None:
    with pytest.raises(AmbiguousRequest):
        read(shape, value)
