"""How does the pipeline write what people said? Through the one ledger, to the one store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gatekeeper.domain.consent import ConsentEvent
from gatekeeper.ledger.changes import Entry
from gatekeeper.ledger.ledger import Ledger
from gatekeeper.store.store import Store


@dataclass(frozen=True, slots=True)
class Books:
    """The ledger with its store, as the pipeline knows them."""

    ledger: Ledger
    store: Store

    async def commit(self, entries: Sequence[Entry]) -> None:
        """Durable and applied on return; DependencyUnavailable if that is not sure."""
        await self.ledger.commit(self.store, entries)

    async def events_of(self, subject: bytes) -> tuple[ConsentEvent, ...]:
        """A person's kept events, newest first."""
        return await self.store.events_of(subject)

    async def dropped(self, subject: bytes) -> frozenset[str]:
        """The first digits of the ids of events that were applied and are kept no longer."""
        return await self.store.dropped(subject)
