"""How does a list know a number, with what it says of it, in one integer that sorts?

An entry is an unsigned 64-bit integer: the number's digits (46 bits), what the list says (2 bits),
a day (16 bits, counted from 1970). So entries sort by number, and of two entries for one number
the greater is the stricter.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Entries = NDArray[np.uint64]

NO, NO_DATA, HIT = 0, 1, 2
"""What a list says: not disconnected since the day; nothing known; listed (since the day)."""
UNDATED = 0xFFFF
"""The day of a hit that has none: it counts as later than any."""
LISTED = HIT << 16 | UNDATED
"""What a plain list says of every number on it."""
PREFIX_NUMBERS = 1_000_000
"""Numbers that share all but their last six digits: one segment."""
NUMBER_MAX = (1 << 46) - 1
_VALUE_BITS = np.uint64(18)
_EPOCH = date(1970, 1, 1)
LAST_DAY = _EPOCH + timedelta(days=UNDATED - 1)


def entry(number: int, value: int = LISTED) -> int:
    """One number, in all its digits, as an entry."""
    return number << 18 | value


def value_of(says: int, day: date | None) -> int:
    """What a list says of a number, with its day; OverflowError for a day that has no place."""
    days = UNDATED if day is None else (day - _EPOCH).days
    if not 0 <= days <= UNDATED or (day is not None and days == UNDATED):
        raise OverflowError("a day between 1970 and 2149")
    return says << 16 | days


def day_of(days: int) -> date | None:
    """The day that an entry holds."""
    return None if days == UNDATED else _EPOCH + timedelta(days=days)


def with_values(numbers: NDArray[np.int64], values: NDArray[np.int64] | int = LISTED) -> Entries:
    """Numbers as entries."""
    shifted = numbers.astype(np.uint64) << _VALUE_BITS
    return shifted | np.asarray(values).astype(np.uint64)


def numbers_of(entries: Entries) -> Entries:
    """The numbers of entries."""
    return entries >> _VALUE_BITS


def merged(entries: Entries) -> Entries:
    """Sorted, one for each number: the strictest."""
    in_order = np.sort(entries)
    numbers = numbers_of(in_order)
    last = np.ones(len(numbers), dtype=bool)
    last[:-1] = numbers[1:] != numbers[:-1]
    return in_order[last]


def without(entries: Entries, removed: Entries) -> Entries:
    """Those whose number is not among the removed."""
    if not len(entries) or not len(removed):
        return entries
    return entries[~np.isin(numbers_of(entries), numbers_of(removed))]
