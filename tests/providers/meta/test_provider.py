"""Do the functions of the contract lead to Meta's own?"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime

from gatekeeper.domain.match import Span
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import Credential, RawRequest, Refusal
from gatekeeper.providers.meta import META
from tests.support.golden import golden_raw

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def test_a_send_is_matched_read_masked_and_put_under_a_token() -> None:
    raw = golden_raw("meta", "text")
    operation = META.match(raw)
    assert operation is not None
    assert META.credential(raw) is not None
    assert META.parse(raw, operation).provider == "meta"
    assert META.swap(raw, Credential("", "real")).header("authorization") == "Bearer real"
    masked = META.redact(raw, (Span("text/body", 0, 4),))
    assert masked is not None
    assert masked.body == raw.body.replace(b"Your", b"****", 1)
    assert META.deadline_s == 4.0


def test_a_webhook_and_a_refusal_are_its_own() -> None:
    body = b'{"object":"page","entry":[]}'
    signed = "sha256=" + hmac.new(b"s", body, hashlib.sha256).hexdigest()
    headers = (("Content-Type", "application/json"), ("X-Hub-Signature-256", signed))
    raw = RawRequest("POST", "/", headers, body)
    assert META.inbound(raw).account == ""
    assert META.verify(raw, "https://gate.example/", "s", NOW)
    assert META.events(raw) == ()
    assert META.resign(raw, "https://app.example/a", "t").target == "/a"
    assert META.greeting(raw) is None
    refusal = Refusal(Reason.SUSPENDED, Verdict.BLOCK, "x", Channel.WHATSAPP)
    assert META.refuse(refusal).status == 400
