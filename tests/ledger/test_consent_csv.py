"""Is every line of a consent file judged on its own, and told of without being repeated?"""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.consent import Basis, ConsentAct
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.consent_csv import COLUMNS, read_csv
from gatekeeper.ledger.consent_lines import GoodLine, Judge
from gatekeeper.ledger.import_words import BadLine

NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
HEADER = "number,event,at,basis,missing,text_shown\n"


def judged(text: str) -> list[GoodLine | BadLine]:
    return list(read_csv(io.StringIO(text, newline=""), Judge(str.encode, NOW)))


def reasons(text: str) -> list[tuple[int, str]]:
    return [(line.line, line.reason) for line in judged(text) if isinstance(line, BadLine)]


def test_a_good_line_becomes_its_event() -> None:
    row = "(212) 200-0123,opt_in,2026-11-01T12:00:00Z,express_written,signature|seller,Tick here\n"
    (line,) = judged(HEADER + row)
    assert isinstance(line, GoodLine)
    assert (line.line, line.subject) == (2, b"+12122000123")
    assert (line.event.act, line.event.basis) == (ConsentAct.OPT_IN, Basis.EXPRESS_WRITTEN)
    assert line.event.missing == ("signature", "seller", "technology", "not_condition")
    assert line.evidence is not None and line.evidence.text_shown == "Tick here"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("12,opt_in,,,,", "number"),
        ("+12122000123,opted,,,,", "event: "),
        ("+12122000123,opt_in,yesterday,,,", "at: "),
        ("+12122000123,opt_in,2027-11-01T12:00:00Z,,,", "future"),
        ("+12122000123,opt_out,,express,,", "basis"),
        ("+12122000123,opt_in", "2 fields where the header names 6"),
        ("+12122000123,opt_in,,,,\udcff", "not UTF-8"),
        ('+12122000123,opt_in,,,,"Tick" here', "quotation mark"),
        (",opt_in,,,,", "number: "),
    ],
)
def test_a_bad_line_is_told_by_number_and_reason(row: str, told: str) -> None:
    good = "+12122000124,opt_in,,,,\n"
    ((line, reason),) = reasons(HEADER + good + row + "\n" + good)
    assert line == 3
    assert told in reason


def test_a_line_within_quotes_counts_from_where_it_begins() -> None:
    text = '+12122000123,opt_in,,,,"one\ntwo\nthree"\n12,opt_in,,,,\n'
    assert [line for line, _ in reasons(HEADER + text)] == [5]


def test_a_quote_left_open_spoils_the_rest_and_nothing_before() -> None:
    text = '+12122000124,opt_in,,,,\n+12122000123,opt_in,,,,"open\n+12122000125,opt_in,,,,\n'
    good = [line for line in judged(HEADER + text) if isinstance(line, GoodLine)]
    assert [line.subject for line in good] == [b"+12122000124"]
    ((line, reason),) = reasons(HEADER + text)
    assert line == 3 and "lines 3 to 4 were not read" in reason


def test_empty_lines_are_passed_over() -> None:
    assert reasons(HEADER + "\n\n+12122000123,opt_in,,,,\n\n") == []


@pytest.mark.parametrize(
    "header",
    ["", "number\n", "event,at\n", "number,event,shoe_size\n", "number,event,number\n"],
    ids=["empty", "no event", "no number", "unknown", "twice"],
)
def test_a_file_whose_header_is_not_understood_is_refused_whole(header: str) -> None:
    with pytest.raises(InputRejected, match=r"line 1|first line"):
        judged(header + "+12122000123,opt_in,x\n")


def test_a_quote_left_open_swallows_no_more_than_a_field_may_hold() -> None:
    """Beyond it reading goes on, and the lines that were swallowed are named."""
    filler = "+12122000126,opt_out,,,,\n" * 8000
    found = judged(HEADER + '+12122000123,opt_in,,,,"open\n' + filler)
    (bad,) = (line for line in found if isinstance(line, BadLine))
    first, last = re.findall(r"lines (\d+) to (\d+)", bad.reason)[0]
    assert first == "2" and int(last) - 2 + len(found) - 1 == 8000


@pytest.mark.parametrize(
    ("header", "hint"),
    [("number;event\n", "commas"), ("n\0u\0m\0b\0e\0r\0", "UTF-16"), ('"number', "not CSV")],
)
def test_a_common_mistake_in_the_header_is_told(header: str, hint: str) -> None:
    with pytest.raises(InputRejected, match=hint):
        judged(header)


def test_a_nul_byte_makes_a_bad_line() -> None:
    assert reasons(HEADER + "+12122000123,opt_in,,,,Ti\0ck\n") == [(2, "it holds a NUL byte")]


def test_a_huge_field_makes_a_bad_line_and_the_next_is_read() -> None:
    text = f"+12122000123,opt_in,,,,{'x' * 200_000}\n12,opt_in,,,,\n"
    (huge, reason), (line, _) = reasons(HEADER + text)
    assert (huge, line) == (2, 3) and "longer than 131072" in reason


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(ending: str) -> None:
    text = HEADER + "+12122000123,opt_out,,,,\n12,opt_in,,,,\n"
    assert [line for line, _ in reasons(text.replace("\n", ending))] == [3]


def test_the_header_may_be_spaced_and_in_capitals() -> None:
    (line,) = judged(" Number , EVENT\n+12122000123,opt_out\n")
    assert isinstance(line, GoodLine)


_CANARY = "4155550hidden"
_FIELD = st.text(st.characters(codec="utf-8"), max_size=12).map(lambda s: s + _CANARY)


@given(st.lists(_FIELD, min_size=len(COLUMNS), max_size=len(COLUMNS)))
def test_a_reason_repeats_nothing_of_its_line(fields: list[str]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, fields])
    for line, reason in reasons(text.getvalue()):
        assert _CANARY not in reason
        assert line == 2


@given(st.text(st.characters(), max_size=200))
def test_whatever_a_file_holds_each_line_is_good_or_bad(text: str) -> None:
    """No text makes the reading fail, once the header is one."""
    for line in judged(HEADER + text):
        assert isinstance(line, GoodLine | BadLine)
