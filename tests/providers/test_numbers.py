"""Are digits read as the international number that the provider takes them for?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.message import AddressKind
from gatekeeper.providers.numbers import international, recipient_of, sender_of


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("14155550100", "+14155550100"),
        ("447700900123", "+447700900123"),
        ("+14155550100", "+14155550100"),
        ("911", "911"),
        ("0014155550100", "0014155550100"),
        ("1234567890123456", "1234567890123456"),
        ("1 415 555 0100", "1 415 555 0100"),
        ("١٤١٥٥٥٥٠١٠٠", "١٤١٥٥٥٥٠١٠٠"),
    ],
)
def test_only_plain_digits_of_an_international_length_get_a_plus(given: str, read: str) -> None:
    assert international(given) == read


def test_a_recipient_without_a_number_stays_as_it_is() -> None:
    address = recipient_of("1234567890", "to", AddressKind.PSID)
    assert (address.kind, address.value) == (AddressKind.PSID, "1234567890")


@pytest.mark.parametrize(
    ("given", "kind", "value"),
    [
        ("12345", AddressKind.SHORT_CODE, "12345"),
        ("Acme", AddressKind.ALPHANUMERIC, "Acme"),
        ("13122000100", AddressKind.PHONE, "+13122000100"),
        ("+13122000100", AddressKind.PHONE, "+13122000100"),
    ],
)
def test_a_sender_is_what_its_form_says(given: str, kind: AddressKind, value: str) -> None:
    address = sender_of(given, "from")
    assert (address.kind, address.value, address.path) == (kind, value, "from")


def test_a_sender_of_a_given_kind_is_not_guessed_at() -> None:
    assert sender_of("12345", "page", AddressKind.PAGE).kind is AddressKind.PAGE
