"""Does a signature hold for its body alone, and only in Meta's own form?"""

from __future__ import annotations

import hashlib
import hmac

import pytest

from gatekeeper.providers.contract import Headers, RawRequest
from gatekeeper.providers.meta.signature import resign, verify

BODY = b'{"object":"page","entry":[]}'
GOOD = "sha256=" + hmac.new(b"app-secret", BODY, hashlib.sha256).hexdigest()


def hook(*headers: tuple[str, str], body: bytes = BODY) -> RawRequest:
    return RawRequest("POST", "/", headers, body)


def test_metas_own_signature_holds() -> None:
    assert verify(hook(("X-Hub-Signature-256", GOOD)), "app-secret")


@pytest.mark.parametrize(
    ("headers", "body", "secret"),
    [
        ((("X-Hub-Signature-256", GOOD),), BODY + b" ", "app-secret"),
        ((("X-Hub-Signature-256", GOOD),), BODY, "another"),
        ((("X-Hub-Signature-256", GOOD),), BODY, ""),
        ((("X-Hub-Signature-256", GOOD), ("X-Hub-Signature-256", GOOD)), BODY, "app-secret"),
        ((("X-Hub-Signature-256", GOOD.removeprefix("sha256=")),), BODY, "app-secret"),
        ((("X-Hub-Signature", "sha1=0"),), BODY, "app-secret"),
        ((), BODY, "app-secret"),
    ],
)
def test_no_other_does(headers: Headers, body: bytes, secret: str) -> None:
    assert not verify(hook(*headers, body=body), secret)


def test_a_webhook_that_is_passed_on_holds_under_the_apps_secret_alone() -> None:
    old = ("X-Hub-Signature", "sha1=0"), ("X-Hub-Signature-256", GOOD), ("X-One", "1")
    sent = resign(hook(*old), "https://app.example/in?x=1", "apps-own")
    assert verify(sent, "apps-own")
    assert not verify(sent, "app-secret")
    assert (sent.target, sent.body) == ("/in?x=1", BODY)
    assert sent.header("X-Hub-Signature") is None
    assert sent.header("X-One") == "1"
