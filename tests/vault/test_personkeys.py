"""Has each person a key of their own, and is a destroyed key nowhere any more?"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from gatekeeper.domain.owner import Owner
from gatekeeper.errors import KeyringError
from gatekeeper.vault.keyfile import generate
from gatekeeper.vault.keyring import Keyring
from gatekeeper.vault.keystore import KeyStore
from gatekeeper.vault.personkeys import PersonKeys

KEYRING = Keyring(generate())
ANA, BEN = Owner("acme", b"a" * 16), Owner("acme", b"b" * 16)
AAD = b"evidence\0c1"


def opened(folder: Path) -> tuple[KeyStore, PersonKeys]:
    store = KeyStore.open(folder / "keys" / "persons.sqlite")
    return store, PersonKeys(store, KEYRING)


def on_disk(folder: Path) -> bytes:
    """All bytes of all files of the data folder."""
    return b"\0".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def wrapped(store: KeyStore) -> dict[bytes, bytes]:
    """What is secret in the file: the wrapped key of each person."""
    return dict(store.rows("SELECT subject, wrapped FROM person"))


def test_each_person_has_one_key_and_it_survives_a_restart(tmp_path: Path) -> None:
    store, keys = opened(tmp_path)
    one, two, three = keys.seal_all([(ANA, b"1", AAD), (ANA, b"2", AAD), (BEN, b"3", AAD)])
    assert one[1:9] == two[1:9] != three[1:9]
    assert keys.id_of(ANA) == one[1:9].hex()
    store.close()
    store, keys = opened(tmp_path)
    assert [keys.unseal(ANA, sealed, AAD) for sealed in (one, two)] == [b"1", b"2"]
    assert keys.unseal(BEN, three, AAD) == b"3"
    store.close()


def test_the_key_is_durable_before_anything_is_sealed_with_it(tmp_path: Path) -> None:
    """Another process that reads the file right after has the key."""
    store, keys = opened(tmp_path)
    (sealed,) = keys.seal_all([(ANA, b"1", AAD)])
    other, theirs = opened(tmp_path)
    assert theirs.unseal(ANA, sealed, AAD) == b"1"
    other.close()
    store.close()


def test_what_was_altered_or_moved_does_not_open(tmp_path: Path) -> None:
    store, keys = opened(tmp_path)
    (sealed,) = keys.seal_all([(ANA, b"1", AAD)])
    for given, aad in ((sealed[:-1] + b"x", AAD), (sealed, b"evidence\0c2"), (sealed[:12], AAD)):
        with pytest.raises(KeyringError, match="altered"):
            keys.unseal(ANA, given, aad)
    assert keys.unseal(BEN, sealed, AAD) is None
    store.close()


def test_a_wrapped_key_does_not_open_in_another_row(tmp_path: Path) -> None:
    """Whoever can write the file cannot make one person's evidence another's."""
    store, keys = opened(tmp_path)
    (sealed,) = keys.seal_all([(ANA, b"1", AAD)])
    store.write(("UPDATE person SET subject = ?", [(BEN.subject,)]))
    with pytest.raises(KeyringError):
        keys.unseal(BEN, sealed, AAD)
    store.close()


def test_a_destroyed_key_is_gone_from_every_file_and_opens_nothing(tmp_path: Path) -> None:
    store, keys = opened(tmp_path)
    (sealed,) = keys.seal_all([(ANA, b"1", AAD)])
    secret, key_id = wrapped(store)[ANA.subject], keys.id_of(ANA)
    assert secret in on_disk(tmp_path)
    assert key_id is not None and keys.destroy(ANA, key_id)
    assert secret[9:] not in on_disk(tmp_path) and secret[-16:] not in on_disk(tmp_path)
    assert keys.unseal(ANA, sealed, AAD) is None
    assert keys.id_of(ANA) is None
    assert not keys.destroy(ANA, key_id)
    store.close()


def test_no_stale_copy_is_left_among_thousands_that_come_and_go(tmp_path: Path) -> None:
    """A page that is rebuilt may keep old bytes in its gap: so none is ever rebuilt."""
    source, store, keys = random.Random(3), *opened(tmp_path)
    gone: list[bytes] = []
    living: list[Owner] = []
    for _ in range(6):
        new = [Owner("acme", os.urandom(16)) for _ in range(400)]
        keys.seal_all([(owner, b"x", AAD) for owner in new])
        living += new
        secrets = wrapped(store)
        for owner in source.sample(living, 150):
            living.remove(owner)
            key_id = keys.id_of(owner)
            assert key_id is not None and keys.destroy(owner, key_id)
            gone.append(secrets[owner.subject])
    raw = on_disk(tmp_path)
    assert [secret for secret in gone if secret[9:] in raw or secret[-16:] in raw] == []
    assert all(secret in raw for secret in wrapped(store).values() if secret.strip(b"\0"))
    store.close()


def test_a_person_who_comes_back_gets_another_key(tmp_path: Path) -> None:
    store, keys = opened(tmp_path)
    (old,) = keys.seal_all([(ANA, b"1", AAD)])
    first = keys.id_of(ANA)
    assert first is not None
    keys.destroy(ANA, first)
    (new,) = keys.seal_all([(ANA, b"2", AAD)])
    assert keys.id_of(ANA) not in (first, None)
    assert (keys.unseal(ANA, old, AAD), keys.unseal(ANA, new, AAD)) == (None, b"2")
    assert not keys.destroy(ANA, first) and keys.destroy_ids([first]) == 0
    assert keys.unseal(ANA, new, AAD) == b"2"
    store.close()


def test_keys_are_destroyed_by_id_alone_too(tmp_path: Path) -> None:
    store, keys = opened(tmp_path)
    people = [Owner("acme", os.urandom(16)) for _ in range(1200)]
    keys.seal_all([(owner, b"x", AAD) for owner in people])
    ids = [id_ for owner in people[:700] if (id_ := keys.id_of(owner))]
    assert keys.destroy_ids([*ids, "00" * 7 + "01"]) == 700
    assert [keys.id_of(owner) is None for owner in people] == [True] * 700 + [False] * 500
    store.close()


def test_what_is_no_id_is_refused(tmp_path: Path) -> None:
    store, keys = opened(tmp_path)
    for nonsense in ("", "00" * 8, "ff"):
        with pytest.raises(KeyringError, match="not the id"):
            keys.destroy(ANA, nonsense)
    store.close()
