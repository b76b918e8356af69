"""Only an address that the provider must read as the number decided about may pass."""

from __future__ import annotations

import pytest

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.reason import Reason
from gatekeeper.pipeline.addresses import reading_of


def phone(value: str) -> Address:
    return Address(AddressKind.PHONE, value, "To")


@pytest.mark.parametrize(
    "written", ["+12122000123", "2122000123", "12122000123", "+1 (212) 200-0123", "212.200.0123"]
)
def test_a_plain_number_is_read(written: str) -> None:
    number = reading_of(phone(written)).number
    assert number is not None
    assert number.e164 == "+12122000123"


@pytest.mark.parametrize(
    "written",
    [
        "+1212200ABCD",
        "+12122000123 ext 5",
        "tel:+12122000123",
        "+１２１２２０００１２３",
        "+1212\u200b2000123",
        "+1212/2000123",
        "0012122000123",
        "+1+12122000123",
        "+12122000123,911",
    ],
)
def test_a_number_that_leaves_room_is_refused(written: str) -> None:
    reading = reading_of(phone(written))
    assert reading.number is None
    assert reading.problem is not None


@pytest.mark.parametrize("written", ["911", "９１１", "tel:911", "9-1-1", "\u200b911"])
def test_an_emergency_number_is_one_in_every_disguise(written: str) -> None:
    assert reading_of(phone(written)).problem is Reason.DESTINATION_EMERGENCY


def test_a_page_scoped_id_is_no_number() -> None:
    reading = reading_of(Address(AddressKind.PSID, "12122000123", "To"))
    assert (reading.number, reading.problem) == (None, None)


def test_the_number_in_a_sip_address_need_not_be_plain() -> None:
    reading = reading_of(Address(AddressKind.SIP, "sip:+12122000123@pbx.example", "To"))
    assert reading.number is None or reading.number.e164 == "+12122000123"


@pytest.mark.parametrize("kind", [AddressKind.PSID, AddressKind.BSUID])
def test_an_id_that_only_one_business_knows_has_no_number(kind: AddressKind) -> None:
    reading = reading_of(Address(kind, "US.13491208655302741918", "to"))
    assert (reading.number, reading.problem) == (None, None)
