"""Is of a number shown what rules may ask, and no digit more?"""

from __future__ import annotations

import phonenumbers
import pytest

from gatekeeper.numbering.beginning import beginning, calling_code

EXAMPLES = [
    phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    for region in sorted(phonenumbers.SUPPORTED_REGIONS)
    if (number := phonenumbers.example_number(region)) is not None
]


def test_the_calling_code_is_what_the_library_reads_for_every_region() -> None:
    read = {e164: f"+{phonenumbers.parse(e164).country_code}" for e164 in EXAMPLES}
    assert len(read) > 200
    assert {e164: calling_code(e164) for e164 in EXAMPLES} == read


@pytest.mark.parametrize("text", ["", "+", "+999", "911", "+x"])
def test_what_has_no_calling_code_has_none(text: str) -> None:
    assert calling_code(text) == ""


@pytest.mark.parametrize(
    ("e164", "shown"),
    [("+447400123456", "+44740"), ("+79781234567", "+7978"), ("+380692123456", "+380692")],
)
def test_three_digits_after_it_are_shown(e164: str, shown: str) -> None:
    assert beginning(e164) == shown


def test_the_last_four_digits_of_a_short_number_stay_hidden() -> None:
    assert beginning("+29012345") == "+2901"
    assert beginning("+2901234") == "+290"


def test_no_region_shows_more_than_half_of_a_number_after_its_calling_code() -> None:
    for e164 in EXAMPLES:
        national = len(e164) - len(calling_code(e164))
        assert len(beginning(e164)) - len(calling_code(e164)) <= max(national - 4, 0)
