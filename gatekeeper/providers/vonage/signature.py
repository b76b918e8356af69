"""Did Vonage sign this webhook, and how does the gate sign one that it passes on?

Messages and Voice: a JWT under HS256 and the account's signature secret as bearer token, with the
time in `iat` and the SHA-256 of the body in `payload_hash` (developer.vonage.com, "Signed
webhooks"). SMS: the parameter `sig`, an HMAC over the other parameters in order of their names.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import jwt

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.authorization import as_bearer, bearer
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.relayed import relayed
from gatekeeper.providers.vonage.credential import claims_of
from gatekeeper.providers.vonage.sms_body import fields_of

TOLERANCE_S = 300
"""Seconds between the signed time and ours; what is older is a replay."""

_HASHES = ("sha256", "sha512")
_TO_UNDERSCORE = str.maketrans("&=", "__")


def verify(raw: RawRequest, secret: str, now: datetime) -> bool:
    """Whether whoever holds the secret signed this body, not long ago."""
    token = bearer(raw)
    if token is None:
        return _form_holds(raw, secret, now)
    try:
        claims = jwt.decode(
            token,
            secret,
            algorithms=["HS256"],
            options={"verify_exp": False, "verify_iat": False, "verify_aud": False},
        )
    except (jwt.PyJWTError, ValueError):
        return False
    signed = claims.get("payload_hash")
    if not isinstance(signed, str) or not _recent(claims.get("iat"), now):
        return False
    return hmac.compare_digest(signed.lower(), sha256(raw.body).hexdigest())


def _recent(told: Any, now: datetime) -> bool:
    return isinstance(told, int | float) and abs(now.timestamp() - told) <= TOLERANCE_S


def _form_holds(raw: RawRequest, secret: str, now: datetime) -> bool:
    try:
        fields = fields_of(raw)
    except AmbiguousRequest:
        return False
    told, at = fields.get("sig"), fields.get("timestamp")
    if not isinstance(told, str) or not (isinstance(at, str) and at.isdecimal()):
        return False
    held = [hmac.compare_digest(told.lower().encode(), _sig(fields, secret, h)) for h in _HASHES]
    return any(held) and _recent(int(at), now)


def _sig(fields: Mapping[str, Any], secret: str, name: str) -> bytes:
    """`&name=value` for each parameter but `sig`; `&` and `=` in a value are underscores."""
    said = "".join(
        f"&{each}={str(value).translate(_TO_UNDERSCORE)}"
        for each, value in sorted(fields.items())
        if each != "sig"
    )
    return hmac.new(secret.encode(), said.encode(), name).hexdigest().encode()


def resign(raw: RawRequest, url: str, secret: str) -> RawRequest:
    """The same webhook at another URL, its token signed anew; a form's `sig` stays Vonage's."""
    token = bearer(raw)
    if token is None:
        return relayed(raw, url)
    claims = {**claims_of(token), "payload_hash": sha256(raw.body).hexdigest()}
    signed = jwt.encode(claims, secret, algorithm="HS256")
    return relayed(raw, url, (("Authorization", as_bearer(signed)),))
