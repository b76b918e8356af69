"""Entries: one integer for a number and what is said of it, and the stricter of two wins."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.store.entries import (
    HIT,
    LAST_DAY,
    LISTED,
    NO,
    NO_DATA,
    NUMBER_MAX,
    UNDATED,
    day_of,
    entry,
    merged,
    numbers_of,
    value_of,
    with_values,
    without,
)

NUMBERS = st.integers(10_000_000, NUMBER_MAX)
DAYS = st.dates(date(1970, 1, 1), LAST_DAY)


@given(NUMBERS, st.sampled_from((NO, NO_DATA, HIT)), DAYS | st.none())
def test_an_entry_holds_number_word_and_day(number: int, says: int, day: date | None) -> None:
    packed = entry(number, value_of(says, day))
    assert packed < 1 << 64
    assert packed >> 18 == number
    assert (packed >> 16 & 3, day_of(packed & 0xFFFF)) == (says, day)


def test_a_day_that_has_no_place_is_refused() -> None:
    for day in (date(1969, 12, 31), LAST_DAY + timedelta(days=1)):
        with pytest.raises(OverflowError):
            value_of(HIT, day)


def test_of_two_words_on_one_number_the_stricter_stays() -> None:
    """Listed beats no data beats no; a later day beats an earlier one, and no day any."""
    early, late = date(2026, 1, 1), date(2026, 2, 1)
    mild_to_strict = [
        value_of(NO, early),
        value_of(NO, late),
        value_of(NO_DATA, early),
        value_of(HIT, early),
        value_of(HIT, late),
        LISTED,
    ]
    for i, mild in enumerate(mild_to_strict):
        for strict in mild_to_strict[i:]:
            both = np.array([entry(12125551234, strict), entry(12125551234, mild)], dtype=np.uint64)
            assert merged(both).tolist() == [entry(12125551234, strict)]


@given(st.lists(st.tuples(st.integers(8, 40), st.integers(0, 3 << 16 | UNDATED)), max_size=60))
def test_merging_is_taking_the_greatest_of_each_number(pairs: list[tuple[int, int]]) -> None:
    entries = np.array([entry(n, v) for n, v in pairs], dtype=np.uint64)
    expected: dict[int, int] = {}
    for n, v in pairs:
        expected[n] = max(v, expected.get(n, 0))
    assert merged(entries).tolist() == [entry(n, v) for n, v in sorted(expected.items())]


def test_numbers_are_removed_whatever_is_said_of_them() -> None:
    numbers = np.array([12125551234, 12125551235], dtype=np.int64)
    dated = with_values(numbers, value_of(HIT, date(2026, 1, 1)))
    left = without(dated, with_values(numbers[:1]))
    assert numbers_of(left).tolist() == [12125551235]
