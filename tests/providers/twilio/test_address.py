"""Which channel and kind does an address name?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.message import AddressKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.twilio.address import (
    call_party,
    channel_of,
    message_recipient,
    message_sender,
    service,
)


@pytest.mark.parametrize(
    ("address", "channel", "rest"),
    [
        ("+12122000123", Channel.SMS, "+12122000123"),
        ("tel:+12122000123", Channel.SMS, "tel:+12122000123"),
        ("whatsapp:+12122000123", Channel.WHATSAPP, "+12122000123"),
        ("messenger:12345", Channel.MESSENGER, "12345"),
        ("rcs:+12122000123", Channel.RCS, "+12122000123"),
    ],
)
def test_the_prefix_names_the_channel(address: str, channel: Channel, rest: str) -> None:
    assert channel_of(address, "To") == (channel, rest)


@pytest.mark.parametrize(
    "address", ["WhatsApp:+1", " whatsapp:+1", "whatsapp :+1", "telegram:1", "whatsapp:", ":1"]
)
def test_any_other_prefix_is_refused(address: str) -> None:
    with pytest.raises(AmbiguousRequest, match="prefix"):
        channel_of(address, "To")


@pytest.mark.parametrize(
    ("channel", "value", "kind"),
    [
        (Channel.SMS, "+13122000100", AddressKind.PHONE),
        (Channel.SMS, "13122000100", AddressKind.PHONE),
        (Channel.SMS, "12345", AddressKind.SHORT_CODE),
        (Channel.SMS, "ACME", AddressKind.ALPHANUMERIC),
        (Channel.SMS, "MG" + "0a" * 16, AddressKind.SERVICE),
        (Channel.WHATSAPP, "+13122000100", AddressKind.PHONE),
        (Channel.MESSENGER, "12345", AddressKind.PAGE),
        (Channel.RCS, "acme_agent", AddressKind.UNKNOWN),
    ],
)
def test_a_sender_is_of_the_kind_its_form_shows(
    channel: Channel, value: str, kind: AddressKind
) -> None:
    assert message_sender(channel, value).kind is kind


def test_a_recipient_is_a_phone_except_on_messenger() -> None:
    """Even 911 is a phone here: what may be dialled is for numbering to say."""
    assert message_recipient(Channel.SMS, "911").kind is AddressKind.PHONE
    assert message_recipient(Channel.MESSENGER, "12345").kind is AddressKind.PSID


def test_a_service_id_has_twilios_form() -> None:
    assert service("MG" + "0a" * 16).kind is AddressKind.SERVICE
    with pytest.raises(AmbiguousRequest):
        service("MG1")


@pytest.mark.parametrize(
    ("party", "kind", "value"),
    [
        ("+12122000123", AddressKind.PHONE, "+12122000123"),
        ("sip:a@b.example", AddressKind.SIP, "sip:a@b.example"),
        ("client:joey", AddressKind.CLIENT, "client:joey"),
        ("whatsapp:+12122000123", AddressKind.PHONE, "+12122000123"),
    ],
)
def test_a_call_party_is_a_phone_a_sip_or_a_client(
    party: str, kind: AddressKind, value: str
) -> None:
    address = call_party(party, "To")
    assert (address.kind, address.value) == (kind, value)


def test_an_application_is_no_call_party() -> None:
    with pytest.raises(AmbiguousRequest):
        call_party("app:AP" + "0a" * 16, "To")
