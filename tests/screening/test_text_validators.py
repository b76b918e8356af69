"""Values with letters are checked by name, as numbers are."""

from __future__ import annotations

import pytest

from gatekeeper.screening.screener import Screener
from gatekeeper.screening.text_validators import text_validator
from tests.support.detectors import body, detector

TAX_CODE = r"""
id: tax_code
family: payment
title: An Italian tax code
citation: D.M. 12 marzo 1974
verified_on: 2026-11-20
gate: {shape: '\b[A-Z]{6}[0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{3}[A-Z]\b'}
find:
  re2: ['\b[A-Z]{6}[0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{3}[A-Z]\b']
  validator: stdnum.it.codicefiscale
likelihood: likely
positives: ["RCCMNL83S18D969H"]
negatives: ["RCCMNL83S18D969A"]
"""


def test_a_module_of_python_stdnum_serves_by_its_name() -> None:
    check = text_validator("stdnum.it.codicefiscale")
    assert check("RCCMNL83S18D969H") is not None
    assert check("RCCMNL83S18D969A") is None


@pytest.mark.parametrize("name", ["stdnum.xx.nothing", "os.path", "tax_code"])
def test_an_unknown_name_is_no_validator(name: str) -> None:
    with pytest.raises(KeyError):
        text_validator(name)


def test_a_pattern_with_a_validator_finds_only_what_is_valid() -> None:
    screener = Screener([detector("tax_code", TAX_CODE)])
    (match,) = screener.screen((body("code RCCMNL83S18D969H thanks"),))
    assert (match.start, match.end, match.trace) == (5, 21, ("stdnum.it.codicefiscale",))
    assert screener.screen((body("code RCCMNL83S18D969A thanks"),)) == ()
