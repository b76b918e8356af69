"""Evidence: sealed, durable before it is referred to, found by id and digest."""

from __future__ import annotations

from errno import ENOSPC
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from gatekeeper.domain.owner import Owner
from gatekeeper.errors import DependencyUnavailable, JournalError, KeyringError
from gatekeeper.journal.disk import Disk
from gatekeeper.journal.layout import Segment, places
from gatekeeper.journal.sealed import Blob, Kept, Piece, SealedStore
from gatekeeper.vault.keystore import KeyStore
from gatekeeper.vault.personkeys import PersonKeys
from tests.support.journal import KEYRING, FaultyDisk, VolatileDisk

ANA, BEN = Owner("acme", bytes(16)), Owner("acme", b"b" * 16)
EVIDENCE = b'{"ip":"203.0.113.7","form":"Yes, text me offers from Acme"}'


def opened(folder: Path, disk: Disk | None = None) -> SealedStore:
    """The side store, with keys that lie beside it."""
    keys = PersonKeys(KeyStore.open(folder / "keys" / "persons.sqlite"), KEYRING)
    return SealedStore(folder, keys, disk or Disk())


def piece(name: str, data: bytes, owner: Owner = ANA) -> Piece:
    return Piece(owner, name, data)


async def test_evidence_reads_back_and_lies_sealed(tmp_path: Path) -> None:
    store = opened(tmp_path)
    digest = await store.put(piece("c1", EVIDENCE))
    assert store.get(ANA, Kept("c1", digest)) == EVIDENCE
    raw = b"".join(path.read_bytes() for path in (tmp_path / "sealed").iterdir())
    assert b"203.0.113.7" not in raw
    assert b"text me" not in raw
    store.close()


async def test_the_digest_is_of_the_ciphertext_and_tells_two_blobs_of_one_id_apart(
    tmp_path: Path,
) -> None:
    store = opened(tmp_path)
    one, two = await store.put_all([piece("c1", b"one"), piece("c1", b"two")])
    assert one != two != sha256(b"two").hexdigest()
    assert (store.get(ANA, Kept("c1", one)), store.get(ANA, Kept("c1", two))) == (b"one", b"two")
    store.close()


async def test_what_was_put_survives_power_loss_and_a_torn_line_after_it(tmp_path: Path) -> None:
    disk = VolatileDisk()
    store = opened(tmp_path / "run", disk)
    digest = await store.put(piece("c1", EVIDENCE))
    image = disk.power_loss(tmp_path / "run", tmp_path / "image")
    (path,) = (image / "sealed").iterdir()
    path.write_bytes(path.read_bytes() + b'{"id":"c1","sea')
    again = opened(image)
    other = await again.put(piece("c2", b"next"))
    assert (again.get(ANA, Kept("c1", digest)), again.get(ANA, Kept("c2", other))) == (
        EVIDENCE,
        b"next",
    )
    store.close()
    again.close()


async def test_a_failing_disk_is_a_refusal_and_its_file_is_not_used_again(tmp_path: Path) -> None:
    disk = FaultyDisk(ENOSPC)
    store = opened(tmp_path, disk)
    first = await store.put(piece("c1", b"one"))
    disk.fail["sync"] = 1
    with pytest.raises(DependencyUnavailable, match="sealed evidence: No space"):
        await store.put(piece("c2", b"two"))
    third = await store.put(piece("c3", b"three"))
    assert not disk.reused
    assert (store.get(ANA, Kept("c1", first)), store.get(ANA, Kept("c3", third))) == (
        b"one",
        b"three",
    )
    store.close()


async def test_missing_altered_or_foreign_evidence_is_an_error(tmp_path: Path) -> None:
    store = opened(tmp_path)
    digest = await store.put(piece("c1", EVIDENCE))
    with pytest.raises(JournalError, match="missing or was altered"):
        store.get(ANA, Kept("c2", digest))
    with pytest.raises(JournalError, match="missing or was altered"):
        store.get(ANA, Kept("c1", "0" * 64))
    with pytest.raises(KeyringError):
        (raw,) = (tmp_path / "sealed").iterdir()
        (place,) = places(Segment(raw, 0))
        sealed = msgspec.json.decode(place.raw, type=Blob).sealed
        store.opened(ANA, Blob("c1", sealed[:-1] + bytes([sealed[-1] ^ 1])))
    store.close()


async def test_evidence_beyond_a_line_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="larger than"):
        await opened(tmp_path).put(piece("c1", bytes(4 << 20)))


async def test_many_are_found_in_one_walk_and_the_bytes_read_are_told(tmp_path: Path) -> None:
    told: list[int] = []
    store = opened(tmp_path)
    digests = await store.put_all([piece(f"c{n}", b"%d" % n) for n in range(50)])
    wanted = {Kept(f"c{n}", digests[n]) for n in (3, 49)} | {Kept("c4", "0" * 64)}
    found = {kept.id: store.opened(ANA, blob) for kept, blob in store.find(wanted, told.append)}
    assert found == {"c3": b"3", "c49": b"49"}
    assert sum(told) == store.size > 0


async def test_evidence_sealed_before_persons_had_keys_is_still_read(tmp_path: Path) -> None:
    store = opened(tmp_path)
    old = Blob("c0", KEYRING.seal(EVIDENCE, b"evidence\0c0"))
    (tmp_path / "sealed").mkdir()
    (tmp_path / "sealed" / "000001.jsonl").write_bytes(msgspec.json.encode(old) + b"\n")
    kept = Kept("c0", sha256(old.sealed).hexdigest())
    assert store.get(ANA, kept) == EVIDENCE
    store.close()


async def test_evidence_of_one_person_does_not_open_as_anothers(tmp_path: Path) -> None:
    store = opened(tmp_path)
    digest, _ = await store.put_all([piece("c1", b"ana"), piece("c2", b"ben", BEN)])
    assert store.get(BEN, Kept("c1", digest)) is None
    store.close()
