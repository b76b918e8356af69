"""A card that two messages hold between them is found in the second."""

from __future__ import annotations

import pytest

from gatekeeper.domain.message import TextPart
from gatekeeper.domain.words import Family, Likelihood, Role
from gatekeeper.screening.assembly import across, tail_of
from tests.support.detectors import body, shipped_screener


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("my card is 4111 1111", "card 4111 1111"),
        ("first half: 41111111 ...", "41111111"),
        ("Visa ４１１１-１１１１", "card 4111-1111"),
        ("my ssn starts 536-90", "ssn 536-90"),
        ("see you at 5", ""),
        ("12345 is your code", ""),
        ("tracking 92055901755477000271901", ""),
        ("", ""),
    ],
)
def test_a_tail_is_what_a_message_ends_with(text: str, tail: str) -> None:
    assert tail_of((body(text),)) == tail


def test_the_last_part_that_is_read_leaves_the_tail() -> None:
    link = TextPart("MediaUrl", Role.LINK, "https://x.example/4111")
    assert tail_of((body("card 4111 1111"), link)) == "card 4111 1111"
    assert tail_of((link,)) == ""


@pytest.mark.parametrize(
    ("tails", "text", "end"),
    [
        (["card 4111 1111"], "1111 1111 exp 12/28", 9),
        (["card 4111", "1111"], "1111 1111", 9),
        (["card 41111111"], "  11111111 thanks", 10),
        (["ssn 536-90"], "4399 is the rest", 4),
    ],
)
def test_what_goes_on_is_found_where_it_stands(tails: list[str], text: str, end: int) -> None:
    (match,) = across(shipped_screener(), tails, (body(text),))
    assert match.likelihood >= Likelihood.LIKELY
    assert (match.path, match.end) == ("Body", end)
    assert text[match.start : match.end].strip() == text[match.start : match.end]
    assert "across messages" in match.trace
    assert not match.exact


@pytest.mark.parametrize(
    ("tails", "text"),
    [
        ([], "1111 1111 1111 1111"),
        ([""], "1111 1111"),
        (["card 4111 1111"], "is your locker code"),
        (["card 4111 1111 1111 1111"], "thanks"),
        (["482913"], "Your code is 482914"),
        (["12/05/2026"], "Your order 4821 ships"),
        (["4111 1111"], ""),
    ],
)
def test_nothing_else_is_put_together(tails: list[str], text: str) -> None:
    assert across(shipped_screener(), tails, (body(text),)) == ()


def test_a_number_that_stands_in_one_text_alone_is_not_told_twice() -> None:
    found = across(shipped_screener(), ["12"], (body("my card is 4111 1111 1111 1111"),))
    assert [m for m in found if m.family is Family.PAYMENT] == []
