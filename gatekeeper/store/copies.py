"""Where do the numbers of a version lie, so that they outlive the store?

One file for each version: a line that says what kind of list it is, then each prefix with its
packed and compressed numbers, in ascending order. The SHA-256 over all of it uncompressed stands
in the journal, so that a copy which was changed is not taken for the version.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import msgspec

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.store.entries import PREFIX_NUMBERS
from gatekeeper.store.segments import PLAIN, find

MAGIC = b"gatekeeper list 1\n"
_HEAD = struct.Struct(">QIII")
"""Prefix, numbers, packed bytes, compressed bytes."""
HEAD_MAX = 1024
_LEVEL = 1


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What kind of list it is."""

    plan: str = "1"
    """The country code that every number begins with; empty for numbers of any country."""
    width: int = PLAIN
    """Bytes of a number: 3, or 6 in a list that tells days."""
    partial: bool = False
    """Whether the list holds answers to questions: a number that is not on it was not asked."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The numbers of one prefix."""

    prefix: int
    count: int
    packed: bytes


class Writer:
    """A copy being written; it has its name only once it is whole and durable."""

    def __init__(self, path: Path, form: Form) -> None:
        self._path = path
        self._draft = path.with_suffix(".draft")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = self._draft.open("wb")
        self._draft.chmod(0o600)
        head = msgspec.json.encode(form) + b"\n"
        self._digest = sha256(head)
        self._file.write(MAGIC + head)
        self.count = 0
        """Numbers written so far."""

    def add(self, segment: Segment) -> None:
        """Write the next prefix."""
        packed = zlib.compress(segment.packed, _LEVEL)
        head = _HEAD.pack(segment.prefix, segment.count, len(segment.packed), len(packed))
        self._digest.update(head[:-4] + segment.packed)
        self._file.write(head + packed)
        self.count += segment.count

    def finish(self) -> str:
        """Make it durable under its name; its digest (hex)."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._draft.rename(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return self._digest.hexdigest()

    def discard(self) -> None:
        """Leave nothing; after `finish` the copy stays."""
        self._file.close()
        self._draft.unlink(missing_ok=True)


class Copy:
    """A copy that is there; DependencyUnavailable if it cannot be read as one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as file:
            self.form = self._form(file)

    def segments(self) -> Iterator[Segment]:
        """Every prefix in ascending order."""
        with self._open() as file:
            self._form(file)
            while (head := self._head(file)) is not None:
                yield self._segment(file, head)

    def digest(self) -> str:
        """The digest of what is in it, as `Writer.finish` told it."""
        digest = sha256(msgspec.json.encode(self.form) + b"\n")
        for segment in self.segments():
            head = _HEAD.pack(segment.prefix, segment.count, len(segment.packed), 0)
            digest.update(head[:-4] + segment.packed)
        return digest.hexdigest()

    def find(self, number: int) -> int | None:
        """What the list says of a number, None if it is not on it."""
        prefix, rest = divmod(number, PREFIX_NUMBERS)
        with self._open() as file:
            self._form(file)
            while (head := self._head(file)) is not None and head[0] <= prefix:
                if head[0] == prefix:
                    return find(self._segment(file, head).packed, rest, self.form.width)
                file.seek(head[3], os.SEEK_CUR)
        return None

    def _open(self) -> BinaryIO:
        try:
            return self.path.open("rb")
        except OSError as error:
            raise DependencyUnavailable("lists", f"no copy to read: {error.strerror}") from None

    def _form(self, file: BinaryIO) -> Form:
        if file.read(len(MAGIC)) != MAGIC:
            raise DependencyUnavailable("lists", "the copy is not one of this program's")
        try:
            return msgspec.json.decode(file.readline(HEAD_MAX), type=Form)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise DependencyUnavailable("lists", "the copy is damaged") from None

    def _head(self, file: BinaryIO) -> tuple[int, int, int, int] | None:
        raw = file.read(_HEAD.size)
        if not raw:
            return None
        if len(raw) < _HEAD.size:
            raise DependencyUnavailable("lists", "the copy breaks off")
        prefix, count, size, compressed = _HEAD.unpack(raw)
        return prefix, count, size, compressed

    def _segment(self, file: BinaryIO, head: tuple[int, int, int, int]) -> Segment:
        prefix, count, size, compressed = head
        raw = file.read(compressed)
        try:
            packed = zlib.decompress(raw)
        except zlib.error:
            packed = b""
        if len(packed) != size:
            raise DependencyUnavailable("lists", "the copy is damaged")
        return Segment(prefix, count, packed)
