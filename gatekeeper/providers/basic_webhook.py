"""How do webhooks hold that are not signed, but come under a user and password? (HTTP Basic)

The secret that was agreed is `user:password`.
"""

from __future__ import annotations

import hmac

from gatekeeper.providers.authorization import as_basic, basic
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.relayed import relayed

USER = "gatekeeper"
"""Who calls an app whose secret names no user."""


def verify(raw: RawRequest, secret: str) -> bool:
    """Whether it was called with the user and password agreed; one without a user never holds."""
    pair = basic(raw)
    if pair is None or ":" not in secret:
        return False
    return hmac.compare_digest(":".join(pair).encode(), secret.encode())


def resign(raw: RawRequest, url: str, secret: str) -> RawRequest:
    """The same webhook for another URL, with that one's user and password."""
    user, colon, password = secret.partition(":")
    pair = (user, password) if colon else (USER, secret)
    return relayed(raw, url, (("Authorization", as_basic(*pair)),))
