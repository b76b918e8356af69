"""A stored answer is sealed, bound to its request, and marked when it is told again."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gatekeeper.errors import KeyringError
from gatekeeper.pipeline.answers import REPLAYED, idempotency_of, seal_reply, unseal_reply
from gatekeeper.providers.contract import RawRequest, Reply
from gatekeeper.store.contract import IdempotencyAsk
from gatekeeper.vault.keyfile import generate
from gatekeeper.vault.keyring import Keyring

KEYS = Keyring(generate())
REPLY = Reply(201, (("Content-Type", "application/json"), ("X-A", "b")), b'{"body": "the secret"}')
RAW = RawRequest("POST", "/a?b=c", (), b"To=1")
IDEM = idempotency_of(RAW, "acme", "shop", "key")


def test_an_answer_comes_back_whole_and_marked() -> None:
    told = unseal_reply(KEYS, seal_reply(KEYS, REPLY, IDEM), IDEM)
    assert told == replace(REPLY, headers=(*REPLY.headers, REPLAYED))


def test_an_answer_is_not_readable_where_it_is_kept() -> None:
    assert b"secret" not in seal_reply(KEYS, REPLY, IDEM)


def test_an_answer_of_another_request_does_not_open() -> None:
    other = IdempotencyAsk(IDEM.key, "another fingerprint")
    with pytest.raises(KeyringError):
        unseal_reply(KEYS, seal_reply(KEYS, REPLY, IDEM), other)


@pytest.mark.parametrize(
    ("raw", "tenant", "application"),
    [
        (replace(RAW, method="PUT"), "acme", "shop"),
        (replace(RAW, target="/a?b=d"), "acme", "shop"),
        (RAW, "rival", "shop"),
        (RAW, "acme", "other"),
        (RAW, "acmes", "hop"),
    ],
)
def test_a_key_is_one_tenants_applications_and_endpoints(
    raw: RawRequest, tenant: str, application: str
) -> None:
    other = idempotency_of(raw, tenant, application, "key")
    assert other.key != IDEM.key
    assert other.fingerprint != IDEM.fingerprint


def test_another_body_is_another_fingerprint_under_the_same_key() -> None:
    other = idempotency_of(replace(RAW, body=b"To=2"), "acme", "shop", "key")
    assert other.key == IDEM.key
    assert other.fingerprint != IDEM.fingerprint


@pytest.mark.parametrize("key", [None, ""])
def test_without_a_key_there_is_a_fingerprint_all_the_same(key: str | None) -> None:
    assert idempotency_of(RAW, "acme", "shop", key) == IdempotencyAsk(None, IDEM.fingerprint)


def test_the_key_that_the_app_sent_is_not_kept_in_the_clear() -> None:
    assert "key" not in (IDEM.key or "")
    assert len(IDEM.key or "") == 64


def test_where_tries_are_counted_the_request_is_its_own_key() -> None:
    first, again = (idempotency_of(RAW, "acme", "shop", None, attempt) for attempt in (0, 1))
    assert first.key == again.key is not None
    assert (first.attempt, again.attempt) == (0, 1)
    other = idempotency_of(replace(RAW, body=b"To=2"), "acme", "shop", None, 1)
    assert other.key != first.key
    assert idempotency_of(RAW, "acme", "shop", "key", 1) == IDEM
