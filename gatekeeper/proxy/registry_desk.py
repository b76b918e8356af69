"""How do commands and the HTTP API change the registry? One at a time, in force at once.

A document is checked against a registry that nobody else changes meanwhile; the answer is given
when the next request is judged by what was registered.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from gatekeeper.domain.registry import Registry
from gatekeeper.domain.standing import Suspension
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.documents import Document
from gatekeeper.ledger.registrar import NewApplication, Registrar
from gatekeeper.ledger.registry_input import stated
from gatekeeper.policy.faults import suggest
from gatekeeper.providers import PROVIDERS
from gatekeeper.providers.contract import Provider

Guard = Callable[[Registry], None]
"""Raises for what the asker may not do to the registry as it is when the turn has come."""


def open_to_all(_registry: Registry) -> None:
    """Nothing is refused: who may speak on the private socket may do everything."""


class RegistryDesk:
    """Every change of the registry that a person or program asks for; `by` says who."""

    def __init__(
        self,
        registrar: Registrar,
        registry: Callable[[], Registry],
        reload: Callable[[], Awaitable[None]],
        providers: Sequence[Provider] = PROVIDERS,
    ) -> None:
        self._registrar = registrar
        self._registry = registry
        self._reload = reload
        self._providers = {provider.name: provider for provider in providers}
        self._turn = asyncio.Lock()

    @property
    def registry(self) -> Registry:
        """The registry that is in force."""
        return self._registry()

    async def state(
        self, kind: str, said: Mapping[str, Any], by: str, guard: Guard = open_to_all
    ) -> Document:
        """Register a document, or change what is said of it."""
        async with self.changing() as (registrar, registry):
            guard(registry)
            document = stated(kind, said, registry, by=by, at=registrar.clock())
            return await registrar.put(document, registry, by=by)

    async def add_application(
        self, new: NewApplication, by: str, guard: Guard = open_to_all
    ) -> str | None:
        """Register an application; its key, if it gets one."""
        self._spoken(new)
        async with self.changing() as (registrar, registry):
            guard(registry)
            return await registrar.add_application(new, registry, by=by)

    def _spoken(self, new: NewApplication) -> None:
        """The gate speaks that provider's API, and would know the application again."""
        provider = self._providers.get(new.provider)
        if provider is None:
            near = suggest(new.provider, self._providers)
            known = ", ".join(sorted(self._providers))
            raise InputRejected(f"there is no such provider{near}; the gate speaks: {known}")
        if provider.attach.account and not new.account:
            raise InputRejected(f"its SDK names an account: give {provider.attach.account}")

    async def rotate_key(
        self,
        name: str,
        by: str,
        *,
        keep: bool,
        expires: datetime | None,
        guard: Guard = open_to_all,
    ) -> str:
        """A new key for an application."""
        async with self.changing() as (registrar, registry):
            guard(registry)
            return await registrar.rotate_key(name, registry, keep=keep, by=by, expires=expires)

    async def suspend(
        self,
        target: tuple[str, str],
        reason: str,
        by: str,
        until: datetime | None,
        guard: Guard = open_to_all,
    ) -> Suspension:
        """Stop somebody or something (kind and key) at once."""
        kind, key = target
        async with self.changing() as (registrar, registry):
            guard(registry)
            return await registrar.suspend(kind, key, reason, registry, by=by, until=until)

    async def resume(self, kind: str, key: str, by: str, guard: Guard = open_to_all) -> None:
        """Lift a suspension."""
        async with self.changing() as (registrar, registry):
            guard(registry)
            await registrar.resume(kind, key, registry, by=by)

    async def add_admin_key(
        self, name: str, tenant: str | None, by: str, expires: datetime | None
    ) -> str:
        """Make a key to the registry."""
        async with self.changing() as (registrar, registry):
            return await registrar.add_admin_key(name, tenant, registry, by=by, expires=expires)

    async def revoke_admin_key(self, name: str, by: str) -> None:
        """End a key to the registry."""
        async with self.changing() as (registrar, registry):
            await registrar.revoke_admin_key(name, registry, by=by)

    @asynccontextmanager
    async def changing(self) -> AsyncIterator[tuple[Registrar, Registry]]:
        """A turn to change the registry as it is now; afterwards the change is in force."""
        async with self._turn:
            yield self._registrar, self._registry()
            await self._reload()
