"""Is a text masked where it stands, and data never?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.domain.match import Span
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers import MESSAGEBIRD
from gatekeeper.providers.contract import RawRequest

JSON = (("Content-Type", "application/json"),)


def asked(target: str, **body: object) -> RawRequest:
    told = {"originator": "a", "recipients": "12122000211", **body}
    return RawRequest("POST", target, JSON, json.dumps(told).encode())


def test_a_text_is_masked_and_data_is_not() -> None:
    masked = MESSAGEBIRD.redact(asked("/messages", body="pay 4111"), [Span("body", 4, 8)])
    assert masked is not None
    assert b"pay ****" in masked.body
    data = asked("/messages", body="34313131", type="binary")
    operation = MESSAGEBIRD.match(data)
    assert operation is not None
    (part,) = MESSAGEBIRD.parse(data, operation).parts
    assert part.text == "4111"
    assert MESSAGEBIRD.redact(data, [Span(part.path, 0, 4)]) is None


def test_a_picture_message_has_something_to_show() -> None:
    raw = asked("/mms", mediaUrls=[])
    operation = MESSAGEBIRD.match(raw)
    assert operation is not None
    with pytest.raises(AmbiguousRequest, match="nothing to send"):
        MESSAGEBIRD.parse(raw, operation)
