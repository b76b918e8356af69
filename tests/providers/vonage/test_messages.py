"""Is what the real SDK sends to the Messages API read? (The cases hold the rest.)"""

from __future__ import annotations

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.providers import VONAGE
from tests.support.vonage_app import captured

READ = {
    "sms": Channel.SMS,
    "sms_options": Channel.SMS,
    "mms_image": Channel.MMS,
    "whatsapp": Channel.WHATSAPP,
    "whatsapp_custom": Channel.WHATSAPP,
    "whatsapp_template": Channel.WHATSAPP,
    "messenger": Channel.MESSENGER,
    "rcs": Channel.RCS,
    "failover": Channel.RCS,
    "signed_messages": Channel.SMS,
}


@pytest.mark.parametrize("name", READ)
def test_what_the_sdk_sends_is_read(name: str) -> None:
    raw = captured(name)
    operation = VONAGE.match(raw)
    assert operation is not None
    request = VONAGE.parse(raw, operation)
    assert request.channel is READ[name]
    assert request.parts
    assert (request.natural_key is not None) is (name == "signed_messages")
