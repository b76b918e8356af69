"""Does `gatekeeper consent pull` learn of those who opted out at the provider?"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from gatekeeper.cli import pull
from tests.support.commands import Command
from tests.support.running import Running
from tests.support.twilio_sdk import client_for

AWAY = "+12125550196"
"""The sandbox carrier accepts a message to it, and then finds that the person opted out."""
ACCOUNT = "AC" + "5a" * 16


class Calls:
    """In place of the gate: remembers what was asked, and answers the same each time."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked: list[tuple[tuple[object, ...], dict[str, str]]] = []

    def __call__(self, *words: object, **query: str) -> Any:
        self.asked.append((words, query))
        return self.answer


async def send(gate: Running) -> None:
    """A one-time code, which needs no more than that consent is on record."""
    create = client_for(gate.url, ACCOUNT, gate.key).messages.create
    await asyncio.to_thread(create, to=AWAY, from_="+13122000101", body="Your code is 481516.")


def test_an_opt_out_at_the_provider_is_learned_once(
    gatekeeper: Command, demo_gate: Running
) -> None:
    words = ("consent", "add", AWAY, "opt_in", "--tenant", "demo", "--basis", "express")
    assert gatekeeper(*words).status == 0
    asyncio.run(send(demo_gate))
    day = datetime.now(UTC).date().isoformat()
    first = gatekeeper("consent", "pull", "demo", "--since", day, "--json")
    assert first.document == {"recorded": 1, "known": 0, "foreign": 0}, first.err
    again = gatekeeper("consent", "pull", "demo", "--since", day)
    assert (
        again.out == "0 opt-outs recorded, 1 known before, 0 of senders that are not registered\n"
    )
    shown = gatekeeper("consent", "show", AWAY, "--tenant", "demo").out
    assert "revoked" in shown


def test_what_cannot_be_pulled_is_told(gatekeeper: Command) -> None:
    told = gatekeeper("consent", "pull", "nobody", "--since", "2026-11-01")
    assert (told.status, "no application nobody" in told.err) == (1, True)


def test_a_gate_that_stops_half_way_is_told(
    gatekeeper: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lines(_path: str, _body: object) -> Any:
        yield {"stage": "read", "done": 3, "total": None}

    monkeypatch.setattr(pull, "lines", lines)
    told = gatekeeper("consent", "pull", "demo", "--since", "2026-11-01")
    assert (told.status, "run it again" in told.err) == (1, True)
