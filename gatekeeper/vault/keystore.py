"""Where do keys lie that must be destroyable? In one small SQLite file that forgets for good.

SQLite overwrites what is deleted (`secure_delete`), and its rollback journal is cut to nothing at
the end of each step. So after a commit no file of ours holds the old bytes. What the disk below
keeps of them (an SSD's spare blocks, a snapshot) is not in SQLite's hands, nor in ours.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from gatekeeper.errors import DependencyUnavailable, KeyringError

PRIVATE = 0o600
FORMAT = 1
"""The version of the tables, kept in the file's own header."""

PARAMETERS = {"secure_delete": 1, "journal_mode": "truncate", "synchronous": 2, "mmap_size": 0}
"""What the file is opened with, and what SQLite must answer: `synchronous` 2 is FULL, which in the
truncate mode also syncs the cut journal, so that a power cut does not bring the old bytes back."""

_TABLES = """
CREATE TABLE person (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    subject BLOB NOT NULL UNIQUE,
    tenant TEXT NOT NULL,
    id BLOB NOT NULL,
    wrapped BLOB NOT NULL
);
CREATE TABLE note (id TEXT PRIMARY KEY, kind TEXT NOT NULL, tenant TEXT NOT NULL,
    pseudonym TEXT NOT NULL, at TEXT NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX note_of ON note (tenant, kind, at);
CREATE TABLE mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

Row = tuple[Any, ...]


class KeyStore:
    """The open file: one connection, one step at a time, from any thread.

    Failures of the disk are DependencyUnavailable.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = Lock()

    @classmethod
    def open(cls, path: Path) -> KeyStore:
        """Open the file or make it, private; KeyringError if it is not one of ours."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, PRIVATE))
        for folder in (path.parent, path.parent.parent):
            _sync_folder(folder)
        try:
            connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            _prepare(connection)
        except sqlite3.DatabaseError as error:
            raise KeyringError(f"the key store {path} cannot be used: {error}") from error
        return cls(connection)

    def rows(self, question: str, values: Sequence[Any] = ()) -> list[Row]:
        """The answer to a SELECT."""
        with self._lock, _failures():
            return self._connection.execute(question, values).fetchall()

    def write(self, *steps: tuple[str, Iterable[Sequence[Any]]]) -> None:
        """Statements, each for its rows of values, as one step: durable on return or undone."""
        with self._lock, _failures():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                for statement, rows in steps:
                    self._connection.executemany(statement, rows)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def _prepare(connection: sqlite3.Connection) -> None:
    for name, wanted in PARAMETERS.items():
        connection.execute(f"PRAGMA {name} = {wanted}")
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        if found != wanted:
            raise KeyringError(f"SQLite does not take {name} = {wanted}: it answers {found}")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        tables = f"BEGIN IMMEDIATE;{_TABLES}PRAGMA user_version = {FORMAT};COMMIT;"
        connection.executescript(tables)
    elif version != FORMAT:
        raise KeyringError(f"the key store is of version {version}; this gate knows {FORMAT}")


def _sync_folder(folder: Path) -> None:
    """A power cut must not take the file's own name: everything in it would be lost."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise DependencyUnavailable(
            "keys", f"the key store fails: {type(error).__name__}"
        ) from error
