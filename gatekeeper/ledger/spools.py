"""Where do an import's changes wait until they are applied, through every kind of stop?

imports/3f2a...draft                 being judged: dropped at the next start
imports/acme.3f2a...accepted         durable, to be applied whole
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from gatekeeper.ledger.changes import Entry, change_of


class _Row(msgspec.Struct, frozen=True, array_like=True):
    kind: str
    id: str
    body: dict[str, Any]


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Row).decode


class Draft:
    """A spool that is being written; nothing has happened yet. All methods block."""

    def __init__(self, folder: Path, import_id: str) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._id = import_id
        self._path = folder / f"{import_id}.draft"
        self._file: BinaryIO = self._path.open("xb")

    def write(self, entries: Sequence[Entry]) -> None:
        """Add changes."""
        rows = (_encode(_Row(entry.kind, entry.id, entry.body)) for entry in entries)
        self._file.writelines(row + b"\n" for row in rows)

    def accept(self, tenant: str) -> Spool:
        """Make it durable, under the name of what is to be applied."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        path = self._path.rename(self._path.with_name(f"{tenant}.{self._id}.accepted"))
        _sync_folder(path.parent)
        return Spool(path, tenant, self._id)

    def drop(self) -> None:
        """Forget it, unless it was accepted."""
        self._file.close()
        self._path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Spool:
    """Accepted changes of one import."""

    path: Path
    tenant: str
    id: str

    def count(self) -> int:
        """How many changes it holds."""
        with self.path.open("rb") as file:
            return sum(1 for _ in file)

    def batches(self, size: int) -> Iterator[list[Entry]]:
        """Its changes, so many at a time."""
        with self.path.open("rb") as file:
            entries = (self._entry(raw) for raw in file)
            while batch := list(islice(entries, size)):
                yield batch

    def _entry(self, raw: bytes) -> Entry:
        row = _decode(raw)
        change = change_of(row.kind, self.tenant, row.body)
        return Entry(row.kind, row.id, self.tenant, row.body, change)


def accepted(folder: Path) -> list[Spool]:
    """What waits in the folder to be applied."""
    return [
        Spool(path, *path.name.removesuffix(".accepted").rsplit(".", 1))
        for path in sorted(folder.glob("*.accepted"))
    ]


def drop_drafts(folder: Path, but: Collection[str]) -> None:
    """Drop what nobody accepted and nobody is writing now."""
    for draft in folder.glob("*.draft"):
        if draft.stem not in but:
            draft.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable too, before the journal says that the import is accepted."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
