"""Is an SMS masked where its text stands, and only there?"""

from __future__ import annotations

import json

from gatekeeper.domain.match import Span
from gatekeeper.providers import INFOBIP
from gatekeeper.providers.contract import RawRequest

JSON = (("Content-Type", "application/json"),)


def asked(content: object) -> RawRequest:
    to = [{"to": "12122000211"}]
    body = {"messages": [{"sender": "a", "destinations": to, "content": content}]}
    return RawRequest("POST", "/sms/3/messages", JSON, json.dumps(body).encode())


def test_a_text_is_masked_and_data_is_not() -> None:
    masked = INFOBIP.redact(asked({"text": "pay 4111"}), [Span("messages/0/content/text", 4, 8)])
    assert masked is not None
    assert b"pay ****" in masked.body
    data = asked({"hex": "34313131"})
    operation = INFOBIP.match(data)
    assert operation is not None
    (part,) = INFOBIP.parse(data, operation).parts
    assert part.text == "4111"
    assert INFOBIP.redact(data, [Span(part.path, 0, 4)]) is None
