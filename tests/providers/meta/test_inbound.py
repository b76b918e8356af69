"""Whose webhook is it, and is the address ours?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.meta.inbound import events, greeting, inbound

JSON = (("Content-Type", "application/json"),)
ASKED = "/?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=a%2Bb"


def hook(body: Any, method: str = "POST") -> RawRequest:
    return RawRequest(method, "/", JSON, json.dumps(body).encode())


def test_a_webhook_names_no_account_and_what_concerns_no_message_tells_nothing() -> None:
    raw = hook({"object": "user", "entry": [{"id": "1", "changes": []}]})
    assert inbound(raw).account == ""
    assert not inbound(raw).answered
    assert events(raw) == ()


@pytest.mark.parametrize("body", [[], {}, {"object": 1}, {"object": "page", "entry": {}}])
def test_what_is_no_webhook_is_not_read(body: Any) -> None:
    with pytest.raises(AmbiguousRequest):
        inbound(hook(body))


def test_it_comes_by_post() -> None:
    with pytest.raises(AmbiguousRequest) as caught:
        inbound(hook({}, "PUT"))
    assert caught.value.status == 405


def test_metas_question_is_read_with_its_answer() -> None:
    asked = greeting(RawRequest("GET", ASKED, (), b""))
    assert asked is not None
    assert (asked.token, asked.reply.status, asked.reply.body) == ("a+b", 200, b"1158201444")


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/?hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=a",
        "/?hub.mode=subscribe&hub.verify_token=a",
        "/?hub.mode=subscribe&hub.challenge=<b>&hub.verify_token=a",
        ASKED + "&hub.verify_token=c",
    ],
)
def test_nothing_else_is_its_question(target: str) -> None:
    assert greeting(RawRequest("GET", target, (), b"")) is None
    assert greeting(RawRequest("POST", ASKED, (), b"")) is None
