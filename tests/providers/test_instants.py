"""Is an instant read only where its text leaves no room?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gatekeeper.providers.instants import instant

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-01T12:00:00Z",
        "2026-12-01T12:00Z",
        "2026-12-01 12:00:00.000+00:00",
        "2026-12-01T07:00:00-05:00",
        "2026-12-01T07:00:00-0500",
    ],
)
def test_a_date_and_time_with_its_zone_is_an_instant(text: str) -> None:
    assert instant(text) == NOON


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-12-01T12:00:00",
        "2026-12-01",
        "1764590400",
        "2026-13-01T12:00:00Z",
        "2026-12-01T25:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "2026-12-01T12:00:00Z and more",
        "20261201T120000Z",
    ],
)
def test_any_other_text_is_none(text: str) -> None:
    assert instant(text) is None
