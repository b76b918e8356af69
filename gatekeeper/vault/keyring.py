"""What does the installation do with its secret keys?

Pseudonyms stand for people in the journal, subjects stand for them in the store; both are
HMAC-SHA-256 under a key derived for each tenant, so that two tenants cannot be joined. A plain
hash of a phone number would be reversed in hours.
"""

from __future__ import annotations

import hmac
import os
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gatekeeper.errors import KeyringError
from gatekeeper.vault import keyfile
from gatekeeper.vault.keyfile import KeyFile, Use
from gatekeeper.vault.signing import PublicKey

TENANTS_READY = 4096
"""So many tenants have their derived keys ready; others are derived anew."""
NAMED = 4096
"""So many pseudonyms are kept: those of senders, and of people who are written to often."""
SEALED_V1 = b"\x01"
ID_BYTES = 8
NONCE_BYTES = 12


class _Digest(Protocol):
    def copy(self) -> _Digest: ...
    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...
    def hexdigest(self) -> str: ...


class Keyring:
    """The keys of one installation, in use; its repr shows none of them."""

    def __init__(self, keys: KeyFile) -> None:
        self._pseudonyms = _by_tenant(keys.current(Use.PSEUDONYM).secret)
        self._named = lru_cache(NAMED)(self._pseudonym_of)
        self._subjects = _by_tenant(keys.current(Use.SUPPRESSION).secret)
        self._fingerprints = keys.current(Use.FINGERPRINT).secret
        sealing = [key for key in keys.keys if key.use is Use.SEALING]
        self._sealers = {bytes.fromhex(key.id): AESGCM(key.secret) for key in sealing}
        self._sealing_id = bytes.fromhex(sealing[-1].id)
        self._signer = Ed25519PrivateKey.from_private_bytes(keys.current(Use.SIGNING).secret)
        self.public_key = self._signer.public_key().public_bytes_raw()
        self._created = keys.created

    @classmethod
    def open(cls, path: Path, *, journal_exists: bool) -> Keyring:
        """Open the keyring, or make it at the first start of an installation.

        KeyringError if it is missing beside an existing journal (its pseudonyms and signatures
        would match nothing), readable by others, damaged, or of an unknown version.
        """
        if not path.exists():
            if journal_exists:
                raise KeyringError(
                    f"the keyring {path} is missing, but a journal exists: restore it from a backup"
                )
            keyfile.create(path, keyfile.generate())
        return cls(keyfile.read(path))

    def __repr__(self) -> str:
        return f"Keyring({self.public_key_text}, created {self._created:%Y-%m-%d})"

    @property
    def installation(self) -> str:
        """16 hex digits that say whose a store is: its people are named under the same key."""
        return self._subjects("").copy().hexdigest()[:16]

    @property
    def public_key_text(self) -> str:
        """The signing key's public half, to hand out: `gatekeeper-ed25519:<base64>`."""
        return PublicKey(self.public_key).text

    def pseudonym(self, tenant: str, value: str) -> str:
        """32 hex digits that stand for `value` in this tenant's journal records."""
        return self._named(tenant, value)

    def _pseudonym_of(self, tenant: str, value: str) -> str:
        digest = self._pseudonyms(tenant).copy()
        digest.update(value.encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:32]

    def subject(self, tenant: str, address: str) -> bytes:
        """16 bytes that stand for a recipient in the store; their key never rotates."""
        digest = self._subjects(tenant).copy()
        digest.update(address.encode("utf-8", "surrogatepass"))
        return digest.digest()[:16]

    def fingerprint(self, secret: str) -> str:
        """64 hex digits by which a provider's credential is known without keeping it."""
        message = secret.encode("utf-8", "surrogatepass")
        return hmac.digest(self._fingerprints, message, "sha256").hex()

    def seal(self, plaintext: bytes, aad: bytes) -> bytes:
        """Encrypt (AES-256-GCM); `aad` names what it belongs to and must be given to unseal.

        The form: version byte, key id (8 bytes), nonce (12 bytes), ciphertext with tag.
        """
        nonce = os.urandom(NONCE_BYTES)
        head = SEALED_V1 + self._sealing_id
        return head + nonce + self._sealers[self._sealing_id].encrypt(nonce, plaintext, head + aad)

    def unseal(self, sealed: bytes, aad: bytes) -> bytes:
        """Decrypt what `seal` made; KeyringError if altered, moved, or of an unknown key."""
        cut = len(SEALED_V1) + ID_BYTES
        head, nonce = sealed[:cut], sealed[cut : cut + NONCE_BYTES]
        sealer = self._sealers.get(head[1:])
        if sealer is None or head[:1] != SEALED_V1:
            raise KeyringError("a sealed value is not of this keyring")
        try:
            return sealer.decrypt(nonce, sealed[cut + NONCE_BYTES :], head + aad)
        except (InvalidTag, ValueError) as error:
            raise KeyringError("a sealed value was altered or belongs elsewhere") from error

    def sign(self, message: bytes) -> bytes:
        """Ed25519 signature (64 bytes)."""
        return self._signer.sign(message)


class _ByTenant(Protocol):
    def __call__(self, tenant: str, /) -> _Digest: ...


def _by_tenant(secret: bytes) -> _ByTenant:
    """HMAC states under a key derived for each tenant, ready to be copied."""

    @lru_cache(TENANTS_READY)
    def started(tenant: str) -> _Digest:
        derived = hmac.digest(secret, tenant.encode("utf-8", "surrogatepass"), "sha256")
        return hmac.new(derived, digestmod="sha256")

    return started
