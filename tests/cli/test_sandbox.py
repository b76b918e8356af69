"""Does the command play a reply or a status, and tell what the provider was answered?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest

from gatekeeper.cli import sandbox
from tests.support.commands import Command

ANSWER = {"application": "shop", "status": 200, "answer": "<Response/>"}


@pytest.fixture
def said() -> Iterator[list[Any]]:
    """What the command asks of the gate, which answers as it does."""
    asked: list[Any] = []

    def call(method: str, path: str, body: Any) -> dict[str, object]:
        asked.append((method, path, body))
        return ANSWER | ({"status": 403} if body.text == "forged" else {})

    with patch.object(sandbox, "call", call):
        yield asked


def test_a_person_writes(gatekeeper: Command, said: list[Any]) -> None:
    words = ("--provider", "twilio", "--from", "+12122000211", "--text", "STOP")
    told = gatekeeper("sandbox", "inbound", *words)
    assert told.status == 0, told.err
    assert told.out.splitlines() == ["shop heard it; the provider was answered 200", "<Response/>"]
    ((method, path, body),) = said
    assert (method, path) == ("POST", "/sandbox/inbound")
    assert (body.person, body.text, body.provider, body.status) == (
        "+12122000211",
        "STOP",
        "twilio",
        False,
    )


def test_a_message_is_not_delivered(gatekeeper: Command, said: list[Any]) -> None:
    words = ("--to", "+12122000211", "--code", "30003", "--channel", "whatsapp", "--json")
    told = gatekeeper("sandbox", "status", *words)
    assert (told.status, '"application": "shop"' in told.out) == (0, True)
    assert (said[0][2].status, said[0][2].code, said[0][2].channel) == (True, "30003", "whatsapp")


def test_a_webhook_that_is_refused_ends_with_status_1(gatekeeper: Command, said: list[Any]) -> None:
    assert gatekeeper("sandbox", "inbound", "--from", "+1", "--text", "forged").status == 1
    assert len(said) == 1
