"""Which credential does a Twilio SDK send, and how is it replaced by the provider's own?"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from functools import lru_cache

from gatekeeper.providers.contract import Credential, RawRequest
from gatekeeper.providers.twilio.paths import ACCOUNT

_PATH = re.compile(rf"/2010-04-01/Accounts/({ACCOUNT})(?=[/.?]|$)")
_USER = re.compile(rf"(?:{ACCOUNT}|SK[0-9a-fA-F]{{32}})")
_BASIC = re.compile(r"basic +([A-Za-z0-9+/]+={0,2})", re.IGNORECASE)


def credential(raw: RawRequest) -> Credential | None:
    """The account of the path with the secret of HTTP Basic; None if that has no one reading.

    The paths of Verify and its like name no account: there an API key's secret identifies alone.
    The user is the account itself or one of its API keys (`SK...`). A bearer token, a doubled
    header or the name of another account than the path's is no credential.
    """
    values = [value for name, value in raw.headers if name.lower() == "authorization"]
    pair = _basic(values[0]) if len(values) == 1 else None
    if pair is None:
        return None
    user, secret = pair
    named = _PATH.match(raw.target)
    if named is None:
        return Credential(user if user.startswith("AC") else "", secret)
    if user.startswith("AC") and user != named[1]:
        return None
    return Credential(named[1], secret)


@lru_cache(maxsize=1024)
def _basic(header: str) -> tuple[str, str] | None:
    encoded = _BASIC.fullmatch(header)
    if encoded is None:
        return None
    try:
        decoded = b64decode(encoded[1], validate=True)
        if b64encode(decoded).decode() != encoded[1]:
            return None
        user, colon, secret = decoded.decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    if not (colon and secret.isprintable() and secret and _USER.fullmatch(user)):
        return None
    return user, secret


@lru_cache(maxsize=1024)
def _header(credential: Credential) -> str:
    pair = f"{credential.account}:{credential.secret}".encode()
    return f"Basic {b64encode(pair).decode()}"


def swap(raw: RawRequest, credential: Credential) -> RawRequest:
    """The same request under another credential: only its header and account name change."""
    basic = _header(credential)
    headers = [
        (name, basic) if name.lower() == "authorization" else (name, value)
        for name, value in raw.headers
    ]
    named = _PATH.match(raw.target)
    target = raw.target
    if named and named[1] != credential.account:
        target = target[: named.start(1)] + credential.account + target[named.end(1) :]
    return RawRequest(raw.method, target, tuple(headers), raw.body, raw.service)
