"""Does the app log in with its key, and the gate with the real one?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.providers.authorization import as_basic
from gatekeeper.providers.contract import Credential, RawRequest, Reply, Token
from gatekeeper.providers.sinch.credential import HOUR_S, ClientCredentials, credential, swap
from gatekeeper.providers.sinch.paths import AUTH, TOKEN

LOGIN = ClientCredentials()


def raw(target: str, authorization: str | None) -> RawRequest:
    headers = (("A", "b"), *((("authorization", authorization),) if authorization else ()))
    return RawRequest("POST", target, headers, b"{}")


def test_a_log_in_is_identified_by_the_secret_alone() -> None:
    assert credential(raw(TOKEN, as_basic("any-id", "gk_1"))) == Credential("", "gk_1")
    assert credential(raw(TOKEN, "Bearer gk_1")) is None


def test_a_path_names_the_account() -> None:
    assert credential(raw("/xms/v1/plan/batches", "Bearer gk_1")) == Credential("plan", "gk_1")
    send = "/v1/projects/p-1/messages:send"
    assert credential(raw(send, "Bearer gk_1")) == Credential("p-1", "gk_1")
    assert credential(raw(send, as_basic("id", "gk_1"))) == Credential("p-1", "gk_1")
    assert credential(raw(send, None)) is None
    assert credential(raw("/other", "Bearer gk_1")) is None


def test_only_header_and_account_change() -> None:
    sent = swap(raw("/xms/v1/plan/batches?page=1", "Bearer gk_1"), Credential("real", "token"))
    assert sent.target == "/xms/v1/real/batches?page=1"
    assert sent.headers == (("A", "b"), ("authorization", "Bearer token"))
    same = swap(raw("/xms/v1/plan/batches", "Bearer gk_1"), Credential("plan", "token"))
    assert same.target == "/xms/v1/plan/batches"


def test_the_app_gets_its_own_key_as_the_token() -> None:
    reply = LOGIN.grant(raw(TOKEN, None), Credential("", "gk_1"))
    body = json.loads(reply.body)
    assert (reply.status, body["access_token"], body["token_type"]) == (200, "gk_1", "bearer")
    assert body["expires_in"] == HOUR_S


def test_the_gate_logs_in_with_a_key_and_sends_an_api_token_as_it_is() -> None:
    asked = LOGIN.token_request(Credential("p", "key:sec:ret"))
    assert asked is not None
    assert (asked.service, asked.target) == (AUTH, TOKEN)
    assert asked.header("authorization") == as_basic("key", "sec:ret")
    assert asked.body == b"grant_type=client_credentials"
    assert LOGIN.token_request(Credential("plan", "api-token")) is None


def test_a_token_lasts_as_long_as_it_says() -> None:
    assert LOGIN.read_token(Reply(200, (), b'{"access_token": "t", "expires_in": 60}')) == Token(
        "t", 60.0
    )


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"7", b'{"access_token": 1}', b'{"access_token": ""}',
     b'{"access_token": "t", "expires_in": "60"}', b'{"access_token": "t", "expires_in": -1}'],
)  # fmt: skip
def test_an_answer_without_a_token_gives_none(body: bytes) -> None:
    assert LOGIN.read_token(Reply(200, (), body)) is None
