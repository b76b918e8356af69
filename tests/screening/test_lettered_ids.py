"""Ids with letters are told by their letters' rules and check digits, however they are written."""

from __future__ import annotations

import pytest

from gatekeeper.screening.lettered_ids import CHECKS, compact

CASES = {
    "gb_nino": (("AB123456C", "jg 36 61 95 b"), ("GB123456A", "AB123456E", "DA123456A")),
    "us_dea": (("AB1234563", "FB9876547"), ("AB1234564",)),
    "sg_nric": (("S1234567D", "T0123456G", "G1234567X", "m1234567k"), ("S1234567A", "G1234567D")),
    "hk_id": (("A123456(3)", "G123456(A)", "AB987654(3)", "a1234563"), ("A123456(4)",)),
    "tw_id": (("A123456789", "F131104093"), ("A123456788",)),
    "ca_ramq": (("TREM 7501 0123", "GAGN85561234"), ("TREM 7513 0123", "TREM75013223")),
    "holds_card": (
        ("%B4111111111111111^DOE/JOHN^2712", ";4111111111111111=27121010"),
        ("%B4111111111111112^DOE/JOHN^2712", "%B123^DOE/JOHN^2712", "4111111111111111"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_valid_values_pass_and_others_do_not(name: str) -> None:
    valid, invalid = CASES[name]
    assert all(CHECKS[name](value) for value in valid)
    assert not any(CHECKS[name](value) for value in invalid)


def test_every_check_is_held_by_examples() -> None:
    assert set(CASES) == set(CHECKS)


def test_spaces_signs_and_letter_case_are_not_part_of_a_value() -> None:
    assert compact("ab-12 34.c") == "AB1234C"
