"""Are the keys for their owner alone, and does a renewal spare the apps?"""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatekeeper.errors import KeyringError
from gatekeeper.vault.authority import names_of
from gatekeeper.vault.tls_files import TlsFiles, refuse_open_key

NOW = datetime.now(UTC)


def test_keys_are_private_in_a_private_folder(tmp_path: Path) -> None:
    files = TlsFiles(tmp_path / "tls")
    assert files.make("gate.example", ("api.vendor.example",), NOW)
    assert stat.S_IMODE(files.folder.stat().st_mode) == 0o700
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in files.folder.iterdir()}
    assert modes == dict.fromkeys(("ca.pem", "ca.key", "gate.pem", "gate.key"), 0o600)
    named = names_of(files.certificate.read_bytes())
    assert named == {"gate.example", "*.gate.example", "api.vendor.example"}


def test_a_renewal_keeps_the_authority_that_apps_trust(tmp_path: Path) -> None:
    files = TlsFiles(tmp_path)
    files.make("gate.example", ("api.vendor.example",), NOW)
    trusted, shown = files.authority.read_bytes(), files.certificate.read_bytes()
    assert not files.make("gate.example", ("api.vendor.example",), NOW)
    assert files.authority.read_bytes() == trusted
    assert files.certificate.read_bytes() != shown


@pytest.mark.parametrize("hosts", [(), ("api.vendor.example", "api.other.example")])
def test_other_names_take_a_new_authority(tmp_path: Path, hosts: tuple[str, ...]) -> None:
    files = TlsFiles(tmp_path)
    files.make("gate.example", ("api.vendor.example",), NOW)
    assert files.make("gate.example", hosts, NOW)


def test_what_is_damaged_is_made_anew(tmp_path: Path) -> None:
    files = TlsFiles(tmp_path)
    files.make("gate.example", (), NOW)
    files.authority.write_text("nonsense")
    assert files.make("gate.example", (), NOW)


@pytest.mark.parametrize(("mode", "open_to_all"), [(0o600, False), (0o640, False), (0o644, True)])
def test_a_key_that_everybody_may_read_is_refused(
    tmp_path: Path, mode: int, open_to_all: bool
) -> None:
    key = tmp_path / "key"
    key.touch()
    key.chmod(mode)
    if not open_to_all:
        refuse_open_key(key)
        return
    with pytest.raises(KeyringError, match="mode 0644"):
        refuse_open_key(key)


def test_an_authority_whose_key_lies_open_signs_nothing_more(tmp_path: Path) -> None:
    files = TlsFiles(tmp_path)
    files.make("gate.example", (), NOW)
    (tmp_path / "ca.key").chmod(0o644)
    with pytest.raises(KeyringError, match="anybody may have read it"):
        files.make("gate.example", (), NOW)
