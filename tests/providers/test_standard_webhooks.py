"""Does a standard webhook's signature hold for what it signed, and for nothing else?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.standard_webhooks import (
    ID,
    SIGNATURE,
    TIMESTAMP,
    WITHIN_S,
    resign,
    signed,
    verify,
)

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NOW = datetime(2026, 1, 2, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))


def hook(signature: str, stamp: str = STAMP, body: bytes = b'{"a":1}') -> RawRequest:
    headers = ((ID, "msg_1"), (TIMESTAMP, stamp), (SIGNATURE.title(), signature))
    return RawRequest("POST", "/in", headers, body)


def made(stamp: str = STAMP, secret: str = SECRET) -> str:
    return signed("msg_1", stamp, b'{"a":1}', secret)


def test_it_is_what_the_specification_computes() -> None:
    """The example of the specification's own libraries."""
    said = signed("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}', SECRET)
    assert said == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_one_of_several_signatures_is_enough() -> None:
    assert verify(hook(made()), SECRET, NOW)
    assert verify(hook(f"v1,AAAA {made()} v2,x"), SECRET, NOW)


@pytest.mark.parametrize(
    ("raw", "secret"),
    [
        (hook(made()), "whsec_AAAA"),
        (hook(made()), ""),
        (hook(made(), body=b'{"a":2}'), SECRET),
        (hook(made().removeprefix("v1,")), SECRET),
        (hook(made().replace("v1", "v2")), SECRET),
        (hook(made(), stamp="now"), SECRET),
        (hook(made("1"), stamp="1"), SECRET),
        (hook("v1,\u00e9"), SECRET),
        (hook(" ".join(["v1,AAAA"] * 10 + [made()])), SECRET),
        (RawRequest("POST", "/in", hook(made()).headers[1:], b'{"a":1}'), SECRET),
        (RawRequest("POST", "/in", (*hook(made()).headers, (ID, "m2")), b'{"a":1}'), SECRET),
    ],
)
def test_nothing_else_holds(raw: RawRequest, secret: str) -> None:
    assert not verify(raw, secret, NOW)


def test_an_old_one_does_not_hold() -> None:
    assert verify(hook(made()), SECRET, NOW + timedelta(seconds=WITHIN_S))
    for moved in (WITHIN_S + 1, -WITHIN_S - 1):
        assert not verify(hook(made()), SECRET, NOW + timedelta(seconds=moved))


@pytest.mark.parametrize("ours", ["whsec_AAAA", "whs_a-secret-of-the-gates-own", "whsec_%"])
def test_a_relayed_one_holds_under_the_apps_secret(ours: str) -> None:
    passed = resign(hook(made()), "https://app.example/bird", ours)
    assert verify(passed, ours, NOW)
    assert (passed.target, passed.body) == ("/bird", b'{"a":1}')
    assert passed.header(ID) == "msg_1"
