"""What is known of a request while it is under way, so that any failure ends it rightly?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from time import perf_counter

from gatekeeper.domain.match import Span
from gatekeeper.domain.registry import Caller
from gatekeeper.domain.words import Channel
from gatekeeper.pipeline.answers import idempotency_of
from gatekeeper.pipeline.case import Case, Hints
from gatekeeper.pipeline.gather import Target, ask
from gatekeeper.pipeline.inbound_texts import Answering
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.pipeline.snapshot import Snapshot
from gatekeeper.providers.contract import Operation, Provider, RawRequest
from gatekeeper.store.contract import NOT_KEPT, Answer, Ask, End, Kept, Settlement, Turn


class OutdatedSnapshot(Exception):
    """The trip told of a registry newer than the snapshot: it is loaded before deciding."""

    def __init__(self, version: int) -> None:
        super().__init__(f"registry version {version}")
        self.version = version


class Flight:
    """One request on its way; it holds one snapshot from start to end."""

    def __init__(
        self,
        rooms: Rooms,
        provider: Provider,
        operation: Operation,
        raw: RawRequest,
        hints: Hints,
    ) -> None:
        self.rooms = rooms
        self.provider = provider
        self.operation = operation
        self.raw = raw
        self.hints = hints
        self.snapshot: Snapshot = rooms.configured.current
        self.at: datetime = rooms.clock()
        self.id: str = rooms.random(16).hex()
        self.caller: Caller | None = None
        self.answering: Answering | None = None
        """For an answer to a webhook: what it answers."""
        self.case: Case | None = None
        self.ask: Ask | None = None
        """Set once the trip may have made reservations."""
        self.outgoing = raw
        """What goes upstream: the request as it came, unless texts in it had to be masked."""
        self.masked: tuple[Span, ...] = ()
        """What was masked in `outgoing`."""
        self._stage_began = perf_counter()
        self.may_have_left = False
        """Set just before the first byte may go upstream."""

    @property
    def channel(self) -> Channel:
        """The channel as far as it is known."""
        return self.case.request.channel if self.case else self.operation.channel

    def passed(self, stage: str) -> None:
        """A stage of the spine is over: it took the time since the one before ended."""
        now = perf_counter()
        self.rooms.watch.stage(stage, now - self._stage_began)
        self._stage_began = now

    async def gather(self, case: Case, people: Sequence[Target], kept: Kept = NOT_KEPT) -> Answer:
        """Make the one trip; from here on a failure has reservations to release.

        Behind a twin in flight it waits for that one's end: the turn may be ours after all.
        """
        caller = case.caller
        idem = idempotency_of(
            self.raw,
            caller.tenant.id,
            caller.application.id,
            self.hints.idempotency_key or case.request.natural_key,
        )
        self.case = case
        self.ask = ask(case, people, self.snapshot, idem, kept)
        answer = await self.rooms.store.gather(self.ask)
        if answer.turn is Turn.IN_FLIGHT:
            answer = await self.rooms.store.wait_answer(self.ask, self.rooms.upstream_timeout_s)
        if answer.registry_version > self.snapshot.registry.version:
            raise OutdatedSnapshot(answer.registry_version)
        return answer

    async def again(self, version: int) -> Flight:
        """The same request under a snapshot that is at least of this version."""
        if self.ask is not None:
            await self.rooms.store.settle(Settlement(self.ask, End.RETRYABLE))
        await self.rooms.configured.catch_up(version)
        flight = Flight(self.rooms, self.provider, self.operation, self.raw, self.hints)
        flight.answering = self.answering
        return flight
