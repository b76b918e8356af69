"""Is what the SDKs send read, whole? (See also the cases.)"""

from __future__ import annotations

import json

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from tests.support.plivo_requests import captured, parsed, request

SENT = ("mms", "powerpack", "sms", "sms.node", "sms_many", "sms_many.node", "whatsapp_buttons",
        "whatsapp_location", "whatsapp_template", "whatsapp_text")  # fmt: skip


@pytest.mark.parametrize("send", SENT)
def test_every_message_of_the_sdks_is_read(send: str) -> None:
    raw = captured()[send]
    read, sent = parsed(raw), json.loads(raw.body)
    assert [each.value for each in read.recipients] == sent["dst"].split("<")
    assert (read.channel is Channel.WHATSAPP) is send.startswith("whatsapp")
    if "text" in sent:
        assert sent["text"] in [part.text for part in read.parts]


@pytest.mark.parametrize(
    "more",
    [
        {"template": {"name": "a", "language": "b"}},
        {"interactive": {"body": {"text": "a"}}},
        {"location": {"name": "a"}},
    ],
)
def test_what_is_whatsapps_is_no_sms(more: dict[str, object]) -> None:
    with pytest.raises(AmbiguousRequest, match="needs the type whatsapp"):
        parsed(request("Message/", {"dst": "+12122000211", "src": "1", "text": "a", **more}))
