"""Whose signature is this? Ed25519 public keys as bytes and as text for humans."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gatekeeper.errors import KeyringError

LABEL = "gatekeeper-ed25519:"
RAW_BYTES = 32


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The one key that an outsider needs to prove the journal (RFC 8032)."""

    raw: bytes

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """Read `gatekeeper-ed25519:<base64>`; KeyringError for anything else."""
        label, _, encoded = text.strip().rpartition(":")
        try:
            raw = b64decode(encoded, validate=True)
        except (NotBase64, ValueError) as error:
            raise KeyringError("the public key is not base64") from error
        if len(raw) != RAW_BYTES or f"{label}:" not in (LABEL, ":"):
            raise KeyringError(f"a public key looks like {LABEL}<44 characters of base64>")
        return cls(raw)

    @property
    def text(self) -> str:
        """The form to print and hand out."""
        return LABEL + b64encode(self.raw).decode("ascii")

    def authentic(self, signature: bytes, message: bytes) -> bool:
        """Whether `signature` over `message` was made by the holder of the private key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True
