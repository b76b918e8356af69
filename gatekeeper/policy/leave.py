"""Where does a rule have no effect, although it binds: outside its rollout, and under a waiver?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from gatekeeper.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from gatekeeper.policy.model import Source


@dataclass(frozen=True, slots=True)
class Rollout:
    """Where a rule of mode enforce has effect already; elsewhere it is in shadow."""

    percent: float = 100.0
    """Of the recipients, by the lot that each of them keeps."""
    tenants: frozenset[str] = frozenset()
    """Only these; empty means any."""

    def covers(self, tenant: str | None, lot: int) -> bool:
        """Whether a message of this tenant to the recipient of this lot is under the rule."""
        return lot < round(self.percent * 100) and (not self.tenants or tenant in self.tenants)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A tenant's leave to send in spite of some rules, for a while; a use of it is recorded."""

    id: str
    tenant: str
    rules: frozenset[str]
    approved_by: str
    reason: str
    citation: str
    effective_from: datetime
    expires: datetime
    """From this instant on it is dead."""
    campaigns: frozenset[str] = frozenset()
    channels: frozenset[Channel] = frozenset()
    purposes: frozenset[Purpose] = frozenset()
    jurisdiction: str | None = None
    source: Source | None = None
    """Where it stands."""

    def in_force(self, at: datetime) -> bool:
        """Whether it holds at an instant: half-open, so never at its end."""
        return self.effective_from <= at < self.expires
