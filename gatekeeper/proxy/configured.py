"""Which snapshot does a request get that starts now? The newest registry and policy, as one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from gatekeeper.domain.registry import Registry
from gatekeeper.ledger.documents import registry_of
from gatekeeper.pipeline.snapshot import Snapshot, take
from gatekeeper.rollout.activate import PolicyHolder

Load = Callable[[], Awaitable[tuple[int, Mapping[str, bytes]]]]
"""Reads the registry's version and all its documents from the store."""


class Configuration:
    """Holds the current snapshot and makes a new one when the registry or policy changes."""

    def __init__(self, policies: PolicyHolder, load: Load, *, sandbox: bool) -> None:
        self._policies = policies
        self._load = load
        self._sandbox = sandbox
        self._turn = asyncio.Lock()
        self._judge = policies.current
        self._snapshot = self._take(Registry())

    @property
    def current(self) -> Snapshot:
        """The snapshot of this instant."""
        if self._policies.current is not self._judge:
            self._judge = self._policies.current
            self._snapshot = self._take(self._snapshot.registry)
        return self._snapshot

    def registry(self) -> Registry:
        """The registry of this instant."""
        return self._snapshot.registry

    async def catch_up(self, version: int) -> None:
        """Load the registry, unless it is of this version already."""
        async with self._turn:
            if self._snapshot.registry.version < version:
                await self.load()

    async def load(self) -> None:
        """Load the registry as the store has it now."""
        self._snapshot = self._take(registry_of(*await self._load()))

    def _take(self, registry: Registry) -> Snapshot:
        judge = self._judge
        return take(registry, judge.policy, judge.screener, judge.replies, sandbox=self._sandbox)
