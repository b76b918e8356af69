"""Where does evidence lie that is personal: consent forms, IP addresses, texts shown?

In an append-only side store, encrypted; the journal's record holds the SHA-256 of the
ciphertext. Evidence is durable before the record that refers to it, and destroying its key
erases it while the journal still verifies.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Protocol

import msgspec

from gatekeeper.errors import DependencyUnavailable, JournalError
from gatekeeper.journal.disk import Disk, write_durably
from gatekeeper.journal.layout import Segment, places
from gatekeeper.journal.record import MAX_LINE

REAL_DISK = Disk()
SEGMENT_BYTES = 64 << 20


class Sealer(Protocol):
    """Who encrypts: the keyring."""

    def seal(self, plaintext: bytes, aad: bytes) -> bytes:
        """The sealed form, bound to `aad`."""

    def unseal(self, sealed: bytes, aad: bytes) -> bytes:
        """The plaintext; KeyringError if it was altered."""


class Blob(msgspec.Struct, frozen=True):
    """One line of the side store."""

    id: str
    sealed: bytes


class SealedStore:
    """The side store of one data folder; the journal's lock guards it too."""

    def __init__(self, folder: Path, sealer: Sealer, disk: Disk = REAL_DISK) -> None:
        self._home = folder / "sealed"
        self._sealer = sealer
        self._disk = disk
        self._lock = Lock()
        self._fd: int | None = None
        self._size = 0

    async def put(self, blob_id: str, blob: bytes) -> str:
        """Keep one piece of evidence, durable on return; the digest for the journal's record."""
        return (await self.put_all([(blob_id, blob)]))[0]

    async def put_all(self, blobs: Sequence[tuple[str, bytes]]) -> list[str]:
        """Keep many with one sync; DependencyUnavailable if the disk fails."""
        try:
            return await asyncio.to_thread(self._put, blobs)
        except OSError as error:
            reason = error.strerror or "disk error"
            raise DependencyUnavailable("journal", f"sealed evidence: {reason}") from error

    def get(self, blob_id: str, digest: str) -> bytes:
        """The evidence as it was put in; JournalError if it is not there or not that one.

        Blocks, and reads the side store from its newest file backwards: for a reviewer's question.
        """
        for blob in self._blobs(blob_id):
            if sha256(blob.sealed).hexdigest() == digest:
                return self._sealer.unseal(blob.sealed, _aad(blob_id))
        raise JournalError(f"the sealed evidence {blob_id} is missing or was altered")

    def close(self) -> None:
        """Give the descriptor back."""
        with self._lock:
            self._abandon()

    def _put(self, blobs: Sequence[tuple[str, bytes]]) -> list[str]:
        sealed = [Blob(name, self._sealer.seal(blob, _aad(name))) for name, blob in blobs]
        lines = [msgspec.json.encode(blob) for blob in sealed]
        if any(len(line) > MAX_LINE for line in lines):
            raise JournalError(f"sealed evidence is larger than {MAX_LINE} bytes")
        data = b"\n".join([*lines, b""])
        with self._lock:
            try:
                write_durably(self._disk, self._writable(), data)
            except OSError:
                self._abandon()
                raise
            self._size += len(data)
        return [sha256(blob.sealed).hexdigest() for blob in sealed]

    def _writable(self) -> int:
        """Each start and each failure begins a new file, so a torn line never gets a neighbour."""
        if self._fd is not None and self._size >= SEGMENT_BYTES:
            self._abandon()
        if self._fd is None:
            self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
            last = max((int(path.stem) for path in self._home.glob("*.jsonl")), default=0)
            self._fd = self._disk.create(self._home / f"{last + 1:06d}.jsonl")
            self._disk.sync_folder(self._home.parent)
            self._size = 0
        return self._fd

    def _abandon(self) -> None:
        if self._fd is not None:
            fd, self._fd = self._fd, None
            self._disk.close(fd)

    def _blobs(self, blob_id: str) -> Iterator[Blob]:
        needle = msgspec.json.encode(blob_id)
        for path in sorted(self._home.glob("*.jsonl"), reverse=True):
            for place in places(Segment(path, 0)):
                if place.whole and needle in place.raw:
                    blob = msgspec.json.decode(place.raw, type=Blob)
                    if blob.id == blob_id:
                        yield blob


def _aad(blob_id: str) -> bytes:
    return b"evidence\0" + blob_id.encode()
