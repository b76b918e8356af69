"""Is every provider of one shape?"""

from __future__ import annotations

import inspect

import pytest

from gatekeeper.providers import PROVIDERS
from gatekeeper.providers.contract import Handling, Operation, Provider, RawRequest


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_a_provider_has_every_function_of_the_contract(provider: Provider) -> None:
    for name, function in inspect.getmembers(Provider, inspect.isfunction):
        if not name.startswith("_"):
            ours = inspect.signature(getattr(provider, name)).parameters
            assert list(ours) == list(inspect.signature(function).parameters)[1:]


def test_provider_names_are_unique() -> None:
    names = [provider.name for provider in PROVIDERS]
    assert len(set(names)) == len(names)


def test_a_raw_request_finds_headers_in_any_case_and_its_path() -> None:
    raw = RawRequest("GET", "/a?b=c?d", (("X-One", "1"), ("x-one", "2")), b"")
    assert raw.path == "/a"
    assert raw.header("x-ONE") == "1"
    assert raw.header("none") is None


def test_a_refused_operation_may_say_why() -> None:
    refused = Operation("refused", Handling.REFUSE, detail="No.", status=405)
    assert (refused.detail, refused.status) == ("No.", 405)
