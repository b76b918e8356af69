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
    ],
)
def test_a_scheme_is_known_by_its_range(digits: str, name: str) -> None:
    found = issuer(digits)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "digits", ["2220990000000000", "2721000000000000", "4000000000000", "1" * 16]
)
def test_just_outside_a_range_is_no_strong_card(digits: str) -> None:
    found = issuer(digits)
    assert found is None or found.weak


def test_short_numbers_are_weak_evidence() -> None:
    found = issuer("675900000000")
    assert found is not None
    assert found.weak
