"""How does a change of policy come on record before it binds, and how is a claim of one checked?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from gatekeeper.journal.find import record_at
from gatekeeper.journal.record import Position
from gatekeeper.rollout.history import Activation

ACTIVATED = "policy"
PROPOSED = "policy.proposed"
WITHDRAWN = "policy.withdrawn"


class Records(Protocol):
    """What is needed of the journal."""

    async def append(
        self, kind: str, record_id: str, tenant: str, body: Mapping[str, Any]
    ) -> Position:
        """Returns when the record is durable; DependencyUnavailable if that takes too long."""


@dataclass(frozen=True, slots=True)
class Notary:
    """Writes what happens to the policy into the journal, and reads there what did happen."""

    journal: Records
    folder: Path
    """Where the journal lies."""

    async def record(self, kind: str, digest: str, body: Mapping[str, Any]) -> Position:
        """Durable on return: where it stands."""
        return await self.journal.append(kind, digest, "", body)

    def attests(self, claimed: Activation) -> bool:
        """Whether the journal says at that place that this version came into force."""
        line = record_at(self.folder, Position(claimed.stream, claimed.seq))
        return line is not None and (line.kind, line.id) == (ACTIVATED, claimed.digest)
