"""The keyring in use: pseudonyms, subjects, sealing, signing."""

from __future__ import annotations

import json
from pathlib import Path
from timeit import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.errors import KeyringError
from gatekeeper.vault.keyfile import generate
from gatekeeper.vault.keyring import Keyring

NUMBER = "+12122000123"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keyring.json"


@pytest.fixture
def keyring(path: Path) -> Keyring:
    return Keyring.open(path, journal_exists=False)


def test_a_second_start_finds_the_same_keys(keyring: Keyring, path: Path) -> None:
    again = Keyring.open(path, journal_exists=True)
    assert again.pseudonym("acme", NUMBER) == keyring.pseudonym("acme", NUMBER)
    assert again.subject("acme", NUMBER) == keyring.subject("acme", NUMBER)
    assert again.unseal(keyring.seal(b"text", b"id"), b"id") == b"text"
    assert again.public_key == keyring.public_key


def test_an_installation_is_named_by_the_key_that_never_rotates(
    keyring: Keyring, path: Path
) -> None:
    assert Keyring.open(path, journal_exists=True).installation == keyring.installation
    assert Keyring(generate()).installation != keyring.installation
    assert len(keyring.installation) == 16


def test_without_its_keyring_an_existing_journal_is_not_opened(path: Path) -> None:
    with pytest.raises(KeyringError, match="restore it from a backup"):
        Keyring.open(path, journal_exists=True)
    assert not path.exists()


def test_tenants_cannot_be_joined(keyring: Keyring) -> None:
    assert keyring.pseudonym("acme", NUMBER) != keyring.pseudonym("bolt", NUMBER)
    assert keyring.subject("acme", NUMBER) != keyring.subject("bolt", NUMBER)


def test_tenant_and_value_never_run_together(keyring: Keyring) -> None:
    assert keyring.pseudonym("a", "bc") != keyring.pseudonym("ab", "c")


def test_pseudonym_subject_and_fingerprint_have_their_lengths_and_own_keys(
    keyring: Keyring,
) -> None:
    pseudonym, subject = keyring.pseudonym("acme", NUMBER), keyring.subject("acme", NUMBER)
    assert len(bytes.fromhex(pseudonym)) == len(subject) == 16
    assert bytes.fromhex(pseudonym) != subject
    assert len(bytes.fromhex(keyring.fingerprint("secret"))) == 32


def test_installations_share_nothing() -> None:
    one, two = Keyring(generate()), Keyring(generate())
    assert one.pseudonym("acme", NUMBER) != two.pseudonym("acme", NUMBER)
    assert one.fingerprint("secret") != two.fingerprint("secret")
    with pytest.raises(KeyringError, match="not of this keyring"):
        two.unseal(one.seal(b"text", b""), b"")


RING = Keyring(generate())


@given(plaintext=st.binary(max_size=200), aad=st.binary(max_size=40), data=st.data())
def test_any_altered_byte_of_a_sealed_value_is_noticed(
    plaintext: bytes, aad: bytes, data: st.DataObject
) -> None:
    sealed = RING.seal(plaintext, aad)
    assert RING.unseal(sealed, aad) == plaintext
    at = data.draw(st.integers(0, len(sealed) - 1))
    altered = sealed[:at] + bytes([sealed[at] ^ data.draw(st.integers(1, 255))]) + sealed[at + 1 :]
    with pytest.raises(KeyringError):
        RING.unseal(altered, aad)
    with pytest.raises(KeyringError):
        RING.unseal(sealed[:at], aad)


def test_a_sealed_value_moved_to_another_owner_is_refused(keyring: Keyring) -> None:
    with pytest.raises(KeyringError, match="belongs elsewhere"):
        keyring.unseal(keyring.seal(b"text", b"acme"), b"bolt")


def test_repr_shows_the_public_key_only(keyring: Keyring, path: Path) -> None:
    shown = repr(keyring)
    assert keyring.public_key_text in shown
    assert not any(key["secret"] in shown for key in json.loads(path.read_text())["keys"])


def test_standing_for_a_person_costs_microseconds(keyring: Keyring) -> None:
    """Ten times the goal of 5 us: this fails for a key derived on each call, not for noise."""
    numbers = [f"+1212200{n:04d}" for n in range(1000)]
    for stand_in in (keyring.pseudonym, keyring.subject):
        best = min(repeat(lambda f=stand_in: [f("acme", n) for n in numbers], number=1, repeat=3))  # type: ignore[misc]
        print(f"{stand_in.__name__}: {best * 1e3:.2f} us")
        assert best / len(numbers) < 50e-6
