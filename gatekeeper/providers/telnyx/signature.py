"""How does Telnyx sign a webhook, and how does an app check one that the gate has passed on?

Ed25519 over `timestamp|body`, in `telnyx-signature-ed25519` and `telnyx-timestamp`
(developers.telnyx.com, "Webhook fundamentals"). The secret is Telnyx's public key in base64, as
its portal shows it, and the URL is not signed: a webhook that is passed on keeps the signature
that it came with, so the app goes on checking with that same public key.

A sandbox carrier has no private key of Telnyx's. It signs with one that is made of the secret,
whose public half is `public_key`; a secret that is itself a public key never verifies that way.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from base64 import b64decode, b64encode
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gatekeeper.providers.contract import Headers, RawRequest
from gatekeeper.providers.relayed import relayed

SIGNATURE = "telnyx-signature-ed25519"
TIMESTAMP = "telnyx-timestamp"
WINDOW_S = 300
"""How old or new a webhook may be (as Telnyx's own SDK checks)."""

_SECONDS = re.compile(r"[0-9]{1,12}")
_KEY_BYTES = 32


def verify(raw: RawRequest, secret: str, now: datetime) -> bool:
    """Whether the signature holds and its time is near."""
    signature, stamp = _one(raw, SIGNATURE), _one(raw, TIMESTAMP)
    if signature is None or stamp is None or not secret or not _SECONDS.fullmatch(stamp):
        return False
    if abs(now.timestamp() - int(stamp)) > WINDOW_S:
        return False
    given = _decoded(signature)
    if given is None:
        return False
    try:
        _verifier(secret).verify(given, _signed(stamp, raw.body))
    except InvalidSignature:
        return False
    return True


def resign(raw: RawRequest, url: str, secret: str) -> RawRequest:
    """The webhook for another URL: with its own signature, or a made one if it has none."""
    signed = _one(raw, SIGNATURE) is not None
    return relayed(raw, url, () if signed else _made(raw, secret))


def public_key(secret: str) -> str:
    """What a webhook of the sandbox is checked with, in the form of Telnyx's own public key."""
    return b64encode(_private(secret).public_key().public_bytes_raw()).decode()


def _made(raw: RawRequest, secret: str) -> Headers:
    """Both headers, for the time that the sandbox gave, else for one that has long passed."""
    stamp = _one(raw, TIMESTAMP) or "0"
    signature = _private(secret).sign(_signed(stamp, raw.body))
    return (SIGNATURE, b64encode(signature).decode()), (TIMESTAMP, stamp)


def _signed(stamp: str, body: bytes) -> bytes:
    return f"{stamp}|".encode() + body


def _verifier(secret: str) -> Ed25519PublicKey:
    key = _decoded(secret)
    if key is not None and len(key) == _KEY_BYTES:
        return Ed25519PublicKey.from_public_bytes(key)
    return _private(secret).public_key()


def _private(secret: str) -> Ed25519PrivateKey:
    seed = hashlib.sha256(b"telnyx webhooks of a sandbox\0" + secret.encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def _decoded(text: str) -> bytes | None:
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _one(raw: RawRequest, name: str) -> str | None:
    values = [value.strip() for key, value in raw.headers if key.lower() == name]
    return values[0] if len(values) == 1 else None
