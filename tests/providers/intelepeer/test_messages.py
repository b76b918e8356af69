"""Who sends, by a code that IntelePeer writes in a way of its own? (The rest are cases.)"""

from __future__ import annotations

import pytest

from gatekeeper.domain.message import AddressKind
from gatekeeper.providers.intelepeer.messages import from_code


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("+13122000201", AddressKind.PHONE, "+13122000201"),
        ("13122000201", AddressKind.PHONE, "+13122000201"),
        ("1-12345", AddressKind.SHORT_CODE, "12345"),
        ("44-12345", AddressKind.SHORT_CODE, "44-12345"),
        ("57-MyCompany", AddressKind.ALPHANUMERIC, "MyCompany"),
        ("57-Hello8", AddressKind.ALPHANUMERIC, "Hello8"),
        ("12345", AddressKind.PHONE, "12345"),
        ("1-My Company", AddressKind.PHONE, "1-My Company"),
    ],
)
def test_a_sender_is_named_as_it_is_registered(written: str, kind: AddressKind, value: str) -> None:
    address = from_code(written, "from")
    assert (address.kind, address.value, address.path) == (kind, value, "from")
