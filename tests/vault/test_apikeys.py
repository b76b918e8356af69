"""Gatekeeper keys: shown once, kept as hashes, accepted by the SDK."""

from __future__ import annotations

import secrets
from hashlib import sha256

from twilio.rest import Client

from gatekeeper.vault.apikeys import hash_of, is_ours, issue


def test_a_key_carries_256_bits_and_its_hash_is_sha256_of_the_whole_token() -> None:
    key = issue(lambda size: bytes(range(size)))
    assert key.token == "gk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
    assert key.hash == sha256(key.token.encode()).hexdigest() == hash_of(key.token)


def test_two_keys_differ() -> None:
    assert issue(secrets.token_bytes).token != issue(secrets.token_bytes).token


def test_the_twilio_sdk_takes_a_key_as_auth_token() -> None:
    key = issue(secrets.token_bytes)
    assert Client("AC" + "0" * 32, key.token).password == key.token


def test_repr_does_not_show_the_token() -> None:
    key = issue(secrets.token_bytes)
    assert key.token not in repr(key)


def test_form_of_a_key_is_recognised_and_others_are_not() -> None:
    token = issue(secrets.token_bytes).token
    assert is_ours(token)
    assert not is_ours(token[:-1])
    assert not is_ours("0123456789abcdef" * 2)


def test_any_string_a_client_sends_can_be_hashed() -> None:
    assert len(hash_of("\ud800\x00")) == 64
