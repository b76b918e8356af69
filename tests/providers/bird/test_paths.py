"""What does each path mean to Bird?"""

from __future__ import annotations

import pytest

from gatekeeper.providers.bird.paths import match
from gatekeeper.providers.contract import Handling, RawRequest


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("POST", "/v1/SMS/messages"),
        ("POST", "/v1/sms/messages/"),
        ("POST", "/v1/sms/messages?a=b"),
        ("POST", "/v1/amb/messages"),
        ("POST", "/v1/email/messages"),
        ("POST", "/v1/verify/verifications/next-channel"),
        ("POST", "/v1/sms/keyword-rules"),
        ("POST", "/v1/webhooks"),
        ("PATCH", "/v1/audiences/1"),
        ("GET", "/v1/sms/batches"),
    ],
)
def test_what_is_not_named_is_not_passed_on(method: str, target: str) -> None:
    body = b"" if method == "GET" else b"{}"
    raw = RawRequest(method, target, (("Content-Type", "application/json"),), body)
    assert match(raw).handling is Handling.REFUSE


def test_another_method_by_a_header_is_refused() -> None:
    headers = (("X-HTTP-Method-Override", "GET"),)
    raw = RawRequest("POST", "/v1/sms/messages", headers, b"{}")
    assert match(raw).handling is Handling.REFUSE


@pytest.mark.parametrize("target", ["/v1/voice/calls", "/v1/audiences", "/v1/sms/suppressions"])
def test_a_read_passes(target: str) -> None:
    assert match(RawRequest("GET", target, (), b"")).handling is Handling.PASS
