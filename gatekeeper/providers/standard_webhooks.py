"""How are webhooks signed by the Standard Webhooks specification (standardwebhooks.com)?

`webhook-signature` lists signatures, each `v1,` and the base64 of an HMAC-SHA256 over the id, the
time and the body with dots between them. The key is the base64 after `whsec_`; a secret that is
no such base64 is the key itself.
"""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from datetime import datetime

from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.relayed import relayed

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
PREFIX = "whsec_"
WITHIN_S = 300
"""A webhook that was signed longer ago, or later than now, does not hold."""
MOST = 10
"""Signatures of one webhook: while a secret is replaced there are two."""


def signed(webhook_id: str, timestamp: str, body: bytes, secret: str) -> str:
    """The signature, with its version."""
    said = f"{webhook_id}.{timestamp}.".encode() + body
    return f"v1,{b64encode(hmac.digest(_key(secret), said, 'sha256')).decode()}"


def verify(raw: RawRequest, secret: str, now: datetime) -> bool:
    """Whether one of the signatures holds and is not old."""
    named, timestamp, given = (_one(raw, name) for name in (ID, TIMESTAMP, SIGNATURE))
    if not (named and timestamp and given and secret):
        return False
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 12):
        return False
    if abs(now.timestamp() - int(timestamp)) > WITHIN_S:
        return False
    made = signed(named, timestamp, raw.body, secret).encode()
    held = [hmac.compare_digest(made, each.encode()) for each in given.split()[:MOST]]
    return any(held)


def resign(raw: RawRequest, url: str, secret: str) -> RawRequest:
    """The same webhook for another URL, under another secret: its id and time stay."""
    named, timestamp = _one(raw, ID) or "", _one(raw, TIMESTAMP) or ""
    made = signed(named, timestamp, raw.body, secret)
    return relayed(raw, url, ((SIGNATURE, made),))


def _key(secret: str) -> bytes:
    if not secret.startswith(PREFIX):
        return secret.encode()
    try:
        return b64decode(secret.removeprefix(PREFIX), validate=True)
    except (Base64Error, ValueError):
        return secret.encode()


def _one(raw: RawRequest, name: str) -> str | None:
    values = [value.strip() for key, value in raw.headers if key.lower() == name]
    return values[0] if len(values) == 1 else None
