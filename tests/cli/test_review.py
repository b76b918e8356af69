"""Can a person list the replies to look at, and close one, without ever seeing text or number?"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from gatekeeper.cli import review
from tests.cli.test_pull import Calls
from tests.support.commands import Command

ITEM = {
    "id": "r1", "at": "2026-11-25T10:00:00Z", "tenant": "acme", "application": "shop",
    "message": "SM1", "rule": "en.perhaps", "language": "en", "found": None,
}  # fmt: skip


def test_items_are_listed_for_people_and_machines(
    gatekeeper: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = Calls([ITEM])
    monkeypatch.setattr(review, "call", calls)
    assert "SM1" in gatekeeper("review", "list").out
    assert gatekeeper("review", "list", "--all", "--tenant", "acme", "--json").document == [ITEM]
    assert calls.asked == [
        (("GET", "/reviews"), {"all": "false"}),
        (("GET", "/reviews"), {"all": "true", "tenant": "acme"}),
    ]


def test_an_item_is_closed_with_what_was_found(
    gatekeeper: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = Calls(ITEM | {"found": "opt_out"})
    monkeypatch.setattr(review, "call", calls)
    words = ("review", "close", "r1", "opt_out", "--reason", "they mean it")
    assert gatekeeper(*words).out == "closed: opt_out\n"
    assert json.loads(gatekeeper(*words, "--json").out)["found"] == "opt_out"
    body = {"found": "opt_out", "reason": "they mean it"}
    assert calls.asked[0] == (("POST", "/reviews/r1/close", body), {})
    assert gatekeeper("review", "close", "r1", "perhaps", "--reason", "x").status != 0


def test_a_gate_without_items_has_none(gatekeeper: Command) -> None:
    """The running gate answers: nothing is open, and an unknown item is told so."""
    before = datetime.now(UTC)
    assert isinstance(gatekeeper("review", "list", "--json").document, list)
    told = gatekeeper("review", "close", "nobody", "no_opt_out", "--reason", "x")
    assert (told.status, "no such item" in told.err) == (1, True)
    assert before <= datetime.now(UTC)
