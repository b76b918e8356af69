"""Is a webhook believed only if its body was signed, with the right secret, not long ago?"""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from msgspec.structs import replace

from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.vonage.signature import resign, verify
from tests.support.vonage_app import NOW, SIGNED, token, webhook

BODY = b'{"message_uuid": "m1"}'


def test_a_signed_body_holds_and_another_does_not() -> None:
    assert verify(webhook(BODY), SIGNED, NOW)
    assert not verify(replace(webhook(BODY), body=b"{}"), SIGNED, NOW)
    assert not verify(webhook(BODY), "another-secret-of-somebody-else-altogether", NOW)


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_webhook_is_a_replay(minutes: int) -> None:
    assert not verify(webhook(BODY, NOW + timedelta(minutes=minutes)), SIGNED, NOW)


@pytest.mark.parametrize("more", [{"payload_hash": None}, {"payload_hash": ""}, {"iat": "x"}])
def test_what_signs_no_body_or_no_time_does_not_hold(more: dict[str, Any]) -> None:
    assert not verify(webhook(BODY, **more), SIGNED, NOW)


@pytest.mark.parametrize("bearer", ["", "x", "a.b.c", token(NOW)])
def test_another_kind_of_token_does_not_hold(bearer: str) -> None:
    raw = RawRequest("POST", "/", (("Authorization", f"Bearer {bearer}"),), BODY)
    assert not verify(raw, SIGNED, NOW)


@pytest.mark.parametrize("name", ["sha256", "sha512"])
def test_a_form_is_signed_over_its_parameters(name: str) -> None:
    fields = {"msisdn": "12122000211", "text": "a&b=c", "timestamp": str(int(NOW.timestamp()))}
    said = "".join(
        f"&{k}={v.replace('&', '_').replace('=', '_')}" for k, v in sorted(fields.items())
    )
    sig = hmac.new(SIGNED.encode(), said.encode(), name).hexdigest()

    def form(**more: str) -> RawRequest:
        body = urlencode(fields | {"sig": sig} | more).encode()
        return RawRequest(
            "POST", "/", (("Content-Type", "application/x-www-form-urlencoded"),), body
        )

    assert verify(form(), SIGNED, NOW)
    assert not verify(form(text="other"), SIGNED, NOW)
    assert not verify(form(), SIGNED, NOW + timedelta(hours=1))
    assert not verify(form(timestamp="x"), SIGNED, NOW)
    assert not verify(RawRequest("POST", "/", (), b"a"), SIGNED, NOW)


def test_a_webhook_that_is_passed_on_is_signed_for_the_app() -> None:
    passed = resign(
        webhook(BODY), "https://app.example/in?a=1", "the-apps-own-secret-with-the-gate!"
    )
    assert (passed.target, passed.body) == ("/in?a=1", BODY)
    assert verify(passed, "the-apps-own-secret-with-the-gate!", NOW)
    assert not verify(passed, SIGNED, NOW)
    unsigned = RawRequest("POST", "/", (("Host", "gate"),), b"a=b")
    assert resign(unsigned, "https://app.example/", "s").headers == ()
