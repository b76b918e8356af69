"""Are numbers for emergencies, services and fees told from ordinary ones?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.number import Number
from gatekeeper.domain.reason import Reason
from gatekeeper.numbering.parse import read
from gatekeeper.numbering.special import (
    extension,
    full_number,
    gravest,
    kind_of,
    nanp_line,
    short_number,
    starts_emergency,
)

US = ("US",)


@pytest.mark.parametrize("digits", ["911", "1911", "0911", "00911", "011911", "0111911", "112"])
def test_access_codes_before_an_emergency_number_do_not_hide_it(digits: str) -> None:
    assert short_number(digits, False, US) is Reason.DESTINATION_EMERGENCY
    assert short_number(digits, True, US) is Reason.DESTINATION_EMERGENCY


def test_country_codes_are_taken_off_only_behind_an_international_prefix() -> None:
    """44999 is a short code in the United States, +44 999 rings in the United Kingdom."""
    assert short_number("44999", False, US) is None
    assert short_number("44999", True, US) is Reason.DESTINATION_EMERGENCY
    assert short_number("01144999", False, US) is Reason.DESTINATION_EMERGENCY


@pytest.mark.parametrize("digits", ["22395", "9115", "32665", "2122000123", "12122000911", ""])
def test_other_codes_are_not_special(digits: str) -> None:
    assert short_number(digits, False, US) is None


def test_a_service_code_is_one_only_in_the_north_american_plan() -> None:
    assert short_number("311", False, US) is Reason.DESTINATION_SERVICE
    assert short_number("311", False, ("GB",)) is None


def test_an_office_extension_is_not_another_countrys_police() -> None:
    assert short_number("110", False, US) is Reason.DESTINATION_EMERGENCY
    assert extension("110", False, US) is None
    assert extension("110", False, ("DE",)) is Reason.DESTINATION_EMERGENCY
    assert extension("911", False, US) is Reason.DESTINATION_EMERGENCY
    assert extension("211", False, US) is None


def test_an_emergency_prefix_is_heard_only_at_the_beginning() -> None:
    assert starts_emergency("91199", False, US)
    assert starts_emergency("191199", False, US)
    assert not starts_emergency("299119", False, US)
    assert not starts_emergency("19112345678", True, US)


def test_emergency_is_graver_than_crisis_than_service() -> None:
    crisis, service = Reason.DESTINATION_CRISIS, Reason.DESTINATION_SERVICE
    assert gravest([None, service, crisis]) is crisis
    assert gravest([crisis, Reason.DESTINATION_EMERGENCY]) is Reason.DESTINATION_EMERGENCY
    assert gravest([None]) is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (("900", "200", "0123"), Reason.DESTINATION_PREMIUM),
        (("212", "976", "0123"), Reason.DESTINATION_PREMIUM),
        (("212", "555", "1212"), Reason.DESTINATION_SERVICE),
        (("212", "555", "0100"), Reason.DESTINATION_FICTIONAL),
        (("212", "555", "0199"), Reason.DESTINATION_FICTIONAL),
    ],
)
def test_kept_lines_of_the_north_american_plan(line: tuple[str, str, str], reason: Reason) -> None:
    found = nanp_line(*line)
    assert found is not None
    assert found[0] is reason


@pytest.mark.parametrize(
    "line", [("212", "555", "0099"), ("212", "555", "0200"), ("976", "200", "0123")]
)
def test_lines_beside_the_kept_ones_are_ordinary(line: tuple[str, str, str]) -> None:
    assert nanp_line(*line) is None


def test_a_help_line_behind_its_country_code_is_found_though_it_is_valid() -> None:
    found = full_number(Number("+61131126", "AU", geographic=False))
    assert found is not None
    assert found[0] is Reason.DESTINATION_CRISIS


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("+12122000123", "fixed_line_or_mobile"),
        ("+18002000123", "toll_free"),
        ("+447911123456", "mobile"),
        ("+448701234567", "premium_rate"),
        ("+979123456789", "international_premium_rate"),
        ("+88213300655", "international_voip"),
        ("+80012345678", "international_toll_free"),
    ],
)
def test_the_kind_of_a_number_is_the_librarys_word(raw: str, kind: str) -> None:
    number = read(raw).number
    assert number is not None
    assert kind_of(number) == kind
