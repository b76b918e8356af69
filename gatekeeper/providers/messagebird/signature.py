"""How does MessageBird sign a webhook, and how is one signed for another URL?

`MessageBird-Signature` is the base64 of an HMAC-SHA256 over the time, the query sorted by name and
the SHA-256 of the body, each on a line of its own (signed_request.py of messagebird 2.2). The key
is the account's signing key, not its access key. The URL itself is not signed.
"""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from datetime import datetime
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.relayed import relayed

SIGNATURE, TIMESTAMP = "MessageBird-Signature", "MessageBird-Request-Timestamp"
TOKEN = "MessageBird-Signature-JWT"
WITHIN_S = 300
"""A webhook that was signed longer ago, or later than now, does not hold."""


def signed(timestamp: str, query: str, body: bytes, secret: str) -> bytes:
    """The HMAC of a webhook."""
    pairs = sorted(parse_qsl(query, keep_blank_values=True), key=lambda pair: pair[0])
    said = f"{timestamp}\n{urlencode(pairs)}\n".encode() + sha256(body).digest()
    return hmac.digest(secret.encode(), said, "sha256")


def verify(raw: RawRequest, secret: str, now: datetime) -> bool:
    """Whether the signature holds and is not old."""
    given, timestamp = _one(raw, SIGNATURE), _one(raw, TIMESTAMP)
    if not (given and timestamp and timestamp.isdecimal() and timestamp.isascii() and secret):
        return False
    if len(timestamp) > 12 or abs(now.timestamp() - int(timestamp)) > WITHIN_S:
        return False
    try:
        signature = b64decode(given, validate=True)
    except (Base64Error, ValueError):
        return False
    made = signed(timestamp, raw.target.partition("?")[2], raw.body, secret)
    return hmac.compare_digest(made, signature)


def resign(raw: RawRequest, url: str, secret: str) -> RawRequest:
    """The same webhook for another URL, signed with its own time; its query goes with it."""
    query = raw.target.partition("?")[2]
    joint = "&" if "?" in url else "?"
    target = f"{url}{joint}{query}" if query else url
    timestamp = _one(raw, TIMESTAMP) or "0"
    passed = relayed(raw, target, dropped={TOKEN.lower(), SIGNATURE.lower(), TIMESTAMP.lower()})
    made = signed(timestamp, passed.target.partition("?")[2], raw.body, secret)
    headers = ((SIGNATURE, b64encode(made).decode()), (TIMESTAMP, timestamp))
    return RawRequest(raw.method, passed.target, (*passed.headers, *headers), raw.body, raw.service)


def _one(raw: RawRequest, name: str) -> str | None:
    values = [value.strip() for key, value in raw.headers if key.lower() == name.lower()]
    return values[0] if len(values) == 1 else None
