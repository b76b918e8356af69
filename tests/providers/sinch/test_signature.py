"""Does a signature hold for its body, its secret and its time alone?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gatekeeper.providers.contract import Headers, RawRequest
from gatekeeper.providers.sinch.signature import (
    ALGORITHM,
    NONCE,
    SIGNATURE,
    TIMESTAMP,
    WINDOW_S,
    resign,
    signature,
    verify,
)

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
BODY = b'{"type": "mo_text"}'
TIME = str(int(NOW.timestamp()))


def signed(**changed: str) -> RawRequest:
    headers = {
        SIGNATURE: signature(BODY, "N", TIME, "secret"),
        NONCE: "N",
        TIMESTAMP: TIME,
        ALGORITHM: "HmacSHA256",
    } | changed
    return RawRequest("POST", "/in", tuple(headers.items()), BODY)


def test_the_signature_is_the_one_that_the_sdk_makes() -> None:
    """As sinch 2.3.0 for Python computes it (`calculate_sinch_event_signature`)."""
    assert signature(b"{}", "n", "1", "s") == "jmv6h+su2nF/fNNmwdTI1C3imP12EtP07pEelzoDJus="


def test_it_holds_for_its_own_secret_body_and_time() -> None:
    assert verify(signed(), "secret", NOW)
    assert not verify(signed(), "other", NOW)
    assert not verify(signed(), "", NOW)
    altered = RawRequest("POST", "/in", signed().headers, BODY + b" ")
    assert not verify(altered, "secret", NOW)


@pytest.mark.parametrize("seconds", [-WINDOW_S - 1, WINDOW_S + 1])
def test_an_old_one_or_one_of_tomorrow_is_a_replay(seconds: int) -> None:
    assert not verify(signed(), "secret", NOW + timedelta(seconds=seconds))
    assert verify(signed(), "secret", NOW + timedelta(seconds=seconds / 2))


@pytest.mark.parametrize(
    ("name", "value"),
    [(NONCE, "M"), (TIMESTAMP, "1"), (TIMESTAMP, "x"), (ALGORITHM, "none"), (SIGNATURE, "é")],
)
def test_nothing_that_is_signed_may_change(name: str, value: str) -> None:
    assert not verify(signed(**{name: value}), "secret", NOW)


@pytest.mark.parametrize("missing", [SIGNATURE, NONCE, TIMESTAMP])
def test_a_header_that_is_missing_or_doubled_does_not_hold(missing: str) -> None:
    headers: Headers = signed().headers
    without = tuple(pair for pair in headers if pair[0] != missing)
    assert not verify(RawRequest("POST", "/in", without, BODY), "secret", NOW)
    twice = (*headers, next(pair for pair in headers if pair[0] == missing))
    assert not verify(RawRequest("POST", "/in", twice, BODY), "secret", NOW)


def test_what_is_passed_on_holds_under_the_apps_secret_at_the_same_time() -> None:
    sent = resign(signed(), "https://app.example/hook?x=1", "theirs")
    assert (sent.target, sent.body) == ("/hook?x=1", BODY)
    assert verify(sent, "theirs", NOW)
    assert not verify(sent, "secret", NOW)
    assert sent.header(TIMESTAMP) == TIME
