"""Is every message that the real SDK sends read, each failover by itself?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from tests.support.vonage_app import captured, parsed, request

ENDS = {"to": "12122000211", "from": "13122000201", "channel": "sms", "message_type": "text"}
TEXT = ENDS | {"text": "hi"}


@pytest.mark.parametrize(
    ("send", "channel"),
    [
        ("sms", Channel.SMS),
        ("sms.node", Channel.SMS),
        ("mms_image", Channel.MMS),
        ("rcs", Channel.RCS),
        ("whatsapp", Channel.WHATSAPP),
        ("whatsapp_template", Channel.WHATSAPP),
        ("whatsapp_custom", Channel.WHATSAPP),
        ("messenger", Channel.MESSENGER),
        ("failover", Channel.RCS),
        ("signed_messages", Channel.SMS),
    ],
)
def test_a_message_of_the_sdk_is_read_on_its_channel(send: str, channel: Channel) -> None:
    assert parsed(captured(send)).channel is channel


def test_each_failover_is_a_message_with_its_own_words() -> None:
    told = parsed(captured("failover"))
    (other,) = told.also
    assert [each.recipients[0].value for each in (told, other)] == ["+12122000211", "+12122000212"]
    assert [part.text for part in other.parts] == ["Your order A-1001 is ready."]


@pytest.mark.parametrize("send", ["viber", "sms_options"])
def test_what_nobody_could_judge_is_refused(send: str) -> None:
    with pytest.raises(AmbiguousRequest):
        parsed(captured(send))


@pytest.mark.parametrize("value", ["x", {"to": "1"}, [TEXT] * 11, [None], ["a"]])
def test_a_failover_is_a_short_list_of_messages(value: object) -> None:
    with pytest.raises(AmbiguousRequest, match="failover"):
        parsed(request("/v1/messages", TEXT | {"failover": value}))


def test_an_empty_failover_is_none() -> None:
    assert parsed(request("/v1/messages", TEXT | {"failover": []})).also == ()
