"""Is a webhook believed only under Telnyx's own key and near its own time?"""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta

import pytest
from msgspec.structs import replace

from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.telnyx.signature import SIGNATURE, TIMESTAMP, public_key, resign, verify
from tests.support.telnyx_requests import JSON, NOW, PUBLIC, signed

BODY = '{"data": {"event_type": "message.received", "text": "ça va"}}'.encode()


def test_telnyx_own_signature_holds() -> None:
    assert verify(signed(BODY), PUBLIC, NOW)


@pytest.mark.parametrize("seconds", [-301, 301, -86_400])
def test_another_time_does_not(seconds: int) -> None:
    assert verify(signed(BODY), PUBLIC, NOW + timedelta(seconds=299))
    assert not verify(signed(BODY), PUBLIC, NOW + timedelta(seconds=seconds))


def test_another_body_key_or_time_in_the_header_does_not() -> None:
    raw = signed(BODY)
    assert not verify(replace(raw, body=BODY + b" "), PUBLIC, NOW)
    assert not verify(raw, b64encode(b"k" * 32).decode(), NOW)
    later = str(int(NOW.timestamp()) + 1)
    moved = tuple((k, later if k == "Telnyx-Timestamp" else v) for k, v in raw.headers)
    assert not verify(replace(raw, headers=moved), PUBLIC, NOW)


@pytest.mark.parametrize("name", ["Telnyx-Signature-Ed25519", "Telnyx-Timestamp"])
def test_a_header_that_is_missing_or_doubled_does_not(name: str) -> None:
    raw = signed(BODY)
    without = tuple(pair for pair in raw.headers if pair[0] != name)
    assert not verify(replace(raw, headers=without), PUBLIC, NOW)
    doubled = (*raw.headers, next(pair for pair in raw.headers if pair[0] == name))
    assert not verify(replace(raw, headers=doubled), PUBLIC, NOW)


@pytest.mark.parametrize("value", ["", "%%%", "AAAA", "é"])
def test_what_is_no_signature_does_not(value: str) -> None:
    raw = signed(BODY)
    odd = tuple((k, value if k.endswith("Ed25519") else v) for k, v in raw.headers)
    assert not verify(replace(raw, headers=odd), PUBLIC, NOW)
    assert not verify(raw, "", NOW)


def test_what_is_passed_on_keeps_telnyx_own_signature() -> None:
    raw = signed(BODY)
    passed = resign(raw, "https://app.example/in?a=1", "whs_of-the-app")
    assert (passed.target, passed.body) == ("/in?a=1", BODY)
    assert verify(passed, PUBLIC, NOW)


def test_a_sandbox_signs_with_a_key_made_of_the_secret() -> None:
    stamp = str(int(NOW.timestamp()))
    bare = RawRequest("POST", "/", (("Content-Type", JSON), (TIMESTAMP, stamp)), BODY)
    made = resign(bare, "https://gate.example/v1/inbound/telnyx/shop", "the-sandbox")
    assert made.header(SIGNATURE)
    assert verify(made, "the-sandbox", NOW)
    assert verify(made, public_key("the-sandbox"), NOW)
    assert not verify(made, "another", NOW)
    assert not verify(made, PUBLIC, NOW)


def test_a_sandbox_webhook_without_a_time_is_never_in_time() -> None:
    made = resign(RawRequest("POST", "/", (), BODY), "https://gate.example/a", "the-sandbox")
    assert not verify(made, "the-sandbox", NOW)
