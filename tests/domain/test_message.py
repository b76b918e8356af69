from __future__ import annotations

import pytest

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.domain.words import Channel, Technology

TO = Address(AddressKind.PHONE, "+12122000123", "To")


def test_a_request_is_frozen_and_its_technology_unknown_unless_said() -> None:
    request = OutboundRequest("twilio", "messages", Channel.SMS, TO, (TO,))
    assert request.technology is Technology.UNKNOWN
    with pytest.raises(AttributeError):
        request.channel = Channel.VOICE  # type: ignore[misc]


def test_two_requests_do_not_share_their_extras() -> None:
    one = OutboundRequest("twilio", "messages", Channel.SMS, TO, (TO,))
    two = OutboundRequest("twilio", "messages", Channel.SMS, TO, (TO,))
    one.extras["Tag"] = "HUMAN_AGENT"
    assert two.extras == {}
