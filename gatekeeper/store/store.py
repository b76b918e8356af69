"""How does the gate ask its store, and how does it know that the store can be believed?

A server is believed only after the owner of the truth (the ledger) has verified it: after each
start of the server, and whenever its high-water mark is below what has been acknowledged.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gatekeeper.domain.consent import ConsentEvent
from gatekeeper.errors import DependencyUnavailable, StoreUnfit
from gatekeeper.store.address import parse_address
from gatekeeper.store.changes import Change, pack_changes
from gatekeeper.store.confirm import Confirmer
from gatekeeper.store.connection import Connection
from gatekeeper.store.contract import Answer, Ask, End, Settlement, Turn
from gatekeeper.store.events import History, read_dropped, read_histories, unpack_events
from gatekeeper.store.functions import ServerInfo, function, inspect, load_functions
from gatekeeper.store.keys import tag_and_field
from gatekeeper.store.packing import pack_ask, pack_settlements, read_answer
from gatekeeper.store.pipe import Pipe
from gatekeeper.store.promise import AOF_OFF, Durability, Promise
from gatekeeper.store.settling import Settler
from gatekeeper.store.status import ListStatus, read_statuses

APPLY_S = 5.0
"""A batch of changes or a read of all documents may take this long: nobody's send waits for it."""
VERIFY_AGAIN_S = 0.25
POLL_S = 0.05
DRAIN_S = 5.0

_GATHER = function("gather")
_SETTLE = function("settle")
_APPLY = function("apply")
_DOCUMENTS = function("documents")
_HISTORIES = function("histories")


@dataclass(frozen=True, slots=True)
class Health:
    """How the store stands."""

    connected: bool
    verified: bool
    settlements_waiting: int
    latency_ms: float | None
    """Time of one small call, None if it failed."""
    skew_ms: int | None
    """Clock of the server minus ours."""
    durability: str
    """What makes a change durable in the server, in its own words; `none` if that is not asked."""


class Store:
    """The gate's side of the store; open it with `Store.open`. Failures: DependencyUnavailable."""

    def __init__(
        self,
        url: str,
        timeout_ms: int,
        verify: Verify | None,
        durability: Durability = Durability.CONFIRMED,
    ) -> None:
        address = parse_address(url)
        self._connection = Connection(address, timeout=timeout_ms / 1000, prepare=self._prepare)
        own = durability is Durability.OWN_SERVER
        self._confirmer = Confirmer(address, own=own)
        self._demanding = durability is not Durability.JOURNAL_ONLY
        self._settler = Settler(self._write)
        self._verify = verify
        self._verifying: asyncio.Task[None] | None = None
        self._verify_not_before = 0.0
        self.server: ServerInfo | None = None
        """The server of the newest connection, as it described itself."""
        self.verified = False
        """Whether gathers may pass."""
        self._refused: str | None = None
        """Why the last verification found that the store is not ours to use."""
        self._late = False
        self._patience_ms = timeout_ms
        self.expected_applied = 0
        """The last ledger event that was acknowledged; an answer from before it is refused."""

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        timeout_ms: int = 250,
        verify: Verify | None = None,
        durability: Durability = Durability.CONFIRMED,
    ) -> Store:
        """A store for `url`; it opens without a server too, and refuses until there is one.

        `verify` runs for each run of the server before the first gather; it may use every other
        method, and raises if the store cannot be believed. InputRejected for an unusable URL,
        StoreUnfit for a server that would lose what was acknowledged, or is not ours.
        """
        store = cls(url, timeout_ms, verify, durability)
        try:
            await store.ready()
        except StoreUnfit:
            await store.close()
            raise
        except DependencyUnavailable:
            store.verified = False
        return store

    @property
    def trouble(self) -> str | None:
        """Why a gather would fail now, as far as is known; None if all is well."""
        if self._unfit is not None:
            return self._unfit
        if not self._connection.connected:
            return "not connected"
        if not self.verified:
            return self._refused or "being verified after a start or loss"
        return "not answering in time" if self._late else None

    @property
    def promise(self) -> str:
        """What makes a change durable in the server, in words; `none` if that is not asked."""
        return str(self._confirmer.promise) if self._demanding else str(Promise.NONE)

    async def ready(self) -> None:
        """Connect and verify; DependencyUnavailable says why the store cannot be used."""
        await self._connection.connect()
        if self._demanding:
            await self._confirmer.connect()
        if not self.verified:
            await asyncio.shield(self._start_verify())

    async def gather(self, ask: Ask) -> Answer:
        """Ask everything about one request in one trip, and reserve in it.

        A failure means that nothing may be sent; what it may have reserved is released.
        """
        await self._insist()
        # A change that is acknowledged while this is under way does not make the answer wrong.
        expected = self.expected_applied
        arguments = pack_ask(ask, expected)
        try:
            reply = await self._connection.submit("FCALL", _GATHER, 0, *arguments)
        except (DependencyUnavailable, asyncio.CancelledError) as error:
            if ask.reserve:
                self.settle_soon(Settlement(ask, End.RETRYABLE))
            self._late = isinstance(error, DependencyUnavailable)
            raise
        self._late = False
        if reply[0] < expected:
            self._distrust()
            raise DependencyUnavailable("store", "it has lost changes and is being verified")
        return read_answer(reply, ask)

    async def wait_answer(self, ask: Ask, timeout: float) -> Answer:  # noqa: ASYNC109
        """Ask until no twin of the request is in flight, at most for `timeout` seconds."""
        deadline = time.monotonic() + timeout
        answer = await self.gather(ask)
        while answer.turn is Turn.IN_FLIGHT and time.monotonic() < deadline:
            await asyncio.sleep(POLL_S)
            answer = await self.gather(ask)
        return answer

    def settle_soon(self, settlement: Settlement) -> None:
        """Write the end of a request off the reply path; kept and tried again until written."""
        if settlement.end is not End.SENT or settlement.ask.idempotency.key:
            self._settler.soon(settlement)

    async def settle(self, settlement: Settlement) -> None:
        """Write the end of a request now."""
        await self._write([settlement])

    async def apply(self, changes: Iterable[Change], *, first: int, last: int) -> int:
        """Apply ledger events `first` to `last` in one step; the high-water mark after it.

        Events already applied are left out; events before `first` must have been applied.
        """
        arguments = pack_changes(changes, first, last)
        return int(await self._call("FCALL", _APPLY, 0, *arguments))

    async def confirm(self, number: int) -> None:
        """Return once ledger events up to `number` are on the server's disk, if that is asked."""
        if self._demanding:
            await self._confirmer.confirm(number)

    async def claim(self, installation: str) -> None:
        """Mark the store as this installation's; StoreUnfit if it is another's."""
        await self._call("HSETNX", "gk:meta", "installation", installation)
        holder = await self._call("HGET", "gk:meta", "installation")
        if holder != installation.encode():
            raise StoreUnfit(
                "it belongs to another installation of Gatekeeper (its people are named under "
                "another keyring): give each installation a server or a database of its own"
            )

    async def applied(self) -> int:
        """The high-water mark: the last ledger event in the store."""
        return int(await self._call("HGET", "gk:meta", "applied") or 0)

    async def rewind(self) -> None:
        """Set the high-water mark to 0, so that the ledger can apply everything anew."""
        await self._call("HSET", "gk:meta", "applied", 0)

    async def events_of(self, subject: bytes) -> tuple[ConsentEvent, ...]:
        """The kept consent events of one person, newest first."""
        tag, field = tag_and_field(subject)
        return unpack_events(await self._call("HGET", f"gk:c:{{{tag}}}", field) or b"")

    async def dropped(self, subject: bytes) -> frozenset[str]:
        """The first 16 digits of the ids of a person's events that are kept no longer."""
        tag, field = tag_and_field(subject)
        return read_dropped(await self._call("GET", f"gk:g:{{{tag}}}:".encode() + field) or b"")

    async def histories(self, subjects: Sequence[bytes]) -> list[History]:
        """What is kept of many persons, in their order, in one trip: for a file of events."""
        arguments = [part for subject in subjects for part in tag_and_field(subject)]
        flat = await self._call("FCALL_RO", _HISTORIES, 0, *arguments)
        return read_histories(flat)

    async def documents(self) -> tuple[int, dict[str, bytes]]:
        """The version of the registry and all its documents by key, read in one step."""
        version, flat = await self._call("FCALL_RO", _DOCUMENTS, 0)
        keys, values = flat[::2], flat[1::2]
        return int(version), {k.decode(): v for k, v in zip(keys, values, strict=True)}

    async def list_statuses(self) -> tuple[ListStatus, ...]:
        """The active versions of all lists."""
        return read_statuses(await self._call("HGETALL", "gk:meta"))

    async def health(self) -> Health:
        """Whether the store answers, and how fast; never raises."""
        start, latency, skew = time.perf_counter(), None, None
        try:
            seconds, micros = await self._call("TIME")
            latency = (time.perf_counter() - start) * 1000
            skew = int(seconds) * 1000 + int(micros) // 1000 - _now_ms()
        except DependencyUnavailable:
            self.verified = self.verified and self._connection.connected
        self._late = latency is None or latency > self._patience_ms
        if self._demanding:
            with contextlib.suppress(DependencyUnavailable, TimeoutError):
                await self._confirmer.look()
        return Health(
            connected=self._connection.connected,
            verified=self.verified,
            settlements_waiting=self._settler.waiting,
            latency_ms=latency,
            skew_ms=skew,
            durability=self.promise,
        )

    async def close(self) -> None:
        """Write what waits, for at most some seconds, then close."""
        await self._settler.drain(DRAIN_S if self._connection.connected else 0)
        await self._settler.close()
        if self._verifying is not None:
            self._verifying.cancel()
        await self._confirmer.close()
        await self._connection.close()

    async def _call(self, *command: Any) -> Any:
        return await self._connection.call(*command, within=APPLY_S)

    async def _write(self, settlements: list[Settlement]) -> None:
        arguments = pack_settlements(settlements, _now_ms())
        await self._connection.call("FCALL", _SETTLE, 0, *arguments)

    async def _prepare(self, pipe: Pipe) -> None:
        info = await inspect(pipe)
        if self._demanding and not info.append_only:
            raise StoreUnfit(AOF_OFF)
        await load_functions(pipe)
        if info.run_id != self._run_id:
            self.verified = False
        self.server = info

    @property
    def _unfit(self) -> str | None:
        return self._confirmer.unfit

    @property
    def _run_id(self) -> str | None:
        return self.server.run_id if self.server else None

    async def _insist(self) -> None:
        """No gather before verification: nothing is awaited between this and the sending."""
        if self._unfit is not None:
            raise StoreUnfit(self._unfit)
        if not self._connection.connected:
            await self._connection.connect()
        if not self.verified:
            if time.monotonic() >= self._verify_not_before:
                self._start_verify()
            why = self._refused or "it is being verified after a start or loss"
            raise DependencyUnavailable("store", why)
        if self._settler.full:
            raise DependencyUnavailable("store", "too many settlements wait to be written")

    def _distrust(self) -> None:
        self.verified = False
        self._start_verify()

    def _start_verify(self) -> asyncio.Task[None]:
        if self._verifying is None or self._verifying.done():
            self._verifying = asyncio.create_task(self._run_verify())
            self._verifying.add_done_callback(lambda task: task.cancelled() or task.exception())
        return self._verifying

    async def _run_verify(self) -> None:
        self._verify_not_before = time.monotonic() + VERIFY_AGAIN_S
        run_id = self._run_id
        await self._ask_owner()
        applied = await self.applied()
        if applied < self.expected_applied:
            raise DependencyUnavailable("store", "it lacks acknowledged changes")
        # A server that was replaced meanwhile has another run id and is verified for itself.
        self.verified = run_id == self._run_id and self._connection.connected

    async def _ask_owner(self) -> None:
        try:
            if self._verify is not None:
                await self._verify(self)
            self._refused = None
        except StoreUnfit as error:
            self._refused = error.reason
            raise


Verify = Callable[[Store], Awaitable[None]]


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
