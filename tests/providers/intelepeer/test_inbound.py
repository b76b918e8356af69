"""Is a message only believed with its code, and is the code kept from the app?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.intelepeer.inbound import events, inbound, resign, verify

CODE = "the code that was agreed"
ID = "ABCDEF1234567890ABCDEF1234567890"


def hook(method: str = "POST", **more: Any) -> RawRequest:
    body = {"refid": ID, "from": "+12122000211", "to": "1-12345", "message": "STOP",
            "signature": CODE} | more  # fmt: skip
    headers = (("Host", "gate.example"), ("Content-Type", "application/json"))
    return RawRequest(method, "/v1/inbound/intelepeer/app", headers, json.dumps(body).encode())


def test_a_message_is_read_as_weakly_vouched_for() -> None:
    assert inbound(hook()).account == ""
    assert not inbound(hook()).answered
    (event,) = events(hook(media=["https://files.example/1"]))
    assert (event.id, event.person.value, event.text, event.weak) == (
        ID,
        "+12122000211",
        "STOP",
        True,
    )
    assert [each.value for each in event.senders] == ["12345"]


def test_only_the_agreed_code_holds() -> None:
    assert verify(hook(), CODE)
    assert not verify(hook(), "another")
    assert not verify(hook(), "")
    assert not verify(hook(signature=""), "")
    assert not verify(hook(signature=[CODE]), CODE)
    assert not verify(hook(signature="é"), CODE)


@pytest.mark.parametrize(
    "raw",
    [
        hook("GET"),
        hook(message=7),
        hook(signature=None),
        hook(**{"from": ""}),
        RawRequest("POST", "/", (), b'{"from": "+1", "from": "+2"}'),
        RawRequest("POST", "/", (), b"from=+1"),
    ],
)
def test_what_is_not_plain_is_not_read(raw: RawRequest) -> None:
    with pytest.raises(AmbiguousRequest):
        inbound(raw)


@pytest.mark.parametrize("refid", ["", "a b c d e f g", "x" * 65])
def test_a_message_without_an_id_is_not_recorded(refid: str) -> None:
    with pytest.raises(AmbiguousRequest, match="names no message"):
        events(hook(refid=refid))


def test_the_app_gets_its_own_code_and_never_the_providers() -> None:
    sent = resign(hook(), "https://app.example/in?a=b", 'its "own"')
    assert sent.target == "/in?a=b"
    assert CODE.encode() not in sent.body
    assert verify(sent, 'its "own"')
    assert sent.body == hook().body.replace(json.dumps(CODE).encode(), b'"its \\"own\\""')
    assert ("Host", "gate.example") not in sent.headers
