"""Is each way in which a device may read an address looked at?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.reason import Reason
from gatekeeper.numbering.dialled import (
    rings_at_address,
    rings_emergency,
    rings_exactly,
    views,
)

US = ("US",)


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("9-1-1", ("911", False)),
        ("+1 911", ("1911", True)),
        ("911;ext=5", ("911", False)),
        ("911x5", ("911", False)),
        ("911,,5", ("911", False)),
        ("9w1w1", ("911", False)),
        ("*67911", ("911", False)),
        ("W11", ("911", False)),
        ("sip:911@example.com", ("911", False)),
        ('"Joe" <sip:911;user=phone@example.com>', ("911", False)),
        ("tel:%39%31%31", ("911", False)),
        ("1-800-FLOWERS", ("18003569377", False)),
    ],
)
def test_a_view_for_each_way_to_dial(text: str, view: tuple[str, bool]) -> None:
    assert view in views(text)


@pytest.mark.parametrize("text", ["", "joe", "sip:joe@911.example.com", "client:agent", "@911"])
def test_what_has_no_digits_to_dial_has_no_view(text: str) -> None:
    assert views(text) == frozenset()


def test_letters_around_digits_are_keys_not_decoration() -> None:
    """`agent911` is 24368911 on a keypad: nothing rings before its end."""
    assert rings_exactly("agent911", US) is None
    assert rings_exactly("911 agent", US) is None
    assert rings_emergency("911 agent", US)


def test_the_emergency_service_has_a_name_too() -> None:
    for name in ("urn:service:sos", "URN:SERVICE:SOS.fire"):
        assert rings_exactly(name, US) is Reason.DESTINATION_EMERGENCY
        assert rings_at_address(f"sip:{name}@host", US) is Reason.DESTINATION_EMERGENCY
    assert rings_exactly("urn:service:counseling", US) is None


def test_at_an_address_a_service_code_is_an_extension() -> None:
    assert rings_exactly("sip:411@host", US) is Reason.DESTINATION_SERVICE
    assert rings_at_address("sip:411@host", US) is None
