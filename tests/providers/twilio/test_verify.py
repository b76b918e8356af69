"""What is read of a verification?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.message import Address, AddressKind, Opaque, OutboundRequest
from gatekeeper.domain.words import Channel, Role, Technology
from gatekeeper.errors import AmbiguousRequest
from tests.support.twilio_requests import sent

VA, ANA = "VA" + "1b" * 16, "+12122000211"


def verification(**fields: object) -> OutboundRequest:
    return sent(f"/v2/Services/{VA}/Verifications", **{"To": ANA, "Channel": "sms", **fields})


def test_the_service_is_the_sender() -> None:
    read = verification()
    assert read.sender == Address(AddressKind.SERVICE, VA, "Service")
    assert read.recipients == (Address(AddressKind.PHONE, ANA, "To"),)
    assert (read.parts, read.opaque) == ((), ())


@pytest.mark.parametrize(
    ("word", "channel", "technology"),
    [
        ("sms", Channel.SMS, Technology.UNKNOWN),
        ("whatsapp", Channel.WHATSAPP, Technology.UNKNOWN),
        ("call", Channel.VOICE, Technology.ARTIFICIAL),
    ],
)
def test_its_channel_is_named(word: str, channel: Channel, technology: Technology) -> None:
    read = verification(Channel=word)
    assert (read.channel, read.technology) == (channel, technology)


@pytest.mark.parametrize("word", ["email", "auto", "sna", "push", "SMS", "", None])
def test_any_other_channel_is_refused(word: str | None) -> None:
    with pytest.raises(AmbiguousRequest, match="Channel"):
        verification(Channel=word)


def test_every_text_of_it_is_read() -> None:
    read = verification(
        CustomMessage="Hello", CustomFriendlyName="Acme", CustomCode="481516", Payee="Ana",
        Amount="10", AppHash="AB+cd/12345", SendDigits="12", DeviceIp="192.0.2.1",
        TemplateCustomSubstitutions='{"name":"Ana"}', RateLimits='{"end":"x"}', Tags='{"t":"y"}',
    )  # fmt: skip
    assert {part.path: (part.role, part.text) for part in read.parts} == {
        "CustomMessage": (Role.BODY, "Hello"),
        "CustomFriendlyName": (Role.TEMPLATE_VAR, "Acme"),
        "CustomCode": (Role.TEMPLATE_VAR, "481516"),
        "Payee": (Role.TEMPLATE_VAR, "Ana"),
        "Amount": (Role.TEMPLATE_VAR, "10"),
        "AppHash": (Role.TEMPLATE_VAR, "AB+cd/12345"),
        "SendDigits": (Role.DIGITS, "12"),
        "TemplateCustomSubstitutions/name": (Role.TEMPLATE_VAR, "Ana"),
        "RateLimits/end": (Role.REFERENCE, "x"),
        "Tags/t": (Role.REFERENCE, "y"),
        "DeviceIp": (Role.REFERENCE, "192.0.2.1"),
    }


def test_a_template_of_its_own_is_opaque() -> None:
    read = verification(TemplateSid="HJ1")
    assert read.opaque == (Opaque("verify_template", "HJ1", "TemplateSid"),)


@pytest.mark.parametrize(
    "fields",
    [
        {"To": None},
        {"To": [ANA, ANA]},
        {"ChannelConfiguration": "{}"},
        {"Templates": "{}"},
        {"TemplateCustomSubstitutions": "words"},
        {"Body": "words"},
    ],
)
def test_a_verification_without_one_meaning_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(AmbiguousRequest):
        verification(**fields)
