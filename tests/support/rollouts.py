"""How do tests put policies in force: an own folder, a notary that can fail, and a clock?"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from gatekeeper.journal.record import Position
from gatekeeper.rollout.activate import PolicyHolder
from gatekeeper.rollout.history import Activation
from gatekeeper.rollout.notary import ACTIVATED, Notary
from gatekeeper.rollout.setup import Setup

SMALL = Path(__file__).parent.parent / "rollout" / "data" / "small"
START = datetime(2026, 11, 20, 17, tzinfo=UTC)


class Clock:
    """A clock that goes on one minute with each look."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self) -> datetime:
        self.looks += 1
        return START + timedelta(minutes=self.looks)


@dataclass
class Journal:
    """Keeps what is recorded in memory, or fails with an error."""

    written: list[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)
    error: Exception | None = None

    async def append(
        self, kind: str, record_id: str, tenant: str, body: Mapping[str, Any]
    ) -> Position:
        """As the journal does."""
        if self.error is not None:
            raise self.error
        self.written.append((kind, record_id, body))
        return Position("stream", len(self.written))


class Witness(Notary):
    """A notary over such a journal."""

    def attests(self, claimed: Activation) -> bool:
        """Whether the record at that place says so."""
        assert isinstance(self.journal, Journal)
        if not 0 < claimed.seq <= len(self.journal.written):
            return False
        return self.journal.written[claimed.seq - 1][:2] == (ACTIVATED, claimed.digest)


@dataclass
class House:
    """A folder of policies in a data folder, and the gate's holder of it."""

    setup: Setup
    journal: Journal = field(default_factory=Journal)
    clock: Clock = field(default_factory=Clock)

    async def holder(self) -> PolicyHolder:
        """As at a start of the gate."""
        return await PolicyHolder.open(self.setup, self.clock, Witness(self.journal, Path("-")))

    def write(self, old: str, new: str) -> None:
        """Change the one pack."""
        file = self.setup.folder / "floor" / "us.yaml"
        file.write_text(file.read_text().replace(old, new))

    @property
    def how(self) -> list[str]:
        """How each recorded policy came into force."""
        return [str(body["how"]) for kind, _, body in self.journal.written if kind == ACTIVATED]


def house(place: Path, **more: Any) -> House:
    """A house with the small policy."""
    shutil.copytree(SMALL, place / "policies")
    return House(Setup(place / "policies", place / "data", **more))
