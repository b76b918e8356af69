"""What does a gatekeeper key look like, and how is it kept?

A key stands where the app's SDK expects the provider's secret (Twilio's auth token: any string).
It is shown once; only its hash is stored. 256 random bits need no slow password hash.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

PREFIX = "gk_"
ADMIN_PREFIX = "gka_"
"""Of keys to the registry, which no application holds."""
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new key: `token` to show once, `hash` to keep."""

    token: str = field(repr=False)
    hash: str


def issue(random: Callable[[int], bytes], prefix: str = PREFIX) -> IssuedKey:
    """Make a key from `random` (bytes of a given length: `secrets.token_bytes`)."""
    token = prefix + urlsafe_b64encode(random(SECRET_BYTES)).rstrip(b"=").decode("ascii")
    return IssuedKey(token, hash_of(token))


def hash_of(token: str) -> str:
    """SHA-256 of the whole token in hex: what `Key.hash` holds.

    Any string that a client may send is accepted; lone surrogates hash too, and match nothing.
    """
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def is_ours(token: str) -> bool:
    """Whether the token has the form of a gatekeeper key: prefix and length, nothing more."""
    return token.startswith(PREFIX) and len(token) == len(PREFIX) + 43
