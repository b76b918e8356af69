"""Which credential does a Vonage SDK send, and how is it replaced by the provider's own?

- HTTP Basic: API key and secret (developer.vonage.com, "Authentication").
- A bearer token that the app makes itself for each request, a JWT under RS256 that names its
  application (`application_id`). Nobody but the app can make one, so it is never replaced: such an
  application is in pass-through mode, known by its public key.
- `api_key` and `api_secret` in the form of an SMS. A signed form (`sig`) has no secret in it.

Two credentials in one request are none: nobody could tell in whose name it would be sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

import jwt

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.authorization import as_basic, basic, bearer, under
from gatekeeper.providers.contract import Credential, RawRequest
from gatekeeper.providers.vonage.paths import REST
from gatekeeper.providers.vonage.sms_body import fields_of, with_secret

_KEYS = re.compile(r"\bapi_(?:key|secret)=")


def credential(raw: RawRequest) -> Credential | None:
    """Key and secret, or the application that a token names with that token; None for neither."""
    if raw.header("Authorization") is None:
        return _in_form(raw) if raw.service == REST else None
    if _names_another(raw):
        return None
    token = bearer(raw)
    if token is not None:
        application = claims_of(token).get("application_id")
        return Credential(application, token) if isinstance(application, str) else None
    pair = basic(raw)
    return Credential(*pair) if pair is not None else None


def _names_another(raw: RawRequest) -> bool:
    """Whether a key or secret stands in the body or query, beside that of the header."""
    query = raw.target.partition("?")[2]
    if _KEYS.search(unquote(query)):
        return True
    if raw.service != REST or not raw.body:
        return False
    try:
        return not {"api_key", "api_secret"}.isdisjoint(fields_of(raw))
    except AmbiguousRequest:
        return False


def _in_form(raw: RawRequest) -> Credential | None:
    try:
        fields = fields_of(raw)
    except AmbiguousRequest:
        return None
    key, secret = fields.get("api_key"), fields.get("api_secret")
    return Credential(key, secret) if isinstance(key, str) and isinstance(secret, str) else None


@lru_cache(maxsize=64)
def claims_of(token: str) -> Mapping[str, Any]:
    """What a token claims, before anybody has verified it; empty for what is no JWT."""
    try:
        return MappingProxyType(jwt.decode(token, options={"verify_signature": False}))
    except (jwt.PyJWTError, ValueError, RecursionError):
        return MappingProxyType({})


def key_of(raw: RawRequest) -> str | None:
    """The token's own id: the SDK's ten immediate tries carry one, a new send has a new one.

    With the body: an app may keep one token for many messages, each of which is sent.
    """
    token = bearer(raw)
    name = claims_of(token).get("jti") if token else None
    return f"{name}:{sha256(raw.body).hexdigest()}" if isinstance(name, str) and name else None


def swap(raw: RawRequest, credential: Credential) -> RawRequest:
    """The same request under another key and secret; every other byte stays."""
    if raw.header("Authorization") is not None:
        return under(raw, as_basic(credential.account, credential.secret))
    return with_secret(raw, credential.account, credential.secret)
