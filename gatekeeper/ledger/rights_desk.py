"""What do a person's rights need of the house, and how is a deed recorded?"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from gatekeeper.domain.consent import ConsentEvent
from gatekeeper.domain.owner import Owner
from gatekeeper.errors import InputRejected
from gatekeeper.journal.record import stamp
from gatekeeper.journal.sealed import SealedStore
from gatekeeper.ledger.consent_input import canonical_number
from gatekeeper.ledger.ledger import Applies, Ledger
from gatekeeper.ledger.listings import Asks
from gatekeeper.ledger.rights_book import Note, RightsBook
from gatekeeper.vault.personkeys import PersonKeys


class Names(Protocol):
    """What rights need of the keyring."""

    def subject(self, tenant: str, address: str) -> bytes:
        """The store's name for a person."""

    def pseudonym(self, tenant: str, value: str) -> str:
        """The journal's name for a person."""


class Records(Protocol):
    """What rights need of the journal."""

    async def append(self, kind: str, record_id: str, tenant: str, body: Mapping[str, Any]) -> Any:
        """Returns when the record is durable."""


class Knows(Applies, Asks, Protocol):
    """What rights need of the store."""

    async def events_of(self, subject: bytes) -> tuple[ConsentEvent, ...]:
        """A person's kept events, newest first."""


class Known(NamedTuple):
    """A person of one tenant, by every name that the house has for them."""

    owner: Owner
    number: str
    pseudonym: str

    @property
    def tenant(self) -> str:
        """The tenant's id."""
        return self.owner.tenant


class Why(NamedTuple):
    """Who asks for it, and what for: both are kept for good."""

    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class RightsDesk:
    """The parts that a person's rights rest on, and one deed at a time."""

    folder: Path
    """The journal's."""
    ledger: Ledger
    store: Knows
    journal: Records
    names: Names
    sealed: SealedStore
    keys: PersonKeys
    book: RightsBook
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """A hold that is acknowledged binds every erasure that begins later."""
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One export reads the journal at a time: it shares disk and processor with the traffic."""

    def person(self, tenant: str, number: str) -> Known:
        """The person of a number; InputRejected if it is none."""
        canonical = canonical_number(number)
        owner = Owner(tenant, self.names.subject(tenant, canonical))
        return Known(owner, canonical, self.names.pseudonym(tenant, canonical))

    async def note(self, kind: str, note_id: str, tenant: str, body: Mapping[str, Any]) -> Note:
        """Record a deed: in the journal first, then in the book."""
        note = Note(kind, note_id, tenant, stamp(self.clock()), body)
        await self.journal.append(kind, note_id, tenant, body)
        await asyncio.to_thread(self.book.add, note)
        return note


LONGEST_REASON = 500
_DIGITS = re.compile(r"(?:[0-9][ ().\-/]{0,2}){7}")


def why(reason: str, by: str) -> Why:
    """A reason that can be kept for good; InputRejected if there is none, or it holds a number."""
    words = " ".join(reason.split())
    if not words or len(words) > LONGEST_REASON or not words.isprintable():
        raise InputRejected(f"a reason has between 1 and {LONGEST_REASON} printable characters")
    if _DIGITS.search(words):
        raise InputRejected("the reason is kept for good: it must not hold a phone number")
    return Why(words, by)
