"""How does a file of millions of phone numbers become entries, in seconds?

Whole chunks of lines are read with numpy; only the lines that it cannot read at sight (a header,
further columns, a fault) are looked at one by one (`number_line`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gatekeeper.errors import InputRejected
from gatekeeper.store.entries import HIT, LISTED, Entries, with_values
from gatekeeper.store.number_line import Grammar, read_line

LINE_MAX = 1 << 16
_NEWLINE = 10
_PLAIN = np.zeros(256, dtype=bool)
_PLAIN[list(b'0123456789+-(). ,\r\n\t"')] = True
_DAY = re.compile(rb'[0-9 ().,+"-]{10,}?"?[,;\t]"?(?:19|20)[0-9]{2}-?[01][0-9]-?[0-3][0-9]"?\r?$')
_NONE = np.empty(0, dtype=np.uint64)
_UNREADABLE = (
    (b"\xff\xfe", "UTF-16: save it as UTF-8 or as plain text"),
    (b"\xfe\xff", "UTF-16: save it as UTF-8 or as plain text"),
    (b"PK\x03\x04", "a ZIP or spreadsheet file: unpack it, or save it as CSV"),
    (b"\x1f\x8b", "a gzip file: unpack it first"),
    (b"%PDF", "a PDF file"),
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
    answers: int = 0
    """Lines that answer a question about their number."""


class Batch(NamedTuple):
    """Entries that come, and entries that go."""

    come: Entries
    go: Entries = _NONE


def read_entries(
    chunks: Iterable[bytes], grammar: Grammar, tally: Tally, bad_line: BadLine
) -> Iterator[Batch]:
    """The entries of a text, chunk by chunk; faults go to `bad_line`, counts to `tally`.

    A line is one number: of the North American plan ten digits, with +1 or 1 and the usual
    punctuation before and between, or `NPA,NXXXXXX` as the FTC ships it, or the first column of a
    CSV file. Empty lines, `#` comments and a first line without digits are passed over.
    InputRejected for what is no text of lines.
    """
    for text in _whole_lines(chunks):
        yield _read(text, grammar, tally, bad_line)


def _whole_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The text in pieces that end with a line; old line ends and a byte order mark are undone."""
    rest, first, carriage = b"", True, False
    for chunk in chunks:
        if first:
            first, carriage = False, b"\r" in chunk and b"\n" not in chunk
            chunk = _begun(chunk)
        whole, newline, tail = (_unix(chunk) if carriage else chunk).rpartition(b"\n")
        if newline:
            yield rest + whole + newline
            rest = tail
        else:
            rest += tail
        if len(rest) > LINE_MAX:
            raise InputRejected("a line is longer than 64 kB: that is no list of numbers")
    if rest:
        yield rest + b"\n"


def _begun(chunk: bytes) -> bytes:
    for mark, told in _UNREADABLE:
        if chunk.startswith(mark):
            raise InputRejected(f"the file is {told}")
    if b"\0" in chunk[:1024]:
        raise InputRejected("the file is not text: it holds NUL bytes")
    return chunk.removeprefix(b"\xef\xbb\xbf")


def _unix(chunk: bytes) -> bytes:
    return chunk.replace(b"\r", b"\n")


def _read(text: bytes, grammar: Grammar, tally: Tally, bad_line: BadLine) -> Batch:
    """All entries of some whole lines."""
    raw = np.frombuffer(text, dtype=np.uint8)
    ends = np.flatnonzero(raw == _NEWLINE)
    at_sight = None if grammar.marked or grammar.plan not in ("1", "") else _alike(text, raw, ends)
    if at_sight is not None:
        tally.lines += len(ends)
        return Batch(with_values(at_sight.numbers, at_sight.values if grammar.dated else LISTED))
    if grammar.marked or grammar.dated or grammar.plan not in ("1", ""):
        good, numbers = np.zeros(len(ends), dtype=bool), np.empty(0, dtype=np.int64)
    else:
        good, numbers = _plain_numbers(raw, ends, any_country=not grammar.plan)
    further = _one_by_one(text, ends, good, (grammar, tally, bad_line))
    tally.lines += len(ends)
    return Batch(np.concatenate((with_values(numbers), further.come)), further.go)


class _Alike(NamedTuple):
    numbers: Numbers
    values: Numbers | int


def _alike(text: bytes, raw: NDArray[np.uint8], ends: NDArray[np.intp]) -> _Alike | None:
    """All numbers where every line has the form of the first, as in national files; else None."""
    width = int(ends[0]) + 1
    if len(raw) != width * len(ends) or (np.diff(ends) != width).any():
        return None
    lines = raw.reshape(-1, width)
    columns = np.flatnonzero(lines[0] - np.uint8(48) < 10)
    between = np.flatnonzero(lines[0] - np.uint8(48) >= 10)
    alike = all((lines[:, c] == lines[0, c]).all() for c in between)
    if not alike or not _PLAIN[lines[0]].all():
        return None
    if len(columns) in (11, 19) and (lines[:, columns[0]] == ord("1")).all():
        columns = columns[1:]
    elif lines[0, 0] == ord("+"):
        return None
    dated = len(columns) == 18 and _DAY.match(text[: width - 1]) is not None
    if len(columns) != 10 and not dated:
        return None
    numbers = _digits(lines, columns[:10])
    days = _days(lines, columns[10:]) if dated else None
    if numbers is None or not _valid(numbers).all() or (dated and days is None):
        return None
    return _Alike(_full(numbers), LISTED if days is None else days | HIT << 16)


def _digits(lines: NDArray[np.uint8], columns: NDArray[np.intp]) -> Numbers | None:
    numbers = np.zeros(len(lines), dtype=np.int64)
    for column in columns:
        digit = lines[:, column] - np.uint8(48)
        if digit.max() > 9:
            return None
        numbers *= 10
        numbers += digit
    return numbers


def _days(lines: NDArray[np.uint8], columns: NDArray[np.intp]) -> Numbers | None:
    """Days since 1970 of dates as YYYYMMDD; None if one of them is no date."""
    read = _digits(lines, columns)
    if read is None:
        return None
    years, months, days = read // 10_000, read // 100 % 100, read % 100
    if not ((years >= 1970) & (years < 2149) & (months >= 1) & (months <= 12)).all():
        return None
    month = ((years - 1970) * 12 + months - 1).astype("datetime64[M]")
    first = month.astype("datetime64[D]").astype(np.int64)
    length = (month + 1).astype("datetime64[D]").astype(np.int64) - first
    return first + days - 1 if ((days >= 1) & (days <= length)).all() else None


def _full(numbers: Numbers) -> Numbers:
    """Ten digits with the country code."""
    return numbers + 10_000_000_000


def _plain_numbers(
    raw: NDArray[np.uint8], ends: NDArray[np.intp], *, any_country: bool
) -> tuple[NDArray[np.bool_], Numbers]:
    """Which lines hold a North American number and nothing else, and those numbers."""
    values = raw - np.uint8(48)
    is_digit = values < 10
    digits = values[is_digit]
    upto = np.searchsorted(np.flatnonzero(is_digit), ends)
    counts = np.diff(upto, prepend=0)
    with_one = counts == 11
    with_one[with_one] = digits[(upto - counts)[with_one]] == 1
    ten = counts == 10
    if any_country:
        # Ten digits behind a plus are a number of another country.
        ten[np.searchsorted(ends, np.flatnonzero(raw == ord("+")))] = False
    good = _plain_lines(raw, ends) & (ten | with_one)
    numbers = _last_ten(digits, upto[good])
    valid = _valid(numbers)
    good[np.flatnonzero(good)[~valid]] = False
    return good, _full(numbers[valid])


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
    text: bytes,
    ends: NDArray[np.intp],
    good: NDArray[np.bool_],
    how: tuple[Grammar, Tally, BadLine],
) -> Batch:
    grammar, tally, bad_line = how
    come, go = list[int](), list[int]()
    for i in np.flatnonzero(~good):
        line = text[ends[i - 1] + 1 if i else 0 : ends[i]].strip()
        number = tally.lines + int(i) + 1
        if not line or line.startswith(b"#") or (number == 1 and not re.search(rb"\d", line)):
            continue
        said = read_line(line, grammar)
        if isinstance(said, str):
            tally.bad += 1
            bad_line(number, said)
        else:
            tally.answers += said.answer
            (go if said.goes else come).append(said.entry)
    return Batch(np.array(come, dtype=np.uint64), np.array(go, dtype=np.uint64))
