"""Does a start close what a crash left open, and send none of it again?"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.journal.intents import open_intents
from gatekeeper.journal.read import entries
from gatekeeper.journal.writer import Journal
from gatekeeper.proxy import recovery
from gatekeeper.proxy.recovery import close_intents, note_replay, resume_imports
from tests.support.journal import decision, opened


async def crashed(folder: Path) -> None:
    """A stream with a blocked decision, a whole send, and two that were cut off."""
    journal = await opened(folder)
    for name, verdict in (("r1", "block"), ("r2", "allow"), ("r3", "allow"), ("r4", "flag")):
        await journal.append("decision", name, "acme", decision(verdict))
    await journal.append("outcome", "r2", "acme", {"request": "r2", "end": "sent"})
    await journal.close()


async def restarted(folder: Path) -> tuple[Journal, int]:
    journal = await opened(folder)
    return journal, await close_intents(folder, journal)


async def test_each_open_send_gets_an_unknown_outcome(tmp_path: Path) -> None:
    await crashed(tmp_path)
    with capture_logs() as events:
        journal, count = await restarted(tmp_path)
    await journal.close()
    assert count == 2
    assert [(e["event"], e["count"]) for e in events] == [("open_intents_closed", 2)]
    outcomes = [e.line for e in entries(tmp_path) if e.line.kind == "outcome"]
    unknown = {line.id: line.content for line in outcomes if line.content["end"] == "unknown"}
    assert set(unknown) == {"r3", "r4"}
    assert unknown["r3"] == {
        "request": "r3",
        "end": "unknown",
        "status": None,
        "why": "the gate stopped",
    }


async def test_the_next_start_finds_nothing_open_and_does_not_read_so_far_back(
    tmp_path: Path,
) -> None:
    await crashed(tmp_path)
    journal, _ = await restarted(tmp_path)
    await journal.close()
    journal, count = await restarted(tmp_path)
    assert count == 0
    assert list(open_intents(tmp_path, before=journal.stream)) == []
    await journal.close()
    closed = [e.line.content for e in entries(tmp_path) if e.line.kind == "stream.closed"]
    assert [body["settled"] for body in closed] == [False, True, True]


async def test_a_first_start_has_nothing_to_close(tmp_path: Path) -> None:
    journal, count = await restarted(tmp_path)
    await journal.close()
    assert count == 0


def test_a_long_replay_is_told_every_five_thousand_changes_and_at_its_end() -> None:
    with capture_logs() as events:
        for done in (*range(500, 12_400, 500), 12_400):
            note_replay(done, 12_400)
    assert [(e["event"], e["done"], e["total"]) for e in events] == [
        ("store_replayed", done, 12_400) for done in (5_000, 10_000, 12_400)
    ]


class Waiting:
    """An importer whose store is away at first, and fails otherwise once."""

    def __init__(self) -> None:
        self.tries: list[str] = []

    async def resume(self) -> int:
        self.tries.append("try")
        if len(self.tries) == 1:
            raise DependencyUnavailable("store", "away")
        if len(self.tries) == 2:
            raise ValueError("CANARY")
        return 0


async def test_accepted_imports_are_tried_again_until_the_gate_stops(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recovery, "RESUME_S", 0.01)
    importer: Any = Waiting()
    with capture_logs() as events:
        async with AsyncExitStack() as stack:
            resume_imports(importer, stack)
            async with asyncio.timeout(5):
                while len(importer.tries) < 4:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
    stopped_at = len(importer.tries)
    await asyncio.sleep(0.05)
    assert len(importer.tries) == stopped_at
    assert [event["event"] for event in events] == ["imports_wait", "imports_not_resumed"]
    assert "CANARY" not in str(events)
