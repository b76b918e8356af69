from __future__ import annotations

import pytest
from pydantic import ValidationError

from gatekeeper.checks import CHECKS
from gatekeeper.checks.contract import Params


class Named(Params):
    name: str


def test_parameters_refuse_an_unknown_key_and_a_change() -> None:
    with pytest.raises(ValidationError):
        Named.model_validate({"name": "a", "nmae": "b"})
    with pytest.raises(ValidationError):
        Named(name="a").name = "b"  # type: ignore[misc]


def test_every_check_has_its_own_name_and_parameters() -> None:
    names = [check.name for check in CHECKS]
    assert len(set(names)) == len(names)
    assert len({check.params for check in CHECKS}) == len(CHECKS)
