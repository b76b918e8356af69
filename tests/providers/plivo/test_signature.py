"""Is a webhook believed only under the auth token, for this address and what it tells?"""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from msgspec.structs import replace

from gatekeeper.providers.plivo.signature import (
    V2,
    V2_NONCE,
    V3,
    V3_MAIN,
    V3_NONCE,
    resign,
    signature_v2,
    signature_v3,
    verify,
)
from tests.support.plivo_requests import NONCE, SECRET, URL, came_in, form, signed

FIELDS = came_in("ça va", "+12122000211", "+13122000201")


@pytest.mark.parametrize(
    ("query", "fields", "made"),
    [
        ("", {"b": ["2"], "a": ["1"]}, "mFDAC1Gp3exbD/PpHe9pzubJjdRE5/4TkkIlfTNAgWI="),
        ("?y=2&x=1", {"b": ["2"], "a": ["3", "1"]}, "/kQUX2753mOl4JLogJ+tOJLnyQotYs8YZYYogwZmp0Y="),
        ("", {}, "/lTeQPPmGSPyiY7j7KoA4CYtGqFmRBQ5H80m2n5WP6k="),
    ],
)
def test_the_signature_is_that_of_plivos_own_sdk(
    query: str, fields: dict[str, list[str]], made: str
) -> None:
    """As `plivo` 4.63 makes it (utils/signature_v3.py)."""
    assert signature_v3(f"https://a.example/in{query}", fields, NONCE, SECRET) == made


def test_a_signed_webhook_holds_for_its_own_url_and_token() -> None:
    assert verify(signed(FIELDS), URL, SECRET)
    assert not verify(signed(FIELDS), URL + "/other", SECRET)
    assert not verify(signed(FIELDS), URL, "another")
    assert not verify(signed(FIELDS), URL, "")


def test_a_parameter_more_or_another_nonce_does_not_hold() -> None:
    raw = signed(FIELDS)
    assert not verify(replace(raw, body=raw.body + b"&a=b"), URL, SECRET)
    odd = tuple((k, "1" if k == V3_NONCE else v) for k, v in raw.headers)
    assert not verify(replace(raw, headers=odd), URL, SECRET)
    assert not verify(replace(raw, headers=raw.headers[:-1]), URL, SECRET)
    assert not verify(replace(raw, body=b"a;b"), URL, SECRET)


def test_one_of_several_signatures_is_enough_and_the_main_accounts_counts() -> None:
    made = signature_v3(URL, {name: [value] for name, value in FIELDS.items()}, NONCE, SECRET)
    assert verify(form(FIELDS, (V3, f"x,{made}"), (V3_NONCE, NONCE)), URL, SECRET)
    assert verify(form(FIELDS, (V3, "x"), (V3_MAIN, made), (V3_NONCE, NONCE)), URL, SECRET)
    many = ",".join(["x"] * 50 + [made])
    assert not verify(form(FIELDS, (V3, many), (V3_NONCE, NONCE)), URL, SECRET)


def test_the_second_version_counts_only_where_there_is_no_third() -> None:
    old = ((V2, signature_v2(URL + "?a=b", NONCE, SECRET)), (V2_NONCE, NONCE))
    assert verify(form(FIELDS, *old), URL, SECRET)
    assert not verify(form(FIELDS, *old, (V3, "x"), (V3_NONCE, NONCE)), URL, SECRET)
    assert not verify(form(FIELDS), URL, SECRET)


@pytest.mark.parametrize("version", ["v3", "v2", "none"])
def test_what_is_passed_on_is_signed_anew_for_the_app(version: str) -> None:
    raw = signed(FIELDS) if version == "v3" else form(FIELDS)
    if version == "v2":
        raw = form(FIELDS, (V2, "x"), (V2_NONCE, NONCE))
    passed = resign(raw, "https://app.example/in?a=1", "whs_secret")
    assert passed.target == "/in?a=1"
    assert dict(parse_qsl(passed.body.decode())) == FIELDS
    assert verify(passed, "https://app.example/in?a=1", "whs_secret")
    only_v2 = tuple(pair for pair in passed.headers if "V3" not in pair[0])
    assert verify(replace(passed, headers=only_v2), "https://app.example/in?a=1", "whs_secret")
    assert not verify(passed, "https://app.example/in?a=1", SECRET)
