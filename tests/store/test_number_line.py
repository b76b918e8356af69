"""One line of a list: every usual form is read, and what is none is told without repeating it."""

from __future__ import annotations

from datetime import date

import pytest

from gatekeeper.store.entries import HIT, LISTED, NO, NO_DATA, entry, value_of
from gatekeeper.store.number_line import Grammar, Said, read_line

NUMBER = 12125551234
MAY = date(2026, 5, 1)
MARKED, DATED = Grammar(marked=True), Grammar(dated=True)

ADDED = [b"A,2125551234", b"+,2125551234", b"+ 2125551234", b"2125551234,A", b"a;2125551234",
         b"212,5551234,2026-05-01,A", b"+12125551234,+", b'"A","2125551234"', b"add\t2125551234",
         b'"212","5551234","2026-05-01","A"', b"+, +1 212 555 1234"]  # fmt: skip
REMOVED = [b"D,2125551234", b"-,2125551234", b"- 2125551234", b"2125551234,D", b"212,5551234,D",
           b"212,5551234,01/31/2026,d", b"delete,2125551234", b"remove;+12125551234"]  # fmt: skip


@pytest.mark.parametrize("line", ADDED)
def test_a_line_of_a_difference_may_add(line: bytes) -> None:
    assert read_line(line, MARKED) == Said(entry(NUMBER))


@pytest.mark.parametrize("line", REMOVED)
def test_a_line_of_a_difference_may_remove(line: bytes) -> None:
    assert read_line(line, MARKED) == Said(entry(NUMBER), goes=True)


@pytest.mark.parametrize("line", [b"2125551234", b"+12125551234", b"-2125551234", b"X,2125551234"])
def test_a_line_of_a_difference_that_says_neither_is_bad(line: bytes) -> None:
    told = read_line(line, MARKED)
    assert isinstance(told, str) and "comes or goes" in told


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (b"2125551234", LISTED),
        (b"2125551234,", LISTED),
        (b"2125551234,2026-05-01", value_of(HIT, MAY)),
        (b"2125551234,20260501", value_of(HIT, MAY)),
        (b"2125551234;2026/05/01", value_of(HIT, MAY)),
        (b"2125551234,5/1/2026", value_of(HIT, MAY)),
        (b'"212-555-1234","2026-05-01"', value_of(HIT, MAY)),
        (b"2125551234,2026-05-01T00:00:00Z", value_of(HIT, MAY)),
        (b"2125551234,2026-05-01,yes", LISTED),
        (b"2125551234,2026-05-01,No", value_of(NO, MAY)),
        (b"2125551234,2026-05-01,no data", value_of(NO_DATA, MAY)),
        (b"2125551234,,No Data", value_of(NO_DATA, None)),
    ],
)
def test_a_day_and_an_answer_may_stand_behind_the_number(line: bytes, value: int) -> None:
    answer = line.count(b",") == 2
    assert read_line(line, DATED) == Said(entry(NUMBER, value), answer=answer)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"2125551234,2026-02-30", "not a day"),
        (b"2125551234,soon", "not a day"),
        (b"2125551234,1969-12-31", "not a day"),
        (b"2125551234,2026-05-01,maybe", "yes, no, no data"),
        (b"2125551234,,no", "without the day"),
    ],
)
def test_a_day_or_answer_that_is_none_is_told(line: bytes, told: str) -> None:
    said = read_line(line, DATED)
    assert isinstance(said, str) and told in said


@pytest.mark.parametrize(
    ("line", "plan", "number"),
    [
        (b"+442071838750", "", 442071838750),
        (b"+44 20 7183 8750,x", "", 442071838750),
        (b"+65 8123 4567", "", 6581234567),
        (b"(212) 555-1234", "", NUMBER),
        (b"+1 212 555 1234", "", NUMBER),
        (b"07911 123456", "44", 447911123456),
        (b"447911123456", "44", 447911123456),
        (b"+447911123456", "44", 447911123456),
        (b"0412 345 678", "61", 61412345678),
        (b"442071838750", "", None),
        (b"+12125551234", "44", None),
        (b"+0442071838750", "", None),
        (b"+441", "", None),
        (b"+4420718387501234567", "", None),
        (b"07911", "44", None),
        (b"Jane", "44", None),
    ],
)
def test_numbers_of_other_countries_need_their_code_or_their_own_list(
    line: bytes, plan: str, number: int | None
) -> None:
    said = read_line(line, Grammar(plan=plan))
    assert said == Said(entry(number)) if number else isinstance(said, str)


def test_a_reason_repeats_nothing_of_the_line() -> None:
    for grammar in (Grammar(), Grammar(plan=""), Grammar(plan="44"), MARKED, DATED):
        said = read_line(b"CANARY 999", grammar)
        assert isinstance(said, str) and "CANARY" not in said and "999" not in said
