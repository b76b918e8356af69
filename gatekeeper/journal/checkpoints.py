"""Up to where is a stream proved? Signed heads, at most a second behind the records.

The signature (Ed25519) covers these lines, joined by newlines:

    gatekeeper-checkpoint/v1
    <origin>/<stream>
    <sequence number of the newest record>
    <hash of its line>
    <time>
    <open | closed>

A closed checkpoint ends its stream: no record may follow. The origin names the signing key.
Merkle trees and witnesses replace this file later without touching the records.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from os import SEEK_END
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

import msgspec

from gatekeeper.journal.disk import Disk, write_durably
from gatekeeper.journal.layout import Segment, places
from gatekeeper.journal.record import Head, stamp

HEADER = "gatekeeper-checkpoint/v1"
TAIL = 8192
"""Bytes; many times the length of a checkpoint's line."""


class Signer(Protocol):
    """Who signs: the keyring."""

    @property
    def public_key(self) -> bytes:
        """The raw Ed25519 public key."""

    def sign(self, message: bytes) -> bytes:
        """The signature over `message`."""


class Checkpoint(msgspec.Struct, frozen=True):
    """One signed head."""

    origin: str
    stream: str
    seq: int
    head: str
    at: str
    state: Literal["open", "closed"]
    signature: str = ""

    @property
    def text(self) -> bytes:
        """What the signature covers."""
        path = f"{self.origin}/{self.stream}"
        return "\n".join((HEADER, path, str(self.seq), self.head, self.at, self.state)).encode()

    @property
    def signature_bytes(self) -> bytes:
        """The raw signature; empty if it is not base64."""
        try:
            return b64decode(self.signature, validate=True)
        except ValueError:
            return b""


class Signed(NamedTuple):
    """A checkpoint as it lies on disk; None where the line is not one."""

    number: int
    checkpoint: Checkpoint | None


def origin(public_key: bytes) -> str:
    """The installation's name, drawn from its signing key."""
    return "gatekeeper-" + sha256(public_key).hexdigest()[:16]


def checkpoint(signer: Signer, stream: str, head: Head, at: datetime, *, closed: bool) -> bytes:
    """A signed line for the checkpoint file, with its newline."""
    unsigned = Checkpoint(
        origin(signer.public_key),
        stream,
        head.seq,
        head.hash,
        stamp(at),
        "closed" if closed else "open",
    )
    signature = b64encode(signer.sign(unsigned.text)).decode("ascii")
    return msgspec.json.encode(msgspec.structs.replace(unsigned, signature=signature)) + b"\n"


def checkpoint_path(stream: Path) -> Path:
    """Where a stream's checkpoints lie."""
    return stream / "checkpoints.jsonl"


def checkpoints(stream: Path) -> Iterator[Signed]:
    """The stream's checkpoints in order; a torn last line (no newline) is left out.

    What is added after the first one was taken is left out too: it may speak of newer records.
    """
    path = checkpoint_path(stream)
    if not path.exists():
        return
    for place in places(Segment(path, 0, keep=path.stat().st_size)):
        if place.whole:
            yield Signed(place.number, _parse(place.raw))


def newest(stream: Path) -> Checkpoint | None:
    """The last whole checkpoint, its signature not looked at; None if there is none."""
    path = checkpoint_path(stream)
    raw, _ = _last_line(path) if path.exists() else (b"", 0)
    return _parse(raw)


class CheckpointFile:
    """Appends checkpoints to one stream, a fresh descriptor after each failure."""

    def __init__(self, stream: Path, disk: Disk) -> None:
        self._path = checkpoint_path(stream)
        self._disk = disk
        self._size = _last_line(self._path)[1] if self._path.exists() else 0
        self._fd: int | None = None

    def append(self, line: bytes) -> None:
        """Add one line, durable on return; OSError if not, and the next call starts clean."""
        if self._fd is None:
            self._fd = self._disk.reopen(self._path)
            self._disk.truncate(self._fd, self._size)
        try:
            write_durably(self._disk, self._fd, line)
        except OSError:
            self.close()
            raise
        self._size += len(line)

    def close(self) -> None:
        """Give the descriptor back."""
        if self._fd is not None:
            self._disk.close(self._fd)
            self._fd = None


def _last_line(path: Path) -> tuple[bytes, int]:
    """The last whole line, and the size of the file up to its newline."""
    with path.open("rb") as file:
        size = file.seek(0, SEEK_END)
        file.seek(max(0, size - TAIL))
        tail = file.read()
    whole = tail[: tail.rfind(b"\n") + 1]
    return whole.rstrip(b"\n").rpartition(b"\n")[2], size - len(tail) + len(whole)


def _parse(raw: bytes) -> Checkpoint | None:
    try:
        return msgspec.json.decode(raw, type=Checkpoint)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
