"""A validator is known by its name and kind, and a misspelled one finds the nearest."""

from __future__ import annotations

import pytest

from gatekeeper.policy.faults import suggest
from gatekeeper.screening.validator_names import known_validators, loads
from gatekeeper.screening.validators import VALIDATORS


@pytest.mark.parametrize(
    ("name", "textual", "known"),
    [
        ("card", False, True),
        ("card", True, False),
        ("stdnum.us.ssn", False, True),
        ("stdnum.it.codicefiscale", True, True),
        ("kard", False, False),
        ("os.system", False, False),
        ("os.system", True, False),
    ],
)
def test_a_validator_serves_numbers_or_values(name: str, textual: bool, known: bool) -> None:
    assert loads(name, textual=textual) is known


def test_what_was_meant_is_found_among_ours_and_those_of_stdnum() -> None:
    assert set(VALIDATORS) == set(known_validators("kard", textual=False))
    modules = known_validators("stdnum.us.snn", textual=False)
    assert suggest("stdnum.us.snn", modules) == " (did you mean stdnum.us.ssn?)"
    assert {"stdnum.luhn", "stdnum.gb.nhs", "stdnum.iban"} <= set(modules)
    assert all(loads(name, textual=False) for name in ("stdnum.luhn", "stdnum.gb.nhs"))
