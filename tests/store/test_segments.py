"""Segments: three layouts, and in each every number is found and no other."""

from __future__ import annotations

import random
from datetime import date

import numpy as np
import pytest

from gatekeeper.store.entries import HIT, LISTED, NO, Entries, entry, value_of
from gatekeeper.store.segments import BITMAP_BYTES, DATED, PLAIN, find, pack, unpack

PREFIX = 12125


def some(many: int, width: int) -> Entries:
    dice = random.Random(many)
    rests = sorted(dice.sample(range(1_000_000), many))
    values = [value_of(NO, date(2026, 1, 1)), value_of(HIT, date(2026, 2, 1)), LISTED]
    said = [dice.choice(values) if width == DATED else LISTED for _ in rests]
    rows = zip(rests, said, strict=True)
    return np.array([entry(PREFIX * 10**6 + rest, value) for rest, value in rows], dtype=np.uint64)


@pytest.mark.parametrize("width", [PLAIN, DATED])
@pytest.mark.parametrize("many", [1, 2, 999, 41_666, 41_667, 60_000])
def test_what_is_packed_is_what_is_unpacked_and_found(many: int, width: int) -> None:
    entries = some(many, width)
    packed = pack(entries, width)
    assert len(packed) == (min(width * many, BITMAP_BYTES) if width == PLAIN else width * many)
    assert unpack(PREFIX, packed, width).tolist() == entries.tolist()
    known = {int(e) >> 18: int(e) & 0x3FFFF for e in entries}
    tried = random.Random(1).sample(range(1_000_000), 300)
    for rest in [*tried, 0, 999_999, *(int(e) >> 18 for e in entries[:50])]:
        number = PREFIX * 10**6 + rest % 10**6
        assert find(packed, rest % 10**6, width) == known.get(number)


def test_the_bit_of_a_number_stands_where_the_server_looks() -> None:
    rests = range(551_234, 551_234 + 50_000)
    packed = pack(np.array([entry(PREFIX * 10**6 + r) for r in rests], dtype=np.uint64), PLAIN)
    assert len(packed) == BITMAP_BYTES
    assert packed[551_234 >> 3] == 0b0011_1111
    assert packed[551_233 >> 3] & 0x80 >> (551_233 & 7) == 0


def test_a_sorted_segment_is_never_as_long_as_a_bitmap() -> None:
    """The server tells the two apart by their length."""
    assert BITMAP_BYTES % PLAIN
