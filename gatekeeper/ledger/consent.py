"""How is one consent event recorded, and how is a person's history read back?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gatekeeper.domain.consent import ConsentEvent
from gatekeeper.domain.owner import Owner
from gatekeeper.journal.sealed import Piece
from gatekeeper.ledger.admission import admit, needs_history
from gatekeeper.ledger.changes import Entry, consent_entry
from gatekeeper.ledger.consent_input import (
    ConsentInput,
    Evidence,
    PresentedConsent,
    canonical_number,
    event_of,
)
from gatekeeper.ledger.ledger import Applies, Ledger
from gatekeeper.ledger.remarks import remarks
from gatekeeper.store.events import History


class Names(Protocol):
    """What recording consent needs of the keyring."""

    def subject(self, tenant: str, address: str) -> bytes:
        """The store's name for a person."""


class Vaults(Protocol):
    """Where evidence is kept, sealed."""

    async def put_all(self, pieces: Sequence[Piece]) -> list[str]:
        """Seal and keep them, durable on return; the SHA-256 (hex) of what was written."""


class Histories(Applies, Protocol):
    """What reading consent needs of the store."""

    async def events_of(self, subject: bytes) -> tuple[ConsentEvent, ...]:
        """A person's kept events, newest first."""

    async def histories(self, subjects: Sequence[bytes]) -> list[History]:
        """What is kept of many persons, in their order."""


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
        subject = self.names.subject(tenant, number)
        event = event_of(given, subject, self.clock())
        await self.check(subject, event)
        entries = await self.entries(tenant, [(subject, event, given.evidence)])
        await self.ledger.commit(self.store, entries)
        return event

    async def present(
        self, tenant: str, given: PresentedConsent, number: str, at: datetime
    ) -> ConsentEvent:
        """Record what an app presents with a send at `at`, once however often it comes.

        InputRejected if it cannot be one.
        """
        subject = self.names.subject(tenant, number)
        event = event_of(given, subject, at, presented=True)
        known = await self.store.events_of(subject)
        admit(event, known)
        if not any(each.id == event.id for each in known):
            entries = await self.entries(tenant, [(subject, event, given.evidence)])
            await self.ledger.commit(self.store, entries)
        return event

    async def remarks(self, tenant: str, number: str, event: ConsentEvent) -> tuple[str, ...]:
        """What to tell whoever recorded this event."""
        return remarks(event, await self.history(tenant, number), self.clock())

    async def check(self, subject: bytes, event: ConsentEvent) -> None:
        """InputRejected if the event cannot stand beside what is on record of the person."""
        if needs_history(event):
            admit(event, await self.store.events_of(subject))

    async def entries(
        self, tenant: str, events: Sequence[tuple[bytes, ConsentEvent, Evidence | None]]
    ) -> list[Entry]:
        """The changes for events of persons (by subject), with their evidence sealed first."""
        proofs = [
            Piece(Owner(tenant, subject), event.id, proof.plain())
            for subject, event, proof in events
            if proof is not None and event.evidence
        ]
        digests = await self.vault.put_all(proofs) if proofs else []
        sealed = dict(zip((piece.id for piece in proofs), digests, strict=True))
        return [
            consent_entry(tenant, subject, event, sealed.get(event.id))
            for subject, event, _ in events
        ]

    async def history(self, tenant: str, number: str) -> tuple[ConsentEvent, ...]:
        """The events that the store keeps of a person, newest first."""
        return await self.store.events_of(self.names.subject(tenant, canonical_number(number)))
