"""What does the pipeline ask of the store in its one trip, and what comes back?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from gatekeeper.domain.consent import ConsentEvent
from gatekeeper.domain.facts import LimitAnswer, Listing, Sent
from gatekeeper.domain.words import Purpose


class Tail(Struct, frozen=True, gc=False):
    """Where the ends of the messages from one sender to one person are kept for a short time."""

    key: str
    """Stands for the sender."""
    sealed: bytes
    """How this message ends; empty if there is nothing to keep."""


class Kept(Struct, frozen=True, gc=False):
    """What the store keeps of this message's end for each recipient, and how long."""

    tails: tuple[Tail, ...] = ()
    for_ms: int = 0


NOT_KEPT = Kept()


class Person(Struct, frozen=True, gc=False):
    """One recipient as the store knows it."""

    subject: bytes
    """16 bytes: HMAC of (tenant, address) under the suppression key."""
    number: str | None
    """E.164 for the lists that are kept by number; None for other addresses."""
    lists: tuple[str, ...] = ()
    """Ids of the lists to ask for this recipient."""
    tail: Tail | None = None
    """Set where numbers are assembled over messages."""


class Bucket(Struct, frozen=True, gc=False):
    """One token bucket to draw from."""

    name: str
    key: str
    """Already scoped by tenant; never holds a clear phone number."""
    rate: float
    burst: int
    cost: int = 1


class IdempotencyAsk(Struct, frozen=True, gc=False):
    """The key that the app sent (hashed, scoped by tenant) and the digest of the payload."""

    key: str | None
    fingerprint: str
    """Digest of tenant, method, path and body: it also guards a twin after an unknown outcome."""
    attempt: int | None = None
    """Set where the key is made of the payload, since the SDK counts its tries: 0 is a message of
    its own and takes the key over, any other asks for the answer of the one before. It is kept for
    two minutes: by then an SDK has tried again or given up."""


class Turn(StrEnum):
    """Where this request stands among those with its idempotency key."""

    MINE = "mine"
    """First seen (or no key): go on; the reservations are made."""
    IN_FLIGHT = "in_flight"
    """A twin is under way: wait for its answer. Nothing was reserved."""
    ANSWERED = "answered"
    """The stored answer stands in `stored`. Nothing was reserved."""
    UNKNOWN = "unknown"
    """The first try ended unknown; `stored` is what it was answered. Nothing was reserved."""
    MISMATCH = "mismatch"
    """Same key, other payload. Nothing was reserved."""


class Ask(Struct, frozen=True, gc=False):
    """The whole question, for all recipients of one request."""

    request: str
    """Request id: names every reservation, so that releasing or repeating is safe."""
    tenant: str
    now_ms: int
    purpose: Purpose
    persons: tuple[Person, ...]
    buckets: tuple[Bucket, ...]
    idempotency: IdempotencyAsk
    reserve: bool = True
    """False for what-if questions: nothing is reserved or consumed."""
    tail_ms: int = 0
    """How long the tails of persons are kept."""
    heard_by: str = ""
    """The sender of whom is asked when each person last wrote to it; empty where nothing asks."""


class PersonAnswer(Struct, frozen=True, gc=False):
    """What the store knows of one recipient."""

    events: tuple[ConsentEvent, ...]
    """The newest events of each scope: enough for the fold."""
    listings: Mapping[str, Listing]
    sent: tuple[Sent, ...]
    """Earlier sends and reservations, oldest first, not this request's own."""
    tails: tuple[bytes, ...] = ()
    """How the messages before ended, sealed, oldest first."""
    heard_at: datetime | None = None
    """When the person last wrote to the sender, where that was asked."""


class Answer(Struct, frozen=True, gc=False):
    """The whole answer of one trip."""

    registry_version: int
    applied: int
    """High-water mark: how many ledger events the store has applied."""
    turn: Turn
    persons: tuple[PersonAnswer, ...]
    limits: tuple[LimitAnswer, ...]
    stored: bytes | None = None
    """Sealed stored answer, for ANSWERED and UNKNOWN."""


class End(StrEnum):
    """How a request ended, for its reservations and its idempotency key."""

    SENT = "sent"
    """Keep the reservations, store the answer."""
    REFUSED = "refused"
    """Blocked by us, or refused upstream: release everything; the answer is stored all the same."""
    UNKNOWN = "unknown"
    """Keep the reservations; the answer replays, with or without a key, and nothing is resent."""
    RETRYABLE = "retryable"
    """Surely not sent (503, 429): release everything and forget the key."""


class Settlement(Struct, frozen=True, gc=False):
    """What to write when a request has ended."""

    ask: Ask
    end: End
    stored: bytes | None = None
    """Sealed answer to keep for the key (72 h) or the fingerprint (60 s after UNKNOWN)."""
    at_ms: int | None = None
    """When it ended: the guard and the kept answer count from here. None: when it is written."""
    only: tuple[int, ...] | None = None
    """The recipients whose reservations it is about, by their place; None: all."""
