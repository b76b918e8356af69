"""How are the numbers of one prefix packed, so that the server finds one of them in some steps?

A segment holds all numbers that share all but their last six digits. Few numbers are sorted rests
of 3 bytes, many are a bitmap of 125,000 bytes; where a list tells days, each number is 6 bytes:
rest, what the list says, day.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gatekeeper.store.entries import LISTED, PREFIX_NUMBERS, Entries, numbers_of, with_values

BITMAP_BYTES = PREFIX_NUMBERS // 8
PLAIN, DATED = 3, 6
"""Bytes of a number in a list without and with days."""
_VALUES = np.uint64((1 << 18) - 1)


def pack(entries: Entries, width: int) -> bytes:
    """The merged entries of one prefix, for a list of this width."""
    rests = numbers_of(entries) % np.uint64(PREFIX_NUMBERS)
    if width == DATED:
        rows = np.empty((len(entries), 8), dtype=np.uint8)
        rows[:, :4] = rests.astype(">u4").view(np.uint8).reshape(-1, 4)
        rows[:, 4:] = (entries & _VALUES).astype(">u4").view(np.uint8).reshape(-1, 4)
        return rows[:, [1, 2, 3, 5, 6, 7]].tobytes()
    if PLAIN * len(entries) < BITMAP_BYTES:
        return rests.astype(">u4").view(np.uint8).reshape(-1, 4)[:, 1:].tobytes()
    bits = np.zeros(PREFIX_NUMBERS, dtype=bool)
    bits[rests] = True
    return np.packbits(bits).tobytes()


def unpack(prefix: int, packed: bytes, width: int) -> Entries:
    """The entries again."""
    raw = np.frombuffer(packed, dtype=np.uint8)
    if width == PLAIN and len(packed) == BITMAP_BYTES:
        rests = np.flatnonzero(np.unpackbits(raw)).astype(np.int64)
    else:
        rests = _integers(raw.reshape(-1, width)[:, :3])
    values = _integers(raw.reshape(-1, width)[:, 3:]) if width == DATED else LISTED
    return with_values(prefix * PREFIX_NUMBERS + rests, values)


def find(packed: bytes, rest: int, width: int) -> int | None:
    """What is said of the number with these last six digits, None if it is not there."""
    if width == PLAIN and len(packed) == BITMAP_BYTES:
        return LISTED if packed[rest >> 3] & 0x80 >> (rest & 7) else None
    rows = np.frombuffer(packed, dtype=np.uint8).reshape(-1, width)
    place = int(np.searchsorted(_integers(rows[:, :3]), rest))
    if place == len(rows) or int.from_bytes(packed[place * width : place * width + 3]) != rest:
        return None
    if width == PLAIN:
        return LISTED
    return int.from_bytes(packed[place * width + 3 : (place + 1) * width])


def _integers(columns: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Three columns of bytes as integers, the highest byte first."""
    wide = columns.astype(np.int64)
    return wide[:, 0] << 16 | wide[:, 1] << 8 | wide[:, 2]
