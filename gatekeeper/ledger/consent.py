"""How is one consent event recorded, and how is a person's history read back?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gatekeeper.domain.consent import ConsentEvent
from gatekeeper.ledger.changes import Entry, consent_entry
from gatekeeper.ledger.consent_input import (
    ConsentInput,
    Evidence,
    canonical_number,
    event_of,
)
from gatekeeper.ledger.ledger import Applies, Ledger


class Names(Protocol):
    """What recording consent needs of the keyring."""

    def subject(self, tenant: str, address: str) -> bytes:
        """The store's name for a person."""


class Vaults(Protocol):
    """Where evidence is kept, sealed."""

    async def put(self, record_id: str, plain: bytes) -> str:
        """Seal and keep it, durable on return; the SHA-256 (hex) of what was written."""


class Histories(Applies, Protocol):
    """What reading consent needs of the store."""

    async def events_of(self, subject: bytes) -> tuple[ConsentEvent, ...]:
        """A person's kept events, newest first."""


@dataclass(frozen=True, slots=True)
class ConsentDesk:
    """Records and reads consent; an opt-out binds every decision after its acknowledgement."""

    ledger: Ledger
    store: Histories
    names: Names
    vault: Vaults
    clock: Callable[[], datetime]

    async def record(self, tenant: str, given: ConsentInput) -> ConsentEvent:
        """Record one event; InputRejected if it cannot be one."""
        number = canonical_number(given.number)
        event = event_of(given, tenant, number, self.clock())
        entry = await self.entry(tenant, number, event, given.evidence)
        await self.ledger.commit(self.store, [entry])
        return event

    async def entry(
        self, tenant: str, number: str, event: ConsentEvent, evidence: Evidence | None
    ) -> Entry:
        """The change for an event, with its evidence sealed first."""
        digest = None
        if evidence is not None:
            plain = evidence.model_dump_json(exclude_none=True).encode()
            digest = await self.vault.put(event.id, plain)
        return consent_entry(tenant, self.names.subject(tenant, number), event, digest)

    async def history(self, tenant: str, number: str) -> tuple[ConsentEvent, ...]:
        """The events that the store keeps of a person, newest first."""
        return await self.store.events_of(self.names.subject(tenant, canonical_number(number)))
