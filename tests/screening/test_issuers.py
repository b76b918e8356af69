"""Cards are told by first digits and length together."""

from __future__ import annotations

import pytest

from gatekeeper.screening.issuers import issuer


@pytest.mark.parametrize(
    ("digits", "name"),
    [
        ("4000000000000000", "visa"),
        ("2221000000000000", "mastercard"),
        ("2720990000000000", "mastercard"),
        ("340000000000000", "american express"),
        ("36000000000000", "diners club"),
        ("3528000000000000", "jcb"),
        ("6011000000000000", "discover"),
        ("6200000000000000000", "unionpay"),
        ("675900000000", "maestro"),
        ("5061000000000000000", "verve"),
        ("5066990000000000", "elo"),
        ("6062820000000000", "hipercard"),
        ("2205000000000000", "borica"),
        ("67030000000000000", "bancontact"),
        ("8600000000000000", "uzcard"),
        ("9860000000000000", "humo"),
        ("9792000000000000", "troy"),
        ("2200000000000000", "mir"),
        ("5019000000000000", "maestro"),
        ("3571110000000000", "jcb"),
        ("6370000000000000", "instapayment"),
        ("8171000000000000", "unionpay"),
        ("8200000000000000", "rupay"),
    ],
)
def test_a_scheme_is_known_by_its_range(digits: str, name: str) -> None:
    found = issuer(digits)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "digits",
    ["2220990000000000", "2721000000000000", "4000000000000", "1" * 16, "8172000000000000"],
)
def test_just_outside_a_range_is_no_strong_card(digits: str) -> None:
    found = issuer(digits)
    assert found is None or found.weak


def test_short_numbers_are_weak_evidence() -> None:
    found = issuer("675900000000")
    assert found is not None
    assert found.weak
