"""Did an app sign its token itself, with the private key whose public half is registered?

For providers whose SDKs make a new token for each request (Vonage): RS256 alone, RFC 7519.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

LEEWAY_S = 30
"""Seconds by which the app's clock may be off."""
LONGEST_S = 24 * 3600
"""Seconds that a token may last: Vonage takes none that lasts longer."""
_LEAST_BITS = 2048


def is_public_key(text: str) -> bool:
    """Whether this is an RSA public key in PEM that can be relied on."""
    if "PUBLIC KEY" not in text[:60]:
        return False
    try:
        key = load_pem_public_key(text.encode())
    except (ValueError, UnsupportedAlgorithm):
        return False
    return isinstance(key, RSAPublicKey) and key.key_size >= _LEAST_BITS


def holds(token: str, public_key: str, at: datetime) -> bool:
    """Whether the token is signed by the other half of this key, and lasts at this instant."""
    try:
        claims = jwt.decode(
            token,
            public_key,
            algorithms=["RS256"],
            options={"verify_exp": False, "verify_iat": False, "verify_nbf": False,
                     "verify_aud": False, "verify_sub": False, "verify_jti": False},
        )  # fmt: skip
    except (jwt.PyJWTError, ValueError, TypeError):
        return False
    return _lasts(claims.get("iat"), claims.get("exp"), at.timestamp())


def _lasts(issued: Any, expires: Any, now: float) -> bool:
    if not isinstance(issued, int | float):
        return False
    end = expires if isinstance(expires, int | float) else issued + 900
    return issued - LEEWAY_S <= now <= end + LEEWAY_S and end - issued <= LONGEST_S
