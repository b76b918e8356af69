"""Digits that stand apart are read together, never cut out of a longer number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.screening.digits import SHORTEST, Number, runs

LENGTHS = frozenset({16})


def numbers(text: str) -> list[Number]:
    """All windows of sixteen digits."""
    return [n for run in runs(text) for n in run.numbers(LENGTHS, 16)]


def test_windows_begin_and_end_on_groups() -> None:
    found = numbers("2026 4111 1111 1111 1111")
    assert [n.digits for n in found] == ["2026411111111111", "4111111111111111"]


def test_an_unbroken_longer_number_has_no_window() -> None:
    assert numbers("41111111111111112222") == []


def test_words_break_a_run_and_signs_do_not() -> None:
    assert numbers("4111 1111 and 1111 1111") == []
    assert len(numbers("4111.1111|1111\n\n1111")) == 1


def test_a_number_tells_its_groups_gaps_and_place() -> None:
    [number] = numbers("pay 4111-1111-1111-1111 now")
    assert number.groups == (4, 4, 4, 4)
    assert number.gaps == ("-", "-", "-")
    assert number.span == (4, 23)
    assert number.grouping == "4-4-4-4"
    assert number.cut == 0


def test_a_piece_of_a_longer_number_is_known_as_cut() -> None:
    assert [n.cut for n in numbers("9999 4111 1111 1111 1111 8888")] == [1, 2, 1]
    assert [n.cut for n in numbers("4111 1111 1111 1111 12")] == [1]
    assert [n.cut for n in numbers("DE89 3704 0044 0532 0130")] == [1]


def test_a_year_or_a_verification_code_beside_a_number_does_not_cut_it() -> None:
    assert [n.cut for n in numbers("2026 4111 1111 1111 1111")][1] == 0
    assert [n.cut for n in numbers("4111 1111 1111 1111 123")] == [0]


def test_short_numbers_make_no_run() -> None:
    assert runs("call 911 or 555") == []


@given(st.text(alphabet="0123456789 -.xX_aé٣", max_size=40))
def test_too_few_digits_are_never_a_run(text: str) -> None:
    """The screener looks for runs only in a text with enough digits."""
    if sum(map(text.count, "0123456789")) < SHORTEST:
        assert runs(text) == []
