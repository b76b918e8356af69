"""How does an app of any provider send through a whole gate, before a carrier that keeps all?

`front_gate` gives a `Front`: Acme's gate with one more application, at the provider named. What
the carrier answers is its script (`tests.support.recording_carrier`); what reached it, byte for
byte, is `Front.sent`. Acme's people and senders are those of `tests.support.acme`.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gatekeeper.domain.registry import InboundMode
from gatekeeper.ledger.registrar import NewApplication
from gatekeeper.ledger.webhooks import NewWebhook, register_webhook
from gatekeeper.providers import PROVIDERS
from gatekeeper.providers.contract import Provider, door_name
from tests.support.acme import TENANT
from tests.support.gate import Stand, Told, standing_gate

SECRET = "the-real-secret-of-acme-at-the-provider"
"""What the gate swaps in; no app knows it."""


@dataclass
class Front:
    """A gate and an application at one provider."""

    stand: Stand
    provider: Provider
    account: str
    key: str

    @property
    def application(self) -> str:
        """The application's id: webhooks come to `/v1/inbound/PROVIDER/<this>`."""
        return f"{self.provider.name}-app"

    @property
    def url(self) -> str:
        """The base URL that an app's SDK is given."""
        return f"{self.stand.url}/{self.provider.name}"

    @property
    def sent(self) -> list[bytes]:
        """Every whole request that reached the carrier."""
        return self.stand.carrier.requests

    @property
    def bodies(self) -> list[bytes]:
        """Their bodies."""
        return [request.partition(b"\r\n\r\n")[2] for request in self.sent]

    async def ask(
        self,
        path: str,
        body: Any = b"",
        *,
        method: str = "POST",
        service: str = "",
        headers: dict[str, str] | None = None,
    ) -> Told:
        """One request by the provider's door: bytes as they are, anything else as JSON."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        target = f"/{door_name(self.provider, service)}{path}"
        json_type = {"Content-Type": "application/json"}
        return await self.stand.ask(method, target, raw, json_type | (headers or {}))


def provider_of(name: str) -> Provider:
    """The provider of that name."""
    return next(each for each in PROVIDERS if each.name == name)


async def one_more(front: Front, name: str, account: str, secret: str) -> str:
    """Register a further application at the provider under this secret; its key."""
    gate = front.stand.gate
    registry = gate.configuration.current.registry
    new = NewApplication(name, TENANT, front.provider.name, account, secret)
    key = await gate.ground.registrar.add_application(new, registry, by="user:test")
    await gate.configuration.load()
    assert key is not None
    front.stand.canaries.update((key, secret))
    return key


async def listening(front: Front, secret: str, app: str | None = None) -> str:
    """Register that webhooks come signed with this secret: heard, or passed on to an app.

    What that app checks them with, empty without one.
    """
    gate = front.stand.gate
    registry = gate.configuration.current.registry
    mode = InboundMode.RELAY if app else InboundMode.TAP
    new = NewWebhook(mode, url=app, secret=secret, new_secret=app is not None)
    registrar, name = gate.ground.registrar, front.application
    shown = await register_webhook(registrar, name, new, registry, by="user:t")
    await gate.configuration.load()
    front.stand.canaries.update(filter(None, (secret, shown)))
    return shown or ""


@asynccontextmanager
async def front_gate(
    folder: Path, name: str, account: str = "acme-account", **more: Any
) -> AsyncIterator[Front]:
    """A gate with an application at this provider, in vault mode."""
    provider = provider_of(name)
    doors = [door_name(provider, service.name) for service in provider.services]
    async with standing_gate(folder, doors, **more) as stand:
        gate = stand.gate
        registry = gate.configuration.current.registry
        new = NewApplication(f"{name}-app", TENANT, name, account, SECRET)
        key = await gate.ground.registrar.add_application(new, registry, by="user:test")
        await gate.configuration.load()
        assert key is not None
        stand.canaries.update((key, SECRET))
        yield Front(stand, provider, account, key)
