"""What is known of a request while it is under way, so that any failure ends it rightly?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from time import perf_counter

from msgspec.structs import replace as altered

from gatekeeper.domain.decision import Decision
from gatekeeper.domain.match import Span
from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.domain.registry import Caller
from gatekeeper.domain.words import Channel
from gatekeeper.pipeline.answers import idempotency_of, within
from gatekeeper.pipeline.case import Case, Hints
from gatekeeper.pipeline.gather import Target, ask
from gatekeeper.pipeline.inbound_texts import Answering
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.pipeline.snapshot import Snapshot
from gatekeeper.providers.contract import Operation, Provider, RawRequest, Refusal, Reply
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
        self.dropped: tuple[int, ...] = ()
        """The recipients left out of it, by their place (`pipeline.dropping`)."""
        self.unrecorded = False
        """Whether the recording that it asks for was left out of it (`pipeline.unrecorded`)."""
        self.told: Reply | None = None
        """What the provider said of those whom the request names by an id (`pipeline.lookup`)."""
        self.place = 0
        """Which message of the request: 0, or its place among those that it sends as well."""
        self.parts: list[Flight] = []
        """The flights of those others (`pipeline.several`)."""
        self.decision: Decision | None = None
        """Of such a flight, once it is made."""
        self._stage_began = perf_counter()
        self.token: str | None = None
        """The provider's token that the request left with, where it takes one."""
        self.may_have_left = False
        """Set just before the first byte may go upstream."""

    @property
    def channel(self) -> Channel:
        """The channel as far as it is known."""
        return self.case.request.channel if self.case else self.operation.channel

    @property
    def recipients(self) -> int:
        """How many people the request would reach, once it is read; 1 before."""
        if self.case is None:
            return 1
        request = self.case.request
        return sum(len(each.recipients) for each in (request, *request.also))

    @property
    def deadline_s(self) -> float:
        """Seconds in which the provider must have answered: before the app's SDK gives up."""
        limit = self.rooms.upstream_timeout_s
        return min(limit, self.provider.deadline_s or limit)

    def refuse(self, refusal: Refusal) -> Reply:
        """The refusal in the provider's own shape, which may depend on what was asked for."""
        asked = replace(
            refusal,
            operation=self.operation.name,
            service=self.raw.service,
            recipients=self.recipients,
        )
        return self.provider.refuse(asked)

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
            case.request.attempt,
        )
        if self.place:
            idem = within(idem, self.place)
        self.case = case
        self.ask = ask(case, people, self.snapshot, idem, kept)
        answer = await self.rooms.store.gather(self.ask)
        if answer.turn is Turn.IN_FLIGHT:
            answer = await self.rooms.store.wait_answer(self.ask, self.deadline_s)
        if answer.registry_version > self.snapshot.registry.version:
            raise OutdatedSnapshot(answer.registry_version)
        return answer

    async def again(self, version: int) -> Flight:
        """The same request under a snapshot that is at least of this version."""
        for each in (self, *self.parts):
            if each.ask is not None:
                await self.rooms.store.settle(Settlement(each.ask, End.RETRYABLE))
        await self.rooms.configured.catch_up(version)
        flight = Flight(self.rooms, self.provider, self.operation, self.raw, self.hints)
        flight.answering = self.answering
        return flight

    def part(self, place: int) -> Flight:
        """The flight of a further message of the same request, under the same snapshot."""
        flight = Flight(self.rooms, self.provider, self.operation, self.raw, self.hints)
        flight.snapshot, flight.at, flight.caller = self.snapshot, self.at, self.caller
        flight.outgoing, flight.told, flight.place = self.outgoing, self.told, place
        self.parts.append(flight)
        return flight

    def read(self, raw: RawRequest) -> OutboundRequest:
        """What a request says; it may name the application's account as its sender."""
        request = self.provider.parse(raw, self.operation)
        if self.caller is None or request.sender.kind is not AddressKind.ACCOUNT:
            return request
        account = self.caller.application.account
        own = Address(AddressKind.UNKNOWN, account, request.sender.path)
        return altered(request, sender=own)

    def read_again(self, raw: RawRequest) -> OutboundRequest:
        """This flight's message in another form of its request."""
        request = self.read(raw)
        if self.told is not None and self.provider.lookup is not None:
            request = self.provider.lookup.answered(request, self.told)
        return request.also[self.place - 1] if self.place else request
