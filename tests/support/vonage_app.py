"""An app of Vonage's: its keys, the tokens that it makes, and what Vonage signs for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers import VONAGE
from gatekeeper.providers.contract import RawRequest
from tests.support.golden import golden

APPLICATION = "78d335fa-323d-0114-9c3d-d6f0d48968cf"
SIGNED = "the-signature-secret-of-acme-at-vonage"
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@cache
def keys(bits: int = 2048) -> tuple[str, str]:
    """A private and a public key, in PEM."""
    key = rsa.generate_private_key(65537, bits)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


def token(at: datetime = NOW, **more: Any) -> str:
    """What the SDK makes for a request."""
    issued = int(at.timestamp())
    claims = {"application_id": APPLICATION, "iat": issued, "exp": issued + 900, "jti": "j-1"}
    return jwt.encode(claims | more, keys()[0], algorithm="RS256")


def webhook(body: bytes, at: datetime = NOW, secret: str = SIGNED, **more: Any) -> RawRequest:
    """A webhook as Vonage signs it."""
    claims = {"iat": int(at.timestamp()), "payload_hash": sha256(body).hexdigest()}
    signed = jwt.encode(claims | more, secret, algorithm="HS256")
    headers = (("Content-Type", "application/json"), ("Authorization", f"Bearer {signed}"))
    return RawRequest("POST", "/v1/inbound/vonage/app", headers, body)


def captured(name: str) -> RawRequest:
    """What the real SDK has put on the wire for this send."""
    kept = golden("vonage", name)
    pairs = (line.split(": ", 1) for line in kept["headers"])
    headers = tuple((name, value) for name, value in pairs)
    service = kept["service"].partition("-")[2]
    return RawRequest(kept["method"], kept["target"], headers, kept["body"].encode(), service)


def request(path: str, body: Any) -> RawRequest:
    """A request of the SDK: bytes as they are, anything else as JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return RawRequest("POST", path, (("Content-Type", "application/json"),), raw)


def parsed(raw: RawRequest) -> OutboundRequest:
    """The request as the gate reads it."""
    operation = VONAGE.match(raw)
    assert operation is not None
    return VONAGE.parse(raw, operation)
