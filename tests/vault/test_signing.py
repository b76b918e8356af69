"""Public keys: one text form, and only true signatures are authentic."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatekeeper.errors import KeyringError
from gatekeeper.vault.keyring import Keyring
from gatekeeper.vault.signing import PublicKey


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring.open(tmp_path / "keyring.json", journal_exists=False)


def test_a_true_signature_is_authentic_and_an_altered_one_is_not(keyring: Keyring) -> None:
    key = PublicKey(keyring.public_key)
    signature = keyring.sign(b"head")
    assert key.authentic(signature, b"head")
    assert not key.authentic(signature, b"heaD")
    assert not key.authentic(signature[:-1] + bytes([signature[-1] ^ 1]), b"head")
    assert not key.authentic(b"short", b"head")


def test_text_form_reads_back(keyring: Keyring) -> None:
    assert PublicKey.parse(keyring.public_key_text).raw == keyring.public_key
    bare = keyring.public_key_text.removeprefix("gatekeeper-ed25519:")
    assert PublicKey.parse(f" {bare}\n").raw == keyring.public_key


@pytest.mark.parametrize("text", ["", "gatekeeper-ed25519:AAAA", "other:" + "A" * 43 + "=", "é"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(KeyringError):
        PublicKey.parse(text)
