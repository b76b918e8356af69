"""Is nothing of a WhatsApp message at Infobip left unread?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers import INFOBIP
from gatekeeper.providers.contract import RawRequest

JSON = (("Content-Type", "application/json"),)
ENDS = {"from": "13122000203", "to": "12122000211"}


def parse(kind: str, body: object) -> None:
    target = f"/whatsapp/1/message/{kind}"
    raw = RawRequest("POST", target, JSON, json.dumps(body).encode())
    operation = INFOBIP.match(raw)
    assert operation is not None
    INFOBIP.parse(raw, operation)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text", {}),
        ("text", {"text": "a", "mediaUrl": "https://a.example"}),
        ("audio", {"mediaUrl": "https://a.example", "caption": "a"}),
        ("image", {"caption": "a"}),
    ],
)
def test_a_kind_of_content_has_its_own_fields_only(kind: str, content: object) -> None:
    with pytest.raises(AmbiguousRequest):
        parse(kind, {**ENDS, "content": content})


def test_an_sms_in_place_of_a_template_is_refused() -> None:
    content = {"templateName": "a", "templateData": {}, "language": "en"}
    failover = {"from": "a", "text": "b"}
    with pytest.raises(AmbiguousRequest, match="smsFailover"):
        parse("template", {"messages": [{**ENDS, "content": content, "smsFailover": failover}]})
