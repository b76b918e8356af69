"""Is a statement believed only from a trusted source, only so long, and only so far?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gatekeeper.numbering.trust import NO_TRUST, NOTHING, Narrows, Trust, TrustedSource

AT = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
BILLING = frozenset({Narrows.STATES, Narrows.CLOCKS})
DATED = TrustedSource(
    "crm", BILLING, 90, effective_from=date(2026, 11, 25), effective_to=date(2026, 11, 30)
)
TRUST = Trust((TrustedSource("billing_address", BILLING, 365), DATED))


@pytest.mark.parametrize(
    ("as_of", "so"),
    [
        (date(2025, 11, 25), True),
        (date(2025, 11, 24), False),
        (date(2026, 11, 25), True),
        (date(2026, 11, 26), True),
        (date(2026, 11, 27), False),
        (None, False),
    ],
)
def test_a_word_is_believed_for_its_days_and_not_from_the_future(
    as_of: date | None, so: bool
) -> None:
    """Where it was said it may be tomorrow by now, but no later day."""
    assert TRUST.narrows("billing_address", as_of, AT) == (BILLING if so else NOTHING)


@pytest.mark.parametrize("source", [None, "", "Billing_Address", "billing_address ", "x"])
def test_a_source_that_nobody_trusts_narrows_nothing(source: str | None) -> None:
    assert TRUST.narrows(source, date(2026, 11, 1), AT) == NOTHING


@pytest.mark.parametrize(("day", "so"), [(24, False), (25, True), (30, True), (31, False)])
def test_trust_begins_and_ends_on_its_days(day: int, so: bool) -> None:
    at = datetime(2026, 11, day, 12, tzinfo=UTC) if day <= 30 else datetime(2026, 12, 1, tzinfo=UTC)
    assert bool(TRUST.narrows("crm", date(2026, 11, 1), at)) is so


def test_without_any_row_nothing_is_believed() -> None:
    assert NO_TRUST.narrows("billing_address", date(2026, 11, 25), AT) == NOTHING
