"""What does one line of a list say: which number, since when, and does it come or go?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gatekeeper.store.entries import HIT, LISTED, NO, NO_DATA, NUMBER_MAX, entry, value_of

_NANP = re.compile(
    rb'\s*"?\+?1?[ .-]?\(?([0-9]{3})\)?[ .-]?"?[,;\t]? ?"?([0-9]{3})[ .-]?([0-9]{4})"?\s*'
    rb"(?:[,;\t](.*))?$"
)
_ABROAD = re.compile(rb'\s*"?\+([1-9][0-9 .()/-]{5,20}[0-9])"?\s*(?:[,;\t](.*))?$')
_AT_HOME = re.compile(rb'\s*"?(0?[0-9][0-9 .()/-]{4,20}[0-9])"?\s*(?:[,;\t](.*))?$')
_MARK_FIRST = re.compile(rb'\s*"?(a|d|add|delete|remove|\+|-)"?(?:\s*[,;\t]\s*|\s+)(?=\S)', re.I)
_MARK_LAST = re.compile(rb'\s*[,;\t]\s*"?(a|d|add|delete|remove|\+|-)"?\s*$', re.I)
_GOES = frozenset({b"d", b"delete", b"remove", b"-"})
_DATES = (
    (re.compile(rb"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$"), (0, 1, 2)),
    (re.compile(rb"(\d{4})(\d{2})(\d{2})$"), (0, 1, 2)),
    (re.compile(rb"(\d{4})/(\d{2})/(\d{2})$"), (0, 1, 2)),
    (re.compile(rb"(\d{1,2})/(\d{1,2})/(\d{4})$"), (2, 0, 1)),
)
"""Year-month-day, and month/day/year as American files have it."""
_ANSWERS = {b"yes": HIT, b"y": HIT, b"no": NO, b"n": NO, b"no data": NO_DATA,
            b"no_data": NO_DATA, b"nodata": NO_DATA}  # fmt: skip

UNMARKED = "no A or D (+ or -) that says whether the number comes or goes"


@dataclass(frozen=True, slots=True)
class Grammar:
    """How the lines of a file are to be read."""

    plan: str = "1"
    """The country code of all numbers; empty for numbers of any country."""
    dated: bool = False
    """Whether a day may stand behind the number, and behind it the answer yes, no or no data."""
    marked: bool = False
    """Whether each line says if the number comes (A, +) or goes (D, -)."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one line says."""

    entry: int
    goes: bool = False
    answer: bool = False
    """Whether it is an answer to a question about this number."""


def read_line(line: bytes, grammar: Grammar) -> Said | str:
    """What the line says, or why it says nothing; the reason repeats nothing of the line."""
    goes = False
    if grammar.marked:
        marked, line = split_mark(line)
        if marked is None:
            return UNMARKED
        goes = marked
    number, rest = _number(line, grammar.plan)
    if number is None:
        return _wrong_number(grammar.plan)
    if not grammar.dated:
        return Said(entry(number), goes)
    return _dated(number, rest or b"", goes)


def split_mark(line: bytes) -> tuple[bool | None, bytes]:
    """Whether the number goes (None if the line does not say), and the line without that."""
    if first := _MARK_FIRST.match(line):
        return first[1].lower() in _GOES, line[first.end() :]
    if last := _MARK_LAST.search(line):
        return last[1].lower() in _GOES, line[: last.start()]
    return None, line


def _number(line: bytes, plan: str) -> tuple[int | None, bytes | None]:
    """The number in all its digits, and the columns behind it."""
    match = _NANP.match(line) if plan in ("1", "") else None
    if match is not None and (plan == "1" or not _is_abroad(line)):
        npa, exchange, last, rest = match.groups()
        valid = npa >= b"200" and exchange >= b"200"
        return (int(b"1" + npa + exchange + last) if valid else None), rest
    if plan == "1":
        return None, None
    return _elsewhere(line, plan.encode())


def _is_abroad(line: bytes) -> bool:
    bare = line.lstrip(b' "\t')
    return bare.startswith(b"+") and not bare.startswith(b"+1")


def _elsewhere(line: bytes, plan: bytes) -> tuple[int | None, bytes | None]:
    if match := _ABROAD.match(line):
        digits = _digits(match[1])
    elif plan and (match := _AT_HOME.match(line)):
        digits = _digits(match[1])
        digits = plan + digits[1:] if digits.startswith(b"0") else digits
    else:
        return None, None
    fits = digits.startswith(plan) and 8 <= len(digits) <= 14 and int(digits) <= NUMBER_MAX
    return (int(digits) if fits else None), match[2]


def _digits(text: bytes) -> bytes:
    return bytes(byte for byte in text if 48 <= byte <= 57)


def _wrong_number(plan: str) -> str:
    if plan == "1":
        return "not a number of the North American plan in the first column"
    return f"not a number of +{plan} in the first column" if plan else (
        "not a phone number in the first column; outside the United States and Canada it begins "
        "with + and its country code"
    )  # fmt: skip


def _dated(number: int, rest: bytes, goes: bool) -> Said | str:
    day, answer, *_ = [*(c.strip(b' "\t') for c in re.split(rb"[,;\t]", rest)), b"", b""]
    said = _ANSWERS.get(answer.lower())
    if answer and said is None:
        return "the third column is none of yes, no, no data"
    if not day:
        if said == NO:
            return "an answer of no without the day that was asked about"
        value = value_of(said, None) if said == NO_DATA else LISTED
        return Said(entry(number, value), goes, bool(answer))
    try:
        # A yes tells of the day that was asked about, not of the day of disconnection.
        when = None if said == HIT else _day(day)
        value = value_of(HIT if said is None else said, when)
    except (ValueError, OverflowError):
        return "the second column is not a day"
    return Said(entry(number, value), goes, bool(answer))


@lru_cache(8192)
def _day(text: bytes) -> date:
    for pattern, order in _DATES:
        if match := pattern.match(text):
            year, month, day = (int(match[1 + place]) for place in order)
            return date(year, month, day)
    raise ValueError("not a day")
