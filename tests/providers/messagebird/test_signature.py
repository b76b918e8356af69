"""Does MessageBird's signature hold for what it signed, and for nothing else?"""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest

from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.messagebird.signature import (
    SIGNATURE,
    TIMESTAMP,
    TOKEN,
    WITHIN_S,
    resign,
    signed,
    verify,
)

KEY = "the-signing-key"
NOW = datetime(2026, 1, 2, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
QUERY = "recipient=12122000211&id=m-1&body=a+b%26"


def hook(query: str = QUERY, body: bytes = b"", stamp: str = STAMP, key: str = KEY) -> RawRequest:
    made = b64encode(signed(stamp, query, body, key)).decode()
    headers = ((SIGNATURE, made), (TIMESTAMP, stamp), (TOKEN, "x.y.z"))
    return RawRequest("GET", f"/in?{query}", headers, body)


def test_it_is_what_the_sdk_computes() -> None:
    """Made once by signed_request.py of messagebird 2.2."""
    for query in ("def=bar&abc=foo+b%26", "abc=foo%20b%26&def=bar"):
        made = signed("1544544948", query, b'{"a key":"some value"}', "K")
        assert b64encode(made).decode() == "NPhJLDz5NZXTt090V86WHRVERfA1/XZCvS2Gf4roA+g="
    assert verify(hook(), KEY, NOW)


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (hook(), "another"),
        (hook(), ""),
        (RawRequest("GET", f"/in?{QUERY}&more=1", hook().headers, b""), KEY),
        (RawRequest("GET", f"/in?{QUERY}", hook().headers, b"x"), KEY),
        (RawRequest("GET", f"/in?{QUERY}", hook().headers[1:], b""), KEY),
        (RawRequest("GET", f"/in?{QUERY}", (*hook().headers, hook().headers[0]), b""), KEY),
        (RawRequest("GET", f"/in?{QUERY}", ((SIGNATURE, "?"), (TIMESTAMP, STAMP)), b""), KEY),
        (hook(stamp="now"), KEY),
        (hook(stamp="9" * 13), KEY),
    ],
)
def test_nothing_else_holds(raw: RawRequest, key: str) -> None:
    assert not verify(raw, key, NOW)


def test_an_old_one_does_not_hold() -> None:
    late = timedelta(seconds=WITHIN_S + 1)
    assert verify(hook(), KEY, NOW + timedelta(seconds=WITHIN_S))
    assert not verify(hook(), KEY, NOW + late)
    assert not verify(hook(), KEY, NOW - late)


@pytest.mark.parametrize("url", ["https://app.example/in", "https://app.example/in?of=acme"])
def test_a_relayed_one_holds_under_the_apps_key_with_its_query(url: str) -> None:
    passed = resign(hook(body=b"x"), url, "ours")
    assert verify(passed, "ours", NOW)
    assert passed.target.endswith(QUERY)
    assert passed.header(TOKEN) is None
    assert passed.body == b"x"
