"""No separator, invisible character or script of digits hides a card, and places stay exact."""

from __future__ import annotations

import random
import sys
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.match import Match
from gatekeeper.screening.digits import SHORTEST
from gatekeeper.screening.issuers import issuer
from tests.support.cards import cards
from tests.support.detectors import body, shipped_screener

STRONG = [
    number
    for number in cards(random.Random(7), 3)
    if 14 <= len(number) <= 19 and (known := issuer(number)) is not None and not known.weak
]
CHARACTERS = [chr(code) for code in range(sys.maxunicode + 1)]
NOT_PERCENT_OR_PLUS_OF_CODE = "%&=\\"
"""Signs with which an encoding begins: digits after them may be read as other characters."""
SEPARATORS = [
    c
    for c in CHARACTERS
    if unicodedata.category(c)[0] in "ZPS" and c not in NOT_PERCENT_OR_PLUS_OF_CODE
]
INVISIBLE = [c for c in CHARACTERS if unicodedata.category(c) in ("Cf", "Mn", "Me")]
ZEROS = [
    code
    for code in range(sys.maxunicode + 1)
    if unicodedata.category(chr(code)) == "Nd" and unicodedata.decimal(chr(code)) == 0
]
CUES = st.sampled_from(["my card is {}", "Visa: {} ok", "charge {} to that credit card"])

numbers = st.sampled_from(STRONG)
separators = st.sampled_from(SEPARATORS)
invisible = st.text(st.sampled_from(INVISIBLE), max_size=3)
scripts = st.lists(st.sampled_from(ZEROS), min_size=19, max_size=19)


def cards_in(text: str) -> list[Match]:
    """Matches that would block."""
    found = shipped_screener().screen((body(text),))
    return [m for m in found if m.detector == "card" and m.likelihood >= 4]


def grouped(number: str) -> list[str]:
    """The number in the groups in which its scheme prints it."""
    cuts = {14: (4, 10), 15: (4, 10)}.get(len(number), (4, 8, 12, 16))
    edges = [0, *(cut for cut in cuts if cut < len(number)), len(number)]
    return [number[a:b] for a, b in pairwise(edges)]


def exactly(text: str, written: str) -> None:
    """One card is found, in its place and no more."""
    [match] = cards_in(text)
    assert text[match.start : match.end] == written


def laced(digits: Iterable[str], gaps: Iterable[str]) -> str:
    """Digits with a gap after each but the last."""
    first, *rest = digits
    return first + "".join(gap + digit for gap, digit in zip(gaps, rest, strict=False))


def shown(number: str, zeros: list[int]) -> list[str]:
    """Each digit in a script of its own."""
    return [chr(zero + int(digit)) for zero, digit in zip(zeros, number, strict=False)]


@given(numbers, separators, CUES)
def test_no_separator_between_all_digits_hides_a_card(number: str, sign: str, cue: str) -> None:
    written = sign.join(number)
    exactly(cue.format(written), written)


@given(
    st.sampled_from([n for n in STRONG if len(n) not in (17, 18)]),
    st.text(separators, min_size=1, max_size=12),
    CUES,
)
def test_no_text_of_separators_between_groups_hides_a_card(number: str, gap: str, cue: str) -> None:
    written = gap.join(grouped(number))
    exactly(cue.format(written), written)


@given(
    numbers, st.lists(st.text(separators, min_size=1, max_size=8), min_size=18, max_size=18), CUES
)
def test_no_mix_of_separators_between_all_digits_hides_a_card(
    number: str, gaps: list[str], cue: str
) -> None:
    written = laced(number, gaps)
    exactly(cue.format(written), written)


@given(numbers, scripts, st.lists(invisible, min_size=18, max_size=18), CUES)
def test_no_script_or_invisible_character_hides_a_card(
    number: str, zeros: list[int], gaps: list[str], cue: str
) -> None:
    written = laced(shown(number, zeros), gaps)
    exactly(cue.format(written), written)


@given(
    numbers,
    scripts,
    st.lists(st.sampled_from(SEPARATORS + INVISIBLE), min_size=18, max_size=18),
    CUES,
)
def test_no_mix_of_all_of_these_hides_a_card(
    number: str, zeros: list[int], gaps: list[str], cue: str
) -> None:
    written = laced(shown(number, zeros), gaps)
    exactly(cue.format(written), written)


@given(st.text("0123456789 -./", max_size=30), numbers)
def test_a_longer_unbroken_number_is_never_cut(rest: str, number: str) -> None:
    """A card's digits inside a longer number without gaps are another number."""
    text = f"my card is 7{number}9{rest}"
    start = text.index(number)
    assert not any(m.start == start and m.end == start + len(number) for m in cards_in(text)), (
        SHORTEST
    )
