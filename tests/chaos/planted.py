"""Which bugs must the opt-out harness find? A gate is started with one of them planted.

    python -m tests.chaos.planted BUG serve

They live here and nowhere in the product: what is patched is patched in this process.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gatekeeper.cli import main
from gatekeeper.journal.disk import Disk
from gatekeeper.ledger.ledger import Ledger
from gatekeeper.store.confirm import Confirmer


def _patch(owner: type, name: str, method: object) -> None:
    assert hasattr(owner, name), f"{owner.__name__} has no {name} any more: the bug would not be"
    setattr(owner, name, method)


def unsynced_journal() -> None:
    """A record counts as durable as soon as it is written."""

    def sync(_disk: Disk, _fd: int) -> None:
        return

    _patch(Disk, "sync", sync)


def unawaited_store() -> None:
    """A change is acknowledged as soon as it is applied."""

    async def confirm(_confirmer: Confirmer, _number: int) -> None:
        return

    _patch(Confirmer, "confirm", confirm)


def unreplayed_store() -> None:
    """A store that has lost changes is told that it has them."""

    async def verify(ledger: Ledger, store: Any) -> None:
        store.expected_applied = ledger.last
        await store._call("HSET", "gk:meta", "applied", ledger.last)

    _patch(Ledger, "verify", verify)


@dataclass(frozen=True, slots=True)
class Bug:
    """What is patched, whether the harness must find a fault, and what that shows."""

    plants: tuple[Callable[[], None], ...]
    found: bool
    shows: str


BUGS = {
    "nothing-synced": Bug(
        (unsynced_journal, unawaited_store),
        True,
        "without any sync acknowledged opt-outs are lost: the cut is a real power cut",
    ),
    "journal-not-synced": Bug(
        (unsynced_journal,),
        True,
        "the store alone does not do: what is lost is the journal's, and the start is refused",
    ),
    "store-not-awaited": Bug(
        (unawaited_store,),
        False,
        "a synced journal alone does: what the store loses is replayed before anything passes",
    ),
    "store-not-replayed": Bug(
        (unawaited_store, unreplayed_store),
        True,
        "without the replay messages pass after an acknowledged opt-out: the mark is needed",
    ),
}

if __name__ == "__main__":
    for plant in BUGS[sys.argv.pop(1)].plants:
        plant()
    main()
