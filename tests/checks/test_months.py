from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gatekeeper.checks.months import months_after


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ((2026, 1, 15), 1, (2026, 2, 15)),
        ((2026, 8, 31), 6, (2027, 2, 28)),
        ((2027, 8, 31), 6, (2028, 2, 29)),
        ((2026, 12, 1), 18, (2028, 6, 1)),
        ((2026, 6, 30), 6, (2026, 12, 30)),
        ((2024, 2, 29), 24, (2026, 2, 28)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_shorter_months_last(
    start: tuple[int, int, int], months: int, end: tuple[int, int, int]
) -> None:
    assert months_after(datetime(*start, 9, tzinfo=UTC), months) == datetime(*end, 9, tzinfo=UTC)
