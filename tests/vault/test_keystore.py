"""Is the key store opened as it must be, private, durable, and refused when it is not ours?"""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from gatekeeper.errors import DependencyUnavailable, KeyringError
from gatekeeper.vault.keystore import PARAMETERS, KeyStore

PUT = "INSERT INTO mark (name, value) VALUES (?, ?)"
ALL = "SELECT name, value FROM mark ORDER BY name"


def place(folder: Path) -> Path:
    return folder / "keys" / "persons.sqlite"


def test_it_is_private_and_its_parameters_are_those_asked_for(tmp_path: Path) -> None:
    store = KeyStore.open(place(tmp_path))
    assert stat.S_IMODE(place(tmp_path).stat().st_mode) == 0o600
    assert stat.S_IMODE(place(tmp_path).parent.stat().st_mode) == 0o700
    for name, wanted in PARAMETERS.items():
        assert store.rows(f"PRAGMA {name}") == [(wanted,)]
    store.close()


def test_a_step_is_whole_or_undone(tmp_path: Path) -> None:
    store = KeyStore.open(place(tmp_path))
    store.write((PUT, [("a", "1")]))
    with pytest.raises(DependencyUnavailable, match="key store"):
        store.write((PUT, [("b", "2")]), (PUT, [("a", "twice")]))
    assert store.rows(ALL) == [("a", "1")]
    store.write((PUT, [("c", "3")]))
    store.close()
    again = KeyStore.open(place(tmp_path))
    assert again.rows(ALL) == [("a", "1"), ("c", "3")]
    again.close()


def test_no_journal_of_a_step_is_left_with_anything_in_it(tmp_path: Path) -> None:
    store = KeyStore.open(place(tmp_path))
    store.write((PUT, [("a", "CANARY")]))
    store.write(("DELETE FROM mark WHERE name = ?", [("a",)]))
    files = list(place(tmp_path).parent.iterdir())
    assert not any(b"CANARY" in file.read_bytes() for file in files)
    store.close()


def test_a_file_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    place(tmp_path).parent.mkdir()
    place(tmp_path).write_bytes(b"this is no database, whatever its name may say " * 100)
    with pytest.raises(KeyringError, match="cannot be used"):
        KeyStore.open(place(tmp_path))


def test_a_file_of_a_later_version_is_refused(tmp_path: Path) -> None:
    KeyStore.open(place(tmp_path)).close()
    with sqlite3.connect(place(tmp_path)) as later:
        later.execute("PRAGMA user_version = 2")
    later.close()
    with pytest.raises(KeyringError, match="version 2"):
        KeyStore.open(place(tmp_path))


def test_a_parameter_that_sqlite_does_not_take_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PARAMETERS, "journal_mode", "nosuchmode")
    with pytest.raises(KeyringError, match="journal_mode"):
        KeyStore.open(place(tmp_path))
