"""How does a change of policy come into force in this installation?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from gatekeeper.rollout.history import history_file
from gatekeeper.rollout.versions import Versions, versions_of


@dataclass(frozen=True, slots=True)
class Setup:
    """Where policies lie, and who must agree to a new one."""

    folder: Path
    """The folder of policy files that authors edit."""
    data: Path
    promoted_only: bool = False
    """Whether that folder is a candidate only, until somebody promotes it."""
    approvals: int = 1
    """How many persons a new version takes: one, or two."""
    keep: int = 20
    """Versions whose files stay."""
    proposals_last: timedelta = timedelta(hours=24)

    @property
    def versions(self) -> Versions:
        """The kept versions."""
        return versions_of(self.data)

    @property
    def history(self) -> Path:
        """The file of what came into force, and when."""
        return history_file(self.data)
