"""How does Sinch sign a webhook, and how is one signed for another URL?

HMAC-SHA256 in base64 over `body.nonce.timestamp`, in the header `x-sinch-webhook-signature` beside
its nonce and its time in seconds (developers.sinch.com, "Callbacks"; the SDKs check the same). The
URL is not signed.
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from datetime import datetime
from hashlib import sha256

from gatekeeper.providers.contract import Headers, RawRequest
from gatekeeper.providers.relayed import relayed

SIGNATURE = "x-sinch-webhook-signature"
NONCE = f"{SIGNATURE}-nonce"
TIMESTAMP = f"{SIGNATURE}-timestamp"
ALGORITHM = f"{SIGNATURE}-algorithm"

WINDOW_S = 300
"""A signature holds for this long before and after its time."""

_NAMES = (SIGNATURE, NONCE, TIMESTAMP)


def signature(body: bytes, nonce: str, timestamp: str, secret: str) -> str:
    """The signature of a body at a time."""
    signed = b".".join((body, nonce.encode(), timestamp.encode()))
    return b64encode(hmac.digest(secret.encode(), signed, "sha256")).decode()


def verify(raw: RawRequest, secret: str, now: datetime) -> bool:
    """Whether whoever holds the secret signed this body, lately."""
    told = [_values(raw.headers, name) for name in _NAMES]
    algorithm = _values(raw.headers, ALGORITHM)
    if not secret or any(len(values) != 1 for values in told):
        return False
    if algorithm and [each.lower() for each in algorithm] != ["hmacsha256"]:
        return False
    (given,), (nonce,), (timestamp,) = told
    made = signature(raw.body, nonce, timestamp, secret)
    same = hmac.compare_digest(made.encode(), given.encode())
    return same and _lately(timestamp, now)


def time_of(raw: RawRequest) -> str:
    """The signed time, as it is written."""
    return raw.header(TIMESTAMP) or ""


def _lately(timestamp: str, now: datetime) -> bool:
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 11):
        return False
    return abs(now.timestamp() - int(timestamp)) <= WINDOW_S


def resign(raw: RawRequest, url: str, secret: str) -> RawRequest:
    """The webhook as it is, signed under another secret; its time stays that of the provider."""
    timestamp = time_of(raw)
    nonce = raw.header(NONCE) or sha256(raw.body + timestamp.encode()).hexdigest()[:26]
    made = signature(raw.body, nonce, timestamp, secret)
    signed = ((SIGNATURE, made), (NONCE, nonce), (TIMESTAMP, timestamp), (ALGORITHM, "HmacSHA256"))
    return relayed(raw, url, signed)


def _values(headers: Headers, wanted: str) -> list[str]:
    return [value.strip() for name, value in headers if name.lower() == wanted]
