"""How does a file of millions of phone numbers become bitmaps, in seconds?

Whole chunks of lines are read with numpy; only the lines that it cannot read at sight (a header,
further columns, a fault) are looked at one by one.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEGMENT_NUMBERS = 1_000_000
"""Numbers of one segment: all with the same area code and first digit of the exchange."""
SEGMENT_BYTES = SEGMENT_NUMBERS // 8
_SEGMENTS = 10_000
_NEWLINE = 10
_PLAIN = np.zeros(256, dtype=bool)
_PLAIN[list(b'0123456789+-(). ,\r\n\t"')] = True
_COLUMN = re.compile(
    rb'\s*"?\+?1?[ .-]?\(?([0-9]{3})\)?[ .,-]?([0-9]{3})[ .-]?([0-9]{4})"?\s*(?:[,;\t].*)?$'
)

BadLine = Callable[[int, str], None]
"""Takes the number of a line, from 1, and why it was not used."""
Numbers = NDArray[np.int64]


@dataclass(slots=True)
class Tally:
    """How far an import has come."""

    lines: int = 0
    bad: int = 0
    numbers: int = 0
    """Different numbers, known once all lines are read."""


class Bitmaps:
    """The numbers of one list, a bit each; memory is used only for segments with numbers."""

    def __init__(self) -> None:
        # Anonymous memory is given page by page; huge pages would be paid for whole.
        memory = mmap.mmap(-1, _SEGMENTS * SEGMENT_BYTES)
        if hasattr(mmap, "MADV_NOHUGEPAGE"):
            memory.madvise(mmap.MADV_NOHUGEPAGE)
        self._bits = np.frombuffer(memory, dtype=np.uint8)
        self._touched = np.zeros(_SEGMENTS, dtype=bool)

    def add(self, numbers: Numbers) -> None:
        """Set the bits of ten-digit numbers; bit 0 of a byte is its highest, as Redis counts."""
        self._touched[numbers // SEGMENT_NUMBERS] = True
        at, bit = numbers >> 3, numbers & 7
        for place in range(8):
            # Within one mask a byte that occurs twice does no harm, so plain assignment will do.
            chosen = at[bit == place]
            self._bits[chosen] |= np.uint8(0x80 >> place)

    def counts(self) -> dict[str, int]:
        """How many numbers each segment holds, by prefix: area code and first exchange digit."""
        prefixes = [f"{prefix:04d}" for prefix in np.flatnonzero(self._touched)]
        return {prefix: int(np.bitwise_count(self._slice(prefix)).sum()) for prefix in prefixes}

    def segment(self, prefix: str) -> bytes:
        """The bitmap of a prefix, always whole: its length tells the server that it is there."""
        return self._slice(prefix).tobytes()

    def _slice(self, prefix: str) -> NDArray[np.uint8]:
        start = int(prefix) * SEGMENT_BYTES
        return self._bits[start : start + SEGMENT_BYTES]


def read_numbers(chunks: Iterable[bytes], tally: Tally, bad_line: BadLine) -> Iterator[Numbers]:
    """The numbers of a text, chunk by chunk; faults go to `bad_line`, counts to `tally`.

    A line is one number of the North American plan: ten digits, with +1 or 1 and the usual
    punctuation before and between, or `NPA,NXXXXXX` as the FTC ships it, or the first column of a
    CSV file. Empty lines, `#` comments and a first line without digits are passed over.
    """
    rest = b""
    for chunk in chunks:
        whole, newline, tail = chunk.rpartition(b"\n")
        if not newline:
            rest += chunk
            continue
        yield _read(rest + whole + newline, tally, bad_line)
        rest = tail
    if rest:
        yield _read(rest + b"\n", tally, bad_line)


def _read(text: bytes, tally: Tally, bad_line: BadLine) -> Numbers:
    """All numbers of some whole lines."""
    raw = np.frombuffer(text, dtype=np.uint8)
    ends = np.flatnonzero(raw == _NEWLINE)
    uniform = _read_uniform(raw, ends)
    if uniform is not None:
        tally.lines += len(ends)
        return uniform
    values = raw - np.uint8(48)
    is_digit = values < 10
    digits = values[is_digit]
    upto = np.searchsorted(np.flatnonzero(is_digit), ends)
    counts = np.diff(upto, prepend=0)
    plain = _plain_lines(raw, ends)
    with_one = counts == 11
    with_one[with_one] = digits[(upto - counts)[with_one]] == 1
    good = plain & ((counts == 10) | with_one)
    numbers = _last_ten(digits, upto[good])
    valid = _valid(numbers)
    good[np.flatnonzero(good)[~valid]] = False
    further = _one_by_one(text, ends, good, tally, bad_line)
    tally.lines += len(ends)
    return np.concatenate((numbers[valid], np.array(further, dtype=np.int64)))


def _read_uniform(raw: NDArray[np.uint8], ends: NDArray[np.intp]) -> Numbers | None:
    """All numbers where every line has the form of the first, as in national files; else None."""
    width = int(ends[0]) + 1
    if len(raw) != width * len(ends) or (np.diff(ends) != width).any():
        return None
    lines = raw.reshape(-1, width)
    columns = np.flatnonzero(lines[0] - np.uint8(48) < 10)
    between = np.flatnonzero(lines[0] - np.uint8(48) >= 10)
    alike = all((lines[:, c] == lines[0, c]).all() for c in between)
    if len(columns) != 10 or not alike or not _PLAIN[lines[0]].all():
        return None
    numbers = np.zeros(len(ends), dtype=np.int64)
    for column in columns:
        digit = lines[:, column] - np.uint8(48)
        if digit.max() > 9:
            return None
        numbers *= 10
        numbers += digit
    return numbers if _valid(numbers).all() else None


def _valid(numbers: Numbers) -> NDArray[np.bool_]:
    """Area code and exchange of the North American plan begin with 2 to 9."""
    return (numbers >= 2_000_000_000) & (numbers // 1_000_000 % 10 >= 2)


def _plain_lines(raw: NDArray[np.uint8], ends: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which lines hold nothing but digits and the punctuation of numbers."""
    plain = np.ones(len(ends), dtype=bool)
    plain[np.searchsorted(ends, np.flatnonzero(~_PLAIN[raw]))] = False
    return plain


def _last_ten(digits: NDArray[np.uint8], upto: NDArray[np.intp]) -> Numbers:
    numbers = np.zeros(len(upto), dtype=np.int64)
    for place in range(10, 0, -1):
        numbers *= 10
        numbers += digits[upto - place]
    return numbers


def _one_by_one(
    text: bytes, ends: NDArray[np.intp], good: NDArray[np.bool_], tally: Tally, bad_line: BadLine
) -> list[int]:
    found: list[int] = []
    for i in np.flatnonzero(~good):
        line = text[ends[i - 1] + 1 if i else 0 : ends[i]].strip()
        number = tally.lines + int(i) + 1
        if not line or line.startswith(b"#") or (number == 1 and not re.search(rb"\d", line)):
            continue
        value = _number_in(line)
        if value is None:
            tally.bad += 1
            bad_line(number, "not a number of the North American plan in the first column")
        else:
            found.append(value)
    return found


def _number_in(line: bytes) -> int | None:
    match = _COLUMN.match(line)
    if match is None:
        return None
    npa, exchange, rest = match.groups()
    return int(npa + exchange + rest) if npa >= b"200" and exchange >= b"200" else None
