"""Numbers whose check digit is published pass; the same with another digit do not."""

from __future__ import annotations

import pytest

from gatekeeper.screening.check_digits import CHECKS

VALID = {
    "us_npi": ("1234567893", "1245319599", "1679576722"),
    "mx_clabe": ("002115016003269411", "032180000118359719"),
    "jp_my_number": ("123456789018",),
    "hu_taj": ("111111110", "123456788"),
    "au_medicare": ("2123456701", "2428778132", "24287781321"),
    "ru_snils": ("11223344595",),
    "uy_ci": ("12345672",),
    "sa_id": ("2111111114", "1234567897"),
    "ae_id": ("784198512345673",),
    "in_vid": ("2341234123412341",),
}
FORMS = {
    "eg_id": ("29001150112345", "29013150112345"),
    "ng_bvn": ("22123456789", "32123456789"),
    "ng_nin": ("37039900555", "08031234567"),
    "not_repeated": ("12345678901", "11111111111"),
}
"""Ids without a check digit: one that can be, one that cannot."""


@pytest.mark.parametrize(("name", "number"), [(n, v) for n, vs in VALID.items() for v in vs])
def test_a_valid_number_passes_and_a_wrong_last_digit_does_not(name: str, number: str) -> None:
    check = CHECKS[name]
    at = 8 if name == "au_medicare" else len(number) - 1
    others = [f"{number[:at]}{d}{number[at + 1 :]}" for d in "0123456789" if d != number[at]]
    assert check(number)
    assert not any(check(other) for other in others)


@pytest.mark.parametrize("name", FORMS)
def test_a_number_that_cannot_have_been_issued_does_not_pass(name: str) -> None:
    good, bad = FORMS[name]
    assert CHECKS[name](good)
    assert not CHECKS[name](bad)


def test_every_check_is_held_by_an_example() -> None:
    assert set(CHECKS) == {*VALID, *FORMS}
