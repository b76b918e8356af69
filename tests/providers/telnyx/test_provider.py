"""Is Telnyx one provider of the contract, whole?"""

from __future__ import annotations

import json

from gatekeeper.domain.match import Span
from gatekeeper.providers import TELNYX
from gatekeeper.providers.contract import Credential, Reply
from gatekeeper.providers.webhook import Meaning
from tests.support.telnyx_requests import NOW, PUBLIC, captured, event, request


def test_it_identifies_swaps_and_verifies_by_its_own_modules() -> None:
    raw = captured()["sms"]
    assert TELNYX.credential(TELNYX.swap(raw, Credential("", "KEY"))) == Credential("", "KEY")
    assert TELNYX.verify(event("message.received", {}), "https://gate.example", PUBLIC, NOW)
    refused = Reply(403, (), json.dumps({"errors": [{"code": "40300", "title": "STOP"}]}).encode())
    assert TELNYX.told(refused) is Meaning.OPTED_OUT


def test_a_text_is_masked_in_place_and_what_an_encoded_state_says_is_not() -> None:
    raw = request(
        "/v2/messages", b'{"to": "+1",  "text": "a secret \\u00e9", "client_state": "YQ=="}'
    )
    masked = TELNYX.redact(raw, [Span("text", 2, 8)])
    assert masked is not None
    assert masked.body == raw.body.replace(b"secret", b"******")
    assert TELNYX.redact(raw, [Span("client_state(decoded)", 0, 1)]) is None


def test_a_group_is_never_thinned_out() -> None:
    raw = captured()["group_mms"]
    operation = TELNYX.match(raw)
    assert operation is not None
    assert TELNYX.drop(raw, operation, [0]) is None
