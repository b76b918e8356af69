"""How is one consent event recorded, and how is a person's history read back?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gatekeeper.domain.consent import ENDINGS, Basis, ConsentAct, ConsentEvent
from gatekeeper.domain.owner import Owner
from gatekeeper.errors import InputRejected
from gatekeeper.journal.sealed import Piece
from gatekeeper.ledger.changes import Entry, consent_entry
from gatekeeper.ledger.consent_input import (
    ConsentInput,
    Evidence,
    canonical_number,
    event_of,
)
from gatekeeper.ledger.ledger import Applies, Ledger
from gatekeeper.ledger.remarks import remarks


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


@dataclass(frozen=True, slots=True)
class ConsentDesk:
    """Records and reads consent; an opt-out binds every decision after its acknowledgement."""

    ledger: Ledger
    store: Histories
    names: Names
    vault: Vaults
    clock: Callable[[], datetime]

    async def record(
        self, tenant: str, given: ConsentInput, *, presented: bool = False
    ) -> ConsentEvent:
        """Record one event; InputRejected if it cannot be one."""
        number = canonical_number(given.number)
        subject = self.names.subject(tenant, number)
        event = event_of(given, subject, self.clock(), presented=presented)
        await self.check(subject, event)
        entries = await self.entries(tenant, [(number, event, given.evidence)])
        await self.ledger.commit(self.store, entries)
        return event

    async def remarks(self, tenant: str, number: str, event: ConsentEvent) -> tuple[str, ...]:
        """What to tell whoever recorded this event."""
        return remarks(event, await self.history(tenant, number), self.clock())

    async def check(self, subject: bytes, event: ConsentEvent) -> None:
        """InputRejected if the event speaks of one that is not there or cannot be corrected."""
        if event.about is None:
            return
        history = await self.store.events_of(subject)
        if event.act is ConsentAct.CORRECTION:
            _correctable(event, history)
        elif not any(each.id == event.about and _grants(each) for each in history):
            raise InputRejected(
                "`about` names no grant of this person: `gatekeeper consent show` tells their ids"
            )

    async def entries(
        self, tenant: str, events: Sequence[tuple[str, ConsentEvent, Evidence | None]]
    ) -> list[Entry]:
        """The changes for events of numbers in E.164, with their evidence sealed first."""
        owners = [Owner(tenant, self.names.subject(tenant, number)) for number, _, _ in events]
        proofs = [
            Piece(owner, event.id, proof.plain())
            for owner, (_, event, proof) in zip(owners, events, strict=True)
            if proof is not None and event.evidence
        ]
        digests = await self.vault.put_all(proofs) if proofs else []
        sealed = dict(zip((piece.id for piece in proofs), digests, strict=True))
        return [
            consent_entry(tenant, owner.subject, event, sealed.get(event.id))
            for owner, (_, event, _) in zip(owners, events, strict=True)
        ]

    async def history(self, tenant: str, number: str) -> tuple[ConsentEvent, ...]:
        """The events that the store keeps of a person, newest first."""
        return await self.store.events_of(self.names.subject(tenant, canonical_number(number)))


MAX_CORRECTIONS = 64
"""So many events of one person can have been recorded wrongly; after that it is no correction."""
_LASTING = ENDINGS | {ConsentAct.SCOPE_CHANGE, ConsentAct.CORRECTION}


def _grants(event: ConsentEvent) -> bool:
    return event.basis is not Basis.NONE


def _correctable(event: ConsentEvent, history: Sequence[ConsentEvent]) -> None:
    corrections = {each.id for each in history if each.act is ConsentAct.CORRECTION}
    wrong = next((each for each in history if each.id == event.about), None)
    if wrong is None:
        raise InputRejected(
            "`about` names no event of this person: `gatekeeper consent show` tells their ids"
        )
    if wrong.act in _LASTING:
        raise InputRejected(
            f"{wrong.act} is never taken back: record a new opt_in with the evidence of it"
        )
    if event.id not in corrections and len(corrections) >= MAX_CORRECTIONS:
        raise InputRejected(
            f"{MAX_CORRECTIONS} events of this person were corrected already; to end what was "
            "granted, record an expiry"
        )
