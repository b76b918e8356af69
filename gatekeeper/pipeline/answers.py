"""How is an answer kept for an idempotency key? Whole, and sealed: it may repeat the message."""

from __future__ import annotations

from hashlib import sha256
from typing import Protocol

import msgspec

from gatekeeper.providers.contract import RawRequest, Reply
from gatekeeper.store.contract import IdempotencyAsk

REPLAYED = ("Idempotency-Replayed", "true")
"""Header of an answer that was stored before (as in the IETF Idempotency-Key draft)."""


class Seals(Protocol):
    """What the pipeline needs of the keyring to keep secrets."""

    def seal(self, plaintext: bytes, aad: bytes) -> bytes:
        """Ciphertext bound to `aad`."""

    def unseal(self, sealed: bytes, aad: bytes) -> bytes:
        """The plaintext; KeyringError if anything was altered."""


class _Stored(msgspec.Struct, frozen=True, array_like=True):
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def seal_reply(seals: Seals, reply: Reply, idem: IdempotencyAsk) -> bytes:
    """The reply as the store may keep it."""
    plain = msgspec.msgpack.encode(_Stored(reply.status, reply.headers, reply.body))
    return seals.seal(plain, idem.fingerprint.encode())


def unseal_reply(seals: Seals, stored: bytes, idem: IdempotencyAsk) -> Reply:
    """The stored reply, marked as replayed."""
    plain = seals.unseal(stored, idem.fingerprint.encode())
    kept = msgspec.msgpack.decode(plain, type=_Stored)
    return Reply(kept.status, (*kept.headers, REPLAYED), kept.body)


def idempotency_of(
    raw: RawRequest, tenant: str, application: str, key: str | None, attempt: int | None = None
) -> IdempotencyAsk:
    """The key scoped by tenant, application and endpoint, and the digest of the whole request.

    Without a key, but where the SDK counts its tries, the request itself is the key.
    """
    scope = "\x00".join((tenant, application, raw.method, raw.target)).encode()
    fingerprint = sha256(scope + b"\x00" + raw.body).hexdigest()
    if attempt is not None and not key:
        tries = sha256(scope + b"\x02" + fingerprint.encode()).hexdigest()
        return IdempotencyAsk(tries, fingerprint, attempt)
    scoped = sha256(scope + b"\x01" + key.encode()).hexdigest() if key else None
    return IdempotencyAsk(scoped, fingerprint)


def within(idem: IdempotencyAsk, place: int) -> IdempotencyAsk:
    """For a further message of a request: no key, since the request as a whole has that."""
    return IdempotencyAsk(None, sha256(f"{idem.fingerprint}:{place}".encode()).hexdigest())
