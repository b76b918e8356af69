"""The keyring's file: whole and private, or refused with what to do."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from gatekeeper.errors import KeyringError
from gatekeeper.vault import keyfile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "keyring.json"
    assert keyfile.create(path, keyfile.generate())
    return path


def test_created_file_is_private_and_leaves_no_draft(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["keyring.json"]


def test_a_second_creation_never_overwrites(path: Path) -> None:
    before = path.read_bytes()
    assert not keyfile.create(path, keyfile.generate())
    assert path.read_bytes() == before


def test_every_use_has_its_own_key_with_id_and_time(path: Path) -> None:
    content = keyfile.read(path)
    assert {key.use for key in content.keys} == set(keyfile.Use)
    assert len({key.secret for key in content.keys}) == len({key.id for key in content.keys}) == 5
    assert all(key.created == content.created for key in content.keys)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o700])
def test_wider_permissions_are_refused_with_the_command_that_mends_them(
    path: Path, mode: int
) -> None:
    path.chmod(mode)
    with pytest.raises(KeyringError, match=rf"mode {mode:04o}.*chmod 600"):
        keyfile.read(path)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version":1}', b"\xff"])
def test_a_damaged_file_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(KeyringError, match="damaged"):
        keyfile.read(path)


def test_an_unknown_version_is_refused(path: Path) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": 2}))
    with pytest.raises(KeyringError, match="version 2"):
        keyfile.read(path)


def test_a_missing_or_short_key_is_refused(path: Path) -> None:
    content = json.loads(path.read_text())
    path.write_text(json.dumps(content | {"keys": content["keys"][1:]}))
    with pytest.raises(KeyringError, match="pseudonym"):
        keyfile.read(path)
    content["keys"][0]["secret"] = "AAAA"
    path.write_text(json.dumps(content))
    with pytest.raises(KeyringError, match="lacks whole keys"):
        keyfile.read(path)


def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyringError, match="cannot read"):
        keyfile.read(tmp_path)


def test_repr_shows_no_secret(path: Path) -> None:
    content = keyfile.read(path)
    assert not any(repr(key.secret) in repr(content) + repr(key) for key in content.keys)
