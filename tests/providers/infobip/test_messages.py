"""Does every failover of a message go to the same people, as a message of its own?"""

from __future__ import annotations

import json

from gatekeeper.domain.words import Channel
from gatekeeper.providers import INFOBIP
from gatekeeper.providers.contract import RawRequest

JSON = (("Content-Type", "application/json"),)
TEXT = {"body": {"type": "TEXT", "text": "x"}}
TEMPLATE = {"templateName": "ready", "language": "en"}


def test_two_failovers_make_three_messages_to_the_same_people() -> None:
    message = {
        "channel": "RCS",
        "sender": "agent",
        "destinations": [{"to": "12122000211"}, {"to": "12122000212"}],
        "content": TEXT,
        "failover": [
            {"channel": "WHATSAPP", "sender": "13122000203", "template": TEMPLATE},
            {"channel": "SMS", "sender": "13122000201", "content": TEXT},
        ],
    }
    body = json.dumps({"messages": [message]}).encode()
    raw = RawRequest("POST", "/messages-api/1/messages", JSON, body)
    operation = INFOBIP.match(raw)
    assert operation is not None
    first = INFOBIP.parse(raw, operation)
    every = (first, *first.also)
    assert [each.channel for each in every] == [Channel.RCS, Channel.WHATSAPP, Channel.SMS]
    assert {each.recipients for each in every} == {first.recipients}
    assert [each.ref for each in every[1].opaque] == ["ready:en"]
