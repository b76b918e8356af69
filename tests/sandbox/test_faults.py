"""Which numbers fail in the sandbox?"""

from __future__ import annotations

import pytest

from gatekeeper.sandbox.faults import MAGIC, TROUBLE, UNDELIVERED, Fault, Silence, code_of, fault_of


@pytest.mark.parametrize("number", ["+12122000123", "", "whatsapp:+13122000100", "911"])
def test_an_ordinary_number_works(number: str) -> None:
    assert fault_of(number) is None


def test_twilios_magic_numbers_and_troubled_ones_fail_on_every_channel() -> None:
    for number, fault in MAGIC.items():
        assert fault_of(number) is fault_of(f"whatsapp:{number}") is fault
    for ending, trouble in TROUBLE.items():
        assert fault_of(f"+1212{ending}") is fault_of(f"+1416{ending}") is trouble


def test_some_get_nothing_of_what_was_accepted() -> None:
    assert code_of("whatsapp:+12125550196") == 21610
    assert code_of("+12122000123") is None
    assert all(fault_of("+1212" + ending) is None for ending in UNDELIVERED)


def test_troubled_numbers_are_fictional() -> None:
    assert all(ending.startswith("55501") for ending in UNDELIVERED)
    assert all(ending.startswith("55501") for ending in TROUBLE)
    assert set(Silence) <= set(TROUBLE.values())
    assert any(isinstance(fault, Fault) and fault.status == 500 for fault in TROUBLE.values())
