from __future__ import annotations

import inspect

import pytest

from gatekeeper import errors
from gatekeeper.errors import (
    AmbiguousRequest,
    CredentialInvalid,
    DependencyUnavailable,
    GatekeeperError,
    PolicyError,
    RequestRefused,
)

EVERY = [cls for _, cls in inspect.getmembers(errors, inspect.isclass)]


@pytest.mark.parametrize("cls", EVERY)
def test_every_error_is_one_of_ours_and_stands_in_the_tree(cls: type) -> None:
    assert issubclass(cls, GatekeeperError)
    assert cls.__name__ in (errors.__doc__ or "")


def test_policy_faults_are_lines() -> None:
    error = PolicyError(("a.yaml:1:1: wrong", "b.yaml:2:3: worse"))
    assert str(error).splitlines() == list(error.faults)


def test_a_lost_dependency_says_which() -> None:
    error = DependencyUnavailable("store", "no answer in 250 ms")
    assert error.dependency == "store"
    assert str(error) == "store: no answer in 250 ms"


def test_refusals_are_told_apart_and_an_ambiguous_one_has_a_status() -> None:
    assert issubclass(CredentialInvalid, RequestRefused)
    assert AmbiguousRequest("doubled To").status == 400
    assert AmbiguousRequest("too large", status=413).status == 413
