"""Does the app log in with its key, and the gate with the real password?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.providers.contract import Credential, RawRequest, Reply, Token
from gatekeeper.providers.intelepeer.credential import DAY_S, Authenticate, credential, swap
from gatekeeper.providers.intelepeer.paths import AUTHENTICATE, CUSTOMER

JSON = ("Content-Type", "application/json")


def log_in(body: bytes) -> RawRequest:
    return RawRequest("POST", AUTHENTICATE, (JSON,), body)


def test_a_log_in_has_a_user_and_a_password() -> None:
    raw = log_in(b'{"username": "acme", "password": "gk_1"}')
    assert credential(raw) == Credential("acme", "gk_1")


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"username": "acme"}', b'{"username": 1, "password": "x"}',
     b'{"username": "", "password": "x"}', b'{"username": "a", "password": "x", "password": "y"}'],
)  # fmt: skip
def test_a_log_in_that_has_no_one_reading_is_none(body: bytes) -> None:
    assert credential(log_in(body)) is None


def test_any_other_request_has_a_token_and_names_no_account() -> None:
    raw = RawRequest("POST", "/sms/v4/send", (("authorization", "Bearer gk_1"),), b"{}")
    assert credential(raw) == Credential("", "gk_1")
    assert credential(RawRequest("POST", "/sms/v4/send", (), b"{}")) is None


def test_only_the_token_changes() -> None:
    raw = RawRequest("POST", "/sms/v4/send", (JSON, ("authorization", "Bearer gk_1")), b'{"a":1}')
    sent = swap(raw, Credential("acme", "real-token"))
    assert sent.headers == (JSON, ("authorization", "Bearer real-token"))
    assert (sent.target, sent.body) == (raw.target, raw.body)


def test_the_app_gets_its_own_key_as_the_token() -> None:
    reply = Authenticate().grant(log_in(b""), Credential("acme", "gk_1"))
    assert (reply.status, json.loads(reply.body)) == (200, {"token": "gk_1"})


def test_the_gate_logs_in_where_tokens_are_given() -> None:
    asked = Authenticate().token_request(Credential("acme", 'pass"word'))
    assert asked is not None
    assert (asked.target, asked.service) == (AUTHENTICATE, CUSTOMER)
    assert json.loads(asked.body) == {"username": "acme", "password": 'pass"word'}


def test_a_token_is_good_for_a_day() -> None:
    assert Authenticate().read_token(Reply(200, (), b'{"token": "t"}')) == Token("t", DAY_S)


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'{"token": 1}', b'{"token": ""}', b"{}"])
def test_an_answer_without_a_token_gives_none(body: bytes) -> None:
    assert Authenticate().read_token(Reply(200, (), body)) is None
