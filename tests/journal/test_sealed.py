"""Evidence: sealed, durable before it is referred to, found by id and digest."""

from __future__ import annotations

from errno import ENOSPC
from hashlib import sha256
from pathlib import Path

import pytest

from gatekeeper.errors import DependencyUnavailable, JournalError, KeyringError
from gatekeeper.journal.sealed import SealedStore
from gatekeeper.vault.keyfile import generate
from gatekeeper.vault.keyring import Keyring
from tests.support.journal import KEYRING, FaultyDisk, VolatileDisk

EVIDENCE = b'{"ip":"203.0.113.7","form":"Yes, text me offers from Acme"}'


async def test_evidence_reads_back_and_lies_sealed(tmp_path: Path) -> None:
    store = SealedStore(tmp_path, KEYRING)
    digest = await store.put("c1", EVIDENCE)
    assert store.get("c1", digest) == EVIDENCE
    raw = b"".join(path.read_bytes() for path in (tmp_path / "sealed").iterdir())
    assert b"203.0.113.7" not in raw
    assert b"text me" not in raw
    store.close()


async def test_the_digest_is_of_the_ciphertext_and_tells_two_blobs_of_one_id_apart(
    tmp_path: Path,
) -> None:
    store = SealedStore(tmp_path, KEYRING)
    one, two = await store.put_all([("c1", b"one"), ("c1", b"two")])
    assert one != two != sha256(b"two").hexdigest()
    assert (store.get("c1", one), store.get("c1", two)) == (b"one", b"two")
    store.close()


async def test_what_was_put_survives_power_loss_and_a_torn_line_after_it(tmp_path: Path) -> None:
    disk = VolatileDisk()
    store = SealedStore(tmp_path / "run", KEYRING, disk)
    digest = await store.put("c1", EVIDENCE)
    image = disk.power_loss(tmp_path / "run", tmp_path / "image")
    (path,) = (image / "sealed").iterdir()
    path.write_bytes(path.read_bytes() + b'{"id":"c1","sea')
    again = SealedStore(image, KEYRING)
    other = await again.put("c2", b"next")
    assert (again.get("c1", digest), again.get("c2", other)) == (EVIDENCE, b"next")
    store.close()
    again.close()


async def test_a_failing_disk_is_a_refusal_and_its_file_is_not_used_again(tmp_path: Path) -> None:
    disk = FaultyDisk(ENOSPC)
    store = SealedStore(tmp_path, KEYRING, disk)
    first = await store.put("c1", b"one")
    disk.fail["sync"] = 1
    with pytest.raises(DependencyUnavailable, match="sealed evidence: No space"):
        await store.put("c2", b"two")
    third = await store.put("c3", b"three")
    assert not disk.reused
    assert (store.get("c1", first), store.get("c3", third)) == (b"one", b"three")
    store.close()


async def test_missing_altered_or_foreign_evidence_is_an_error(tmp_path: Path) -> None:
    store = SealedStore(tmp_path, KEYRING)
    digest = await store.put("c1", EVIDENCE)
    with pytest.raises(JournalError, match="missing or was altered"):
        store.get("c2", digest)
    with pytest.raises(JournalError, match="missing or was altered"):
        store.get("c1", "0" * 64)
    with pytest.raises(KeyringError):
        SealedStore(tmp_path, Keyring(generate())).get("c1", digest)
    store.close()


async def test_evidence_beyond_a_line_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="larger than"):
        await SealedStore(tmp_path, KEYRING).put("c1", bytes(4 << 20))
