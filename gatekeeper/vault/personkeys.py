"""Under which key is a person's evidence sealed, and how is that key destroyed?

Each person (of one tenant) who has evidence has a random key. It lies in the key store, wrapped by
the keyring. It is durable before anything is sealed with it. Destroying overwrites it in its place:
the ciphertext stays, its digest in the journal still holds, and nobody can read it again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gatekeeper.domain.owner import Owner
from gatekeeper.errors import KeyringError
from gatekeeper.vault.keystore import KeyStore, Row

SEALED_V1, SEALED_V2 = b"\x01", b"\x02"
"""Sealed by the keyring's own key, as before persons had keys; sealed by a person's key."""
KEY_BYTES, ID_BYTES, NONCE_BYTES = 32, 8, 12
AT_ONCE = 500
"""Values in one question to SQLite."""
NO_ID = bytes(ID_BYTES)


class Wraps(Protocol):
    """What the keys need of the keyring."""

    def seal(self, plaintext: bytes, aad: bytes) -> bytes:
        """The sealed form, bound to `aad`."""

    def unseal(self, sealed: bytes, aad: bytes) -> bytes:
        """The plaintext; KeyringError if it was altered."""


class _Key(NamedTuple):
    id: bytes
    wrapped: bytes


class PersonKeys:
    """The keys of all persons of one installation. All methods block, from any thread."""

    def __init__(self, store: KeyStore, keyring: Wraps) -> None:
        self._store = store
        self._keyring = keyring
        self._making = Lock()

    def seal_all(self, pieces: Sequence[tuple[Owner, bytes, bytes]]) -> list[bytes]:
        """Seal each piece (owner, plaintext, aad) under its owner's key, made at need.

        The form: version byte, key id (8 bytes), nonce (12 bytes), ciphertext with tag.
        """
        keys = self._keys({owner for owner, _, _ in pieces})
        return [_seal(keys[owner], plaintext, aad) for owner, plaintext, aad in pieces]

    def unseal(self, owner: Owner, sealed: bytes, aad: bytes) -> bytes | None:
        """The plaintext, None if its key is no more; KeyringError if it was altered or moved."""
        if sealed[:1] == SEALED_V1:
            return self._keyring.unseal(sealed, aad)
        cut = 1 + ID_BYTES
        head, nonce = sealed[:cut], sealed[cut : cut + NONCE_BYTES]
        key = self._found([owner]).get(owner)
        if key is None or key.id != head[1:]:
            return None
        try:
            cipher = AESGCM(self._unwrapped(owner, key))
            return cipher.decrypt(nonce, sealed[cut + NONCE_BYTES :], head + aad)
        except (InvalidTag, ValueError) as error:
            raise KeyringError("sealed evidence was altered or belongs elsewhere") from error

    def id_of(self, owner: Owner) -> str | None:
        """The id (hex) of a person's key, None if there is none."""
        key = self._found([owner]).get(owner)
        return key.id.hex() if key else None

    def destroy(self, owner: Owner, key_id: str) -> bool:
        """Destroy a person's key, durable on return; False if it was destroyed before."""
        found = self._store.rows(f"{_PLACES} subject = ? AND id = ?", [owner.subject, _id(key_id)])
        return self._overwrite(found) == 1

    def destroy_ids(self, key_ids: Sequence[str]) -> int:
        """Destroy keys of which only the ids are known; how many there still were.

        Reads the whole table: it is for a start that finds erasures in the journal.
        """
        gone = 0
        for start in range(0, len(key_ids), AT_ONCE):
            ids = [_id(key_id) for key_id in key_ids[start : start + AT_ONCE]]
            marks = ",".join("?" * len(ids))
            gone += self._overwrite(self._store.rows(f"{_PLACES} id IN ({marks})", ids))
        return gone

    def _overwrite(self, places: Sequence[Row]) -> int:
        """Zeros of the same length in the same place: no page is rebuilt, no stale copy is left."""
        if places:
            rows = [(NO_ID, bytes(length), n) for n, length in places]
            self._store.write(("UPDATE person SET id = ?, wrapped = ? WHERE n = ?", rows))
        return len(places)

    def _keys(self, owners: set[Owner]) -> dict[Owner, tuple[bytes, bytes]]:
        """The id and the clear key of each, the missing ones made; two at once make one key."""
        with self._making:
            found = self._found(owners)
            new = {owner: _made() for owner in sorted(owners - found.keys())}
            if new:
                self._store.write((_NEW, [self._row(owner, *key) for owner, key in new.items()]))
        old = {owner: (key.id, self._unwrapped(owner, key)) for owner, key in found.items()}
        return old | new

    def _row(self, owner: Owner, id_: bytes, key: bytes) -> tuple[bytes, str, bytes, bytes]:
        wrapped = self._keyring.seal(key, _scope(owner, id_))
        return owner.subject, owner.tenant, id_, wrapped

    def _found(self, owners: Iterable[Owner]) -> dict[Owner, _Key]:
        asked = list(owners)
        found: dict[Owner, _Key] = {}
        for start in range(0, len(asked), AT_ONCE):
            subjects = [owner.subject for owner in asked[start : start + AT_ONCE]]
            marks = ",".join("?" * len(subjects))
            rows = self._store.rows(f"{_FIND} ({marks})", subjects)
            found |= {Owner(t, s): _Key(i, w) for t, s, i, w in rows if i != NO_ID}
        return found

    def _unwrapped(self, owner: Owner, key: _Key) -> bytes:
        return self._keyring.unseal(key.wrapped, _scope(owner, key.id))


def key_of(sealed: bytes) -> str | None:
    """The id of the person's key that something is sealed under, None for the keyring's own."""
    return sealed[1 : 1 + ID_BYTES].hex() if sealed[:1] == SEALED_V2 else None


_PLACES = "SELECT n, length(wrapped) FROM person WHERE"
_FIND = "SELECT tenant, subject, id, wrapped FROM person WHERE subject IN"
_NEW = """
INSERT INTO person (subject, tenant, id, wrapped) VALUES (?, ?, ?, ?)
ON CONFLICT (subject) DO UPDATE SET id = excluded.id, wrapped = excluded.wrapped
WHERE person.id = zeroblob(8)
"""
"""Only a destroyed key makes room for another."""


def _id(text: str) -> bytes:
    """The id as bytes; that of a destroyed key is no id."""
    found = bytes.fromhex(text)
    if len(found) != ID_BYTES or found == NO_ID:
        raise KeyringError("not the id of a key")
    return found


def _made() -> tuple[bytes, bytes]:
    """A new key: its id and itself."""
    return os.urandom(ID_BYTES), os.urandom(KEY_BYTES)


def _seal(key: tuple[bytes, bytes], plaintext: bytes, aad: bytes) -> bytes:
    id_, secret = key
    head, nonce = SEALED_V2 + id_, os.urandom(NONCE_BYTES)
    return head + nonce + AESGCM(secret).encrypt(nonce, plaintext, head + aad)


def _scope(owner: Owner, id_: bytes) -> bytes:
    """What a wrapped key is bound to: it opens in no other row."""
    return b"person\0" + owner.tenant.encode() + b"\0" + owner.subject + id_
