"""What does a start have to put right after a stop that was none of its own?"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import structlog

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.journal.intents import Intent, open_intents
from gatekeeper.journal.writer import Journal
from gatekeeper.ledger.imports import Importer
from gatekeeper.ledger.replay import BATCH

log = structlog.get_logger(__name__)


RESUME_S = 5.0
"""How often it is looked whether an accepted import waits, since the store was away."""
REPLAYED_EVERY = 5_000
"""Changes between two lines of the log about a replay."""


def note_replay(done: int, total: int) -> None:
    """Log how far the store is with learning again what it has lost."""
    if done == total or done % REPLAYED_EVERY < BATCH:
        log.warning("store_replayed", done=done, total=total)


def resume_imports(importer: Importer, stack: AsyncExitStack) -> None:
    """Go on, beside the traffic, with what was accepted before the stop, until the gate stops."""
    task = asyncio.create_task(_resume(importer))
    stack.push_async_callback(_cancelled, task)


async def _resume(importer: Importer) -> None:
    while True:
        try:
            await importer.resume()
        except DependencyUnavailable:
            log.info("imports_wait")
        except Exception as error:  # noqa: BLE001 - what is accepted is tried again in any case
            log.error("imports_not_resumed", error=type(error).__name__)
        await asyncio.sleep(RESUME_S)


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def close_intents(folder: Path, journal: Journal) -> int:
    """Record an unknown outcome for every send that a crash cut off; nothing is sent again.

    Idempotency keys of such sends answer `unknown` by themselves: the store keeps them in flight
    until their time is over and then counts them as unknown, never as free.
    """
    intents = await asyncio.to_thread(_read, folder, journal.stream)
    for intent in intents:
        body = {"request": intent.id, "end": "unknown", "status": None, "why": "the gate stopped"}
        await journal.append("outcome", intent.id, intent.tenant, body)
    journal.settled = True
    if intents:
        log.warning("open_intents_closed", count=len(intents))
    return len(intents)


def _read(folder: Path, stream: str) -> list[Intent]:
    return list(open_intents(folder, before=stream))
