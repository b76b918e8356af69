"""Which credential stands in a request's Authorization header, and how is it replaced?

A header that is given twice, or that has more than one reading, is no credential.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from functools import lru_cache

from gatekeeper.providers.contract import RawRequest

_BEARER = re.compile(r"bearer +([A-Za-z0-9._~+/=:|-]+) *", re.IGNORECASE)
"""What RFC 6750 allows of a token, and two signs more that providers use."""
_KEY = re.compile(r"[!-~]{1,512}")
_BASIC = re.compile(r"basic +([A-Za-z0-9+/]+={0,2}) *", re.IGNORECASE)


def bearer(raw: RawRequest) -> str | None:
    """The bearer token, None if there is no one."""
    value = _one(raw)
    found = _BEARER.fullmatch(value) if value else None
    return found[1] if found else None


def keyed(raw: RawRequest, scheme: str) -> str | None:
    """The key under a scheme of the provider's own (`App`, `AccessKey`), None if there is none."""
    name, blank, key = (_one(raw) or "").partition(" ")
    key = key.strip(" ")
    known = blank and name.lower() == scheme.lower() and _KEY.fullmatch(key)
    return key if known else None


def basic(raw: RawRequest) -> tuple[str, str] | None:
    """User and password of HTTP Basic (RFC 7617, in UTF-8), None if there is no one reading."""
    value = _one(raw)
    return _pair(value) if value else None


def as_bearer(token: str) -> str:
    """The header that carries a token."""
    return f"Bearer {token}"


@lru_cache(maxsize=1024)
def as_basic(user: str, password: str) -> str:
    """The header that carries a user and password."""
    return f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"


def under(raw: RawRequest, authorization: str, target: str | None = None) -> RawRequest:
    """The same request under another Authorization header, and perhaps at another target."""
    headers = [
        (name, authorization) if name.lower() == "authorization" else (name, value)
        for name, value in raw.headers
    ]
    return RawRequest(raw.method, target or raw.target, tuple(headers), raw.body, raw.service)


def _one(raw: RawRequest) -> str | None:
    values = [value for name, value in raw.headers if name.lower() == "authorization"]
    return values[0] if len(values) == 1 else None


@lru_cache(maxsize=1024)
def _pair(header: str) -> tuple[str, str] | None:
    encoded = _BASIC.fullmatch(header)
    if encoded is None:
        return None
    try:
        decoded = b64decode(encoded[1], validate=True)
        user, colon, password = decoded.decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    if b64encode(decoded).decode() != encoded[1]:
        return None
    whole = user and colon and password and (user + password).isprintable()
    return (user, password) if whole else None
