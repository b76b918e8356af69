"""What does each path mean to Infobip?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.providers.contract import Handling, RawRequest
from gatekeeper.providers.infobip.paths import match

JSON = (("Content-Type", "application/json"),)


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("POST", "/sms/3/Messages"),
        ("POST", "/sms/3/messages/"),
        ("POST", "//sms/3/messages"),
        ("POST", "/sms/2/binary/advanced"),
        ("POST", "/calls/1/calls"),
        ("POST", "/moments/1/flows/1/participants"),
        ("POST", "/email/4/messages"),
        ("PUT", "/sms/1/bulks?bulkId=a"),
        ("POST", "/2fa/2/pin?ncNeeded=true"),
        ("POST", "/2fa/2/pin/AB/resend/voice"),
        ("DELETE", "/2fa/2/applications/1"),
        ("GET", "/sms/1/text/query?username=a&password=b&to=12122000211&text=x"),
        ("GET", "/sms/3/text%2Fquery?to=12122000211&text=x"),
        ("GET", "/api/v3/sendsms/plain?user=a&GSM=12122000211&SMSText=x"),
    ],
)
def test_what_is_not_named_is_not_passed_on(method: str, target: str) -> None:
    assert (
        match(RawRequest(method, target, JSON, b"" if method == "GET" else b"{}")).handling
        is Handling.REFUSE
    )


def test_a_bulk_is_only_stopped() -> None:
    for body, handling in (
        ({"status": "PAUSED"}, Handling.PASS),
        ({"status": "PENDING"}, Handling.REFUSE),
        ({"status": "CANCELED", "sendAt": "x"}, Handling.REFUSE),
        ([], Handling.REFUSE),
    ):
        target = "/tts/3/bulks/status?bulkId=b-1"
        raw = RawRequest("PUT", target, JSON, json.dumps(body).encode())
        assert match(raw).handling is handling


def test_another_method_by_a_header_is_refused() -> None:
    headers = (*JSON, ("X-HTTP-Method-Override", "PUT"))
    assert match(RawRequest("POST", "/sms/3/messages", headers, b"{}")).handling is Handling.REFUSE
