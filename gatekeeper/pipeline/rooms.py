"""What does the spine need around it? Every part with a side effect, handed in at the start."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from gatekeeper.pipeline.answers import Seals
from gatekeeper.pipeline.present import Presents
from gatekeeper.pipeline.snapshot import Snapshot
from gatekeeper.pipeline.tokens import Tokens
from gatekeeper.pipeline.upstream import Upstream
from gatekeeper.providers.contract import Reply
from gatekeeper.store.contract import Answer, Ask, Settlement

if TYPE_CHECKING:
    from gatekeeper.pipeline.flight import Flight


class Keys(Seals, Protocol):
    """What the spine needs of the keyring."""

    def subject(self, tenant: str, address: str) -> bytes:
        """The store's name for a recipient."""

    def pseudonym(self, tenant: str, value: str) -> str:
        """The journal's name for an address."""

    def fingerprint(self, secret: str) -> str:
        """The keyed fingerprint of a provider's secret."""


class Records(Protocol):
    """What the spine needs of the journal."""

    async def append(self, kind: str, record_id: str, tenant: str, body: Mapping[str, Any]) -> Any:
        """Returns when the record is durable; DependencyUnavailable if that takes too long."""

    def append_soon(
        self, kind: str, record_id: str, tenant: str, body: Mapping[str, Any]
    ) -> asyncio.Future[Any]:
        """Queues the record; the future ends when it is durable."""


class Gathers(Protocol):
    """What the spine needs of the store."""

    async def gather(self, ask: Ask) -> Answer:
        """The one blocking trip."""

    async def settle(self, settlement: Settlement) -> None:
        """Write the end of a request and wait for it."""

    def settle_soon(self, settlement: Settlement) -> None:
        """Write the end of a request off the reply path."""

    async def wait_answer(self, ask: Ask, timeout: float) -> Answer:  # noqa: ASYNC109
        """The answer once a twin in flight has ended, or as it stands after `timeout` seconds."""


class Watches(Protocol):
    """What the spine tells the metrics."""

    def stage(self, name: str, seconds: float) -> None:
        """One stage took so long."""

    def decided(self, channel: str, verdict: str, reason: str) -> None:
        """One request was decided."""

    def found(self, effects: tuple[tuple[str, str], ...]) -> None:
        """Rules had findings: each by its id, and what came of it."""

    def ended(self, end: str) -> None:
        """One request ended so."""

    def heard(self, outcome: str) -> None:
        """One webhook came, and this became of it."""

    def bound(self, way: str, seconds: float) -> None:
        """An opt-out came this way and binds since so many seconds after it came."""


class Learns(Protocol):
    """What the spine tells of the provider's answers to sends."""

    def learn_soon(self, flight: Flight, reply: Reply) -> None:
        """Record off the reply path what the answer says of the recipient's will, if anything."""


class Configured(Protocol):
    """Where the spine takes its snapshot from."""

    @property
    def current(self) -> Snapshot:
        """The snapshot that a request that starts now holds to its end."""

    async def catch_up(self, version: int) -> None:
        """Load the registry until it is at least of this version."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """The parts with side effects; the spine itself has none."""

    journal: Records
    store: Gathers
    keys: Keys
    configured: Configured
    upstreams: Mapping[str, Upstream]
    """By the name of a provider's service (`providers.contract.door_name`)."""
    watch: Watches
    learner: Learns
    clock: Callable[[], datetime]
    random: Callable[[int], bytes]
    consent: Presents
    """Where evidence that comes with a send is recorded."""
    upstream_timeout_s: float = 25.0
    assembly_s: int = 0
    """Seconds in which a number in two messages is put together; 0: never."""
    tokens: Tokens = field(default_factory=Tokens)
    """What providers gave for log-ins."""
