"""Does `gatekeeper app webhook` tell an operator all that goes into the provider's console?"""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from gatekeeper.cli import webhook
from tests.support.commands import Command

URL = "https://app.example/sms"


@pytest.fixture
def said() -> Iterator[list[tuple[object, ...]]]:
    """What the command asks of the gate, which answers as it does."""
    asked: list[tuple[object, ...]] = []

    def call(*words: object) -> dict[str, object]:
        asked.append(words)
        where = "https://gate.example/v1/inbound/twilio/shop"
        return {"address": where, "status_address": where + "/status", "secret": "whs_made"}

    with patch.object(webhook, "call", call):
        yield asked


def test_it_prints_what_to_enter_where(gatekeeper: Command, said: list[tuple[object, ...]]) -> None:
    told = gatekeeper("app", "webhook", "shop", "--url", URL, "--no-answers")
    assert told.status == 0, told.err
    lines = dict(line.rsplit(maxsplit=1)[::-1] for line in told.out.splitlines())
    assert list(lines) == [
        "https://gate.example/v1/inbound/twilio/shop",
        "https://gate.example/v1/inbound/twilio/shop/status",
        "whs_made",
    ]
    ((method, path, new),) = said
    assert (method, path) == ("POST", "/applications/shop/webhook")
    assert (new.url, new.answers, new.secret) == (URL, False, None)  # type: ignore[attr-defined]


def test_a_listener_needs_no_secret(gatekeeper: Command, said: list[tuple[object, ...]]) -> None:
    told = gatekeeper("app", "webhook", "shop", "--mode", "tap")
    assert "whs_made" not in told.out
    assert said


def test_the_providers_secret_comes_from_standard_input(
    gatekeeper: Command, said: list[tuple[object, ...]]
) -> None:
    words = ("app", "webhook", "shop", "--url", URL, "--provider-secret")
    assert gatekeeper(*words, entered="the-token\n").status == 0
    assert said[0][2].secret == "the-token"  # type: ignore[attr-defined]
    told = gatekeeper(*words)
    assert (told.status, "standard input" in told.err) == (1, True)
