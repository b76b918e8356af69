"""Where does evidence lie that is personal: consent forms, IP addresses, texts shown?

In an append-only side store, encrypted under a key of the person's own; the journal's record
holds the SHA-256 of the ciphertext. Key and evidence are durable before the record that refers to
them, and destroying the key erases the evidence while the journal still verifies.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import NamedTuple, Protocol

import msgspec

from gatekeeper.domain.owner import Owner
from gatekeeper.errors import DependencyUnavailable, JournalError
from gatekeeper.journal.disk import Disk, write_durably
from gatekeeper.journal.record import MAX_LINE
from gatekeeper.journal.scan import blocks, spans

REAL_DISK = Disk()
SEGMENT_BYTES = 64 << 20
FEW = 32
"""Up to so many ids are looked for one by one; for more every line is read."""
_SEALED = b'"sealed":"'


class Sealer(Protocol):
    """Who encrypts: the keys of persons."""

    def seal_all(self, pieces: Sequence[tuple[Owner, bytes, bytes]]) -> list[bytes]:
        """Each plaintext sealed under its owner's key, durable first, and bound to its aad."""

    def unseal(self, owner: Owner, sealed: bytes, aad: bytes) -> bytes | None:
        """The plaintext, None if its key is no more; KeyringError if it was altered."""


class Piece(NamedTuple):
    """One piece of evidence to be kept: whose it is, and what it is called."""

    owner: Owner
    id: str
    data: bytes


class Kept(NamedTuple):
    """What names a piece in the journal: its id, and the SHA-256 (hex) of its ciphertext."""

    id: str
    digest: str


class Blob(msgspec.Struct, frozen=True):
    """One line of the side store."""

    id: str
    sealed: bytes


class _Found(NamedTuple):
    path: Path
    start: int
    line: bytes
    kept: Kept
    blob: Blob


class SealedStore:
    """The side store of one data folder; the journal's lock guards it too."""

    def __init__(self, folder: Path, sealer: Sealer, disk: Disk = REAL_DISK) -> None:
        self._home = folder / "sealed"
        self._sealer = sealer
        self._disk = disk
        self._lock = Lock()
        self._fd: int | None = None
        self._size = 0

    async def put(self, piece: Piece) -> str:
        """Keep one piece of evidence, durable on return; the digest for the journal's record."""
        return (await self.put_all([piece]))[0]

    async def put_all(self, pieces: Sequence[Piece]) -> list[str]:
        """Keep many with one sync; DependencyUnavailable if the disk fails."""
        try:
            return await asyncio.to_thread(self._put, pieces)
        except OSError as error:
            reason = error.strerror or "disk error"
            raise DependencyUnavailable("journal", f"sealed evidence: {reason}") from error

    def get(self, owner: Owner, kept: Kept) -> bytes | None:
        """The evidence as it was put in, None if it was erased.

        JournalError if it is not there. Blocks, and reads the side store from its newest file
        backwards: for a reviewer's question.
        """
        for _, blob in self.find({kept}):
            return self.opened(owner, blob)
        raise JournalError(f"the sealed evidence {kept.id} is missing or was altered")

    def find(
        self, wanted: Collection[Kept], advance: Callable[[int], None] = lambda _: None
    ) -> Iterator[tuple[Kept, Blob]]:
        """Those that are there, still sealed, in one walk; `advance` is told of bytes read."""
        for found in self._find(wanted, advance):
            yield found.kept, found.blob

    def scrub(self, wanted: Collection[Kept]) -> int:
        """Overwrite ciphertexts in their place, durable on return; how many there still were.

        For evidence that was sealed before persons had keys: no key of its own can be destroyed.
        """
        found = list(self._find(wanted, lambda _: None))
        for path, start, line, _, _ in found:
            at = start + line.index(_SEALED) + len(_SEALED)
            fd = os.open(path, os.O_WRONLY)
            try:
                os.pwrite(fd, b"A" * (line.rindex(b'"') - at + start), at)
                os.fsync(fd)
            finally:
                os.close(fd)
        return len(found)

    def _find(self, wanted: Collection[Kept], advance: Callable[[int], None]) -> Iterator[_Found]:
        left = set(wanted)
        words = [b'"id":' + msgspec.json.encode(kept.id) for kept in left]
        for path in sorted(self._home.glob("*.jsonl"), reverse=True):
            if not left:
                return
            for start, block in blocks(path):
                for begin, end in spans(block, words if len(words) <= FEW else [b'"id":']):
                    line = block[begin:end]
                    blob = msgspec.json.decode(line, type=Blob) if end < len(block) else None
                    kept = Kept(blob.id, sha256(blob.sealed).hexdigest()) if blob else None
                    if blob is not None and kept is not None and kept in left:
                        left.discard(kept)
                        yield _Found(path, start + begin, line, kept, blob)
                advance(len(block))

    def opened(self, owner: Owner, blob: Blob) -> bytes | None:
        """What a blob holds, None if its key was destroyed; KeyringError if it is another's."""
        return self._sealer.unseal(owner, blob.sealed, _aad(blob.id))

    @property
    def size(self) -> int:
        """Bytes of the whole side store, for a progress bar."""
        return sum(path.stat().st_size for path in self._home.glob("*.jsonl"))

    def close(self) -> None:
        """Give the descriptor back."""
        with self._lock:
            self._abandon()

    def _put(self, pieces: Sequence[Piece]) -> list[str]:
        bound = [(piece.owner, piece.data, _aad(piece.id)) for piece in pieces]
        ciphertexts = self._sealer.seal_all(bound)
        named = zip(pieces, ciphertexts, strict=True)
        lines = [msgspec.json.encode(Blob(piece.id, sealed)) for piece, sealed in named]
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
        return [sha256(sealed).hexdigest() for sealed in ciphertexts]

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


def _aad(blob_id: str) -> bytes:
    return b"evidence\0" + blob_id.encode()
