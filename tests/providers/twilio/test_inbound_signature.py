"""Do we and the real SDK's validator accept one another's signatures, and nobody else's?"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from gatekeeper.providers import TWILIO
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.twilio.inbound_signature import SETTINGS, SIGNATURE, resign, verify

URL = "https://gate.example/v1/inbound/twilio/shop?x=1"
APP = "https://app.example/sms?tenant=7"
FORM_TYPE = "application/x-www-form-urlencoded"
SECRET = "the-token"

plain = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
forms = st.dictionaries(st.from_regex(r"[A-Za-z]{1,12}", fullmatch=True), plain, max_size=8)


def webhook(form: dict[str, str], signature: str = "", *more: tuple[str, str]) -> RawRequest:
    headers = (("Content-Type", FORM_TYPE), (SIGNATURE, signature), *more)
    return RawRequest("POST", "/v1/inbound/twilio/shop?x=1", headers, urlencode(form).encode())


def stream(body: bytes, signature: str) -> RawRequest:
    headers = (("Content-Type", "application/json"), (SIGNATURE, signature))
    return RawRequest("POST", "/", headers, body)


@given(forms)
def test_what_the_sdk_signs_is_accepted(form: dict[str, str]) -> None:
    made = RequestValidator(SECRET).compute_signature(URL, form)
    assert verify(webhook(form, made), URL, SECRET)
    assert not verify(webhook(form, made), URL, SECRET + "x")
    assert not verify(webhook(form | {"To": "+1"}, made), URL, SECRET) or form.get("To") == "+1"


@given(forms)
def test_what_we_sign_is_accepted_by_the_sdk(form: dict[str, str]) -> None:
    """The app's validator sees its own URL, its own secret, and the body as Twilio wrote it."""
    raw = webhook(form, "signed for us", (SETTINGS, "key=k,algorithm=HMAC_SHA256"))
    ours = resign(raw, APP, "app-secret")
    assert (ours.target, ours.body) == ("/sms?tenant=7", raw.body)
    assert ours.header(SETTINGS) is None
    read = {k: v[0] for k, v in parse_qs(ours.body.decode(), keep_blank_values=True).items()}
    given_signature = ours.header(SIGNATURE)
    assert RequestValidator("app-secret").validate(APP, read, given_signature)
    assert not RequestValidator("other").validate(APP, read, given_signature)


@pytest.mark.parametrize(
    "signed",
    ["https://gate.example/a", "https://gate.example:443/a", "https://gate.example:8443/a"],
)
def test_the_port_may_be_told_or_not(signed: str) -> None:
    """As the SDK: the URL that we know, with its port and without; another host never holds."""
    form = {"From": "+12122000111", "Body": "STOP"}
    made = RequestValidator(SECRET).compute_signature(signed, form)
    for known in ("https://gate.example/a", "https://gate.example:8443/a"):
        expected = RequestValidator(SECRET).validate(known, form, made)
        assert verify(webhook(form, made), known, SECRET) is expected
    assert not verify(webhook(form, made), "https://other.example/a", SECRET)


def test_a_shared_key_signs_with_sha256() -> None:
    form = {"Body": "STOP"}
    made = RequestValidator(SECRET).compute_signature(URL, form, "HMAC_SHA256")
    settings = (SETTINGS, "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256")
    assert verify(webhook(form, made, settings), URL, SECRET)
    assert not verify(webhook(form, made), URL, SECRET), "without the header it is SHA-1"
    for odd in ("algorithm=HMAC_MD5", "algorithm=HMAC_SHA256,algorithm=HMAC_SHA1"):
        assert not verify(webhook(form, made, (SETTINGS, odd)), URL, SECRET)


def test_a_json_body_is_held_by_its_hash() -> None:
    body = b'[{"type": "x"}]'
    url = f"{URL}&bodySHA256={sha256(body).hexdigest()}"
    made = RequestValidator(SECRET).compute_signature(url, {})
    assert RequestValidator(SECRET).validate(url, body.decode(), made)
    assert verify(stream(body, made), url, SECRET)
    assert not verify(stream(body + b" ", made), url, SECRET)
    bare = RequestValidator(SECRET).compute_signature(URL, {})
    assert not verify(stream(body, bare), URL, SECRET), "a body that nothing binds"
    ours = resign(stream(body, made), APP, "app-secret")
    told = "https://app.example" + ours.target
    assert RequestValidator("app-secret").validate(told, body.decode(), ours.header(SIGNATURE))


def test_a_signature_that_is_missing_or_doubled_does_not_hold() -> None:
    form = {"Body": "STOP"}
    made = RequestValidator(SECRET).compute_signature(URL, form)
    assert not verify(webhook(form), URL, SECRET)
    assert not verify(webhook(form, made, (SIGNATURE, made)), URL, SECRET)
    assert not verify(webhook(form, RequestValidator("").compute_signature(URL, form)), URL, "")
    assert not verify(webhook(form, "\u00e9"), URL, SECRET)


def test_the_provider_checks_it_so() -> None:
    form = {"Body": "STOP"}
    made = RequestValidator(SECRET).compute_signature(URL, form)
    now = datetime(2026, 11, 25, tzinfo=UTC)
    assert TWILIO.verify(webhook(form, made), URL, SECRET, now)
    assert TWILIO.resign(webhook(form), APP, SECRET).header(SIGNATURE)
