"""Where are real SDKs tried? Before one gate that has an application of Acme's at each provider."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path
from typing import Any

from gatekeeper.domain.words import Channel
from gatekeeper.providers import PROVIDERS
from gatekeeper.providers.contract import Simulated, door_name
from tests.sdk.app import App, app_with
from tests.sdk.capture import HOSTS
from tests.sdk.carriers import accepting, misbehaving
from tests.sdk.registered import HOOKS, PUBLIC, person_of, registered
from tests.sdk.sends import Sends, read
from tests.sdk.situations import SITUATIONS, Situation, changed, psid_of, reached
from tests.sdk.tap import Tap, tapped
from tests.support.acme import STOPPED
from tests.support.certificates import certificate
from tests.support.front import provider_of
from tests.support.gate import Stand, standing_gate
from tests.support.valkey import FaultProxy

VENDORS = [host for each in PROVIDERS for service in each.services for host in service.hosts]
TRUST = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS")
"""By which of these an HTTP library is told whose certificates it may trust."""
STRANGE = "gk_" + "x" * 43
ENOUGH = 30
"""More sends to one person than any limit lets through at once."""


class Way(Enum):
    """How an app comes to the gate."""

    POINTED = auto()
    """It was told the gate's address."""
    INTERCEPTED = auto()
    """It knows its vendor's hosts alone, and their names lead here."""
    STRANGER = auto()
    """It was told the address, and has a key of nobody's."""


@dataclass(slots=True)
class Told:
    """How one send went: what the SDK told its app, and what passed on either side of the gate."""

    answer: dict[str, Any]
    statuses: list[int]
    reasons: list[str]
    asked: bytes
    sent: list[bytes]


@dataclass
class Field:
    """A gate, its carrier, and an app for each SDK that was asked for."""

    stand: Stand
    store: FaultProxy
    keys: dict[str, str]
    tls: ssl.SSLContext
    authority: str
    open: AsyncExitStack
    heard: set[tuple[str, str]] = field(default_factory=set)
    apps: dict[tuple[str, Way], tuple[Sends, App, Tap]] = field(default_factory=dict)

    async def told(
        self, name: str, send: str, when: str, way: Way = Way.POINTED, call: str = ""
    ) -> Told:
        """Send in a situation, by the send's own call if no other is named."""
        sdk, app, tap = await self._app(name, way)
        situation = SITUATIONS[when]
        self._play(sdk, situation)
        tap.loses = situation.loses
        chosen, person = sdk.sends[send], person_of(sdk.name, when)
        if when not in ("not_answering", "no_consent"):  # who writes to us thereby consents
            await self.written(sdk, reached(when, person))
        arguments = changed(chosen["with"], when, person)
        sending = self._send(app, tap, call or chosen["call"], arguments)
        return await (self._while_lost(tap, sending) if when == "store_lost" else sending)

    async def written(self, sdk: Sends, person: str) -> None:
        """This person has written to us, if the provider waits for that; who stopped, just so."""
        if sdk.writes is None or (sdk.name, person) in self.heard:
            return
        self.heard.add((sdk.name, person))
        provider, channel = provider_of(sdk.provider), Channel(sdk.writes["channel"])
        text = "STOP" if person == STOPPED else "Hello"
        name = psid_of(person) if channel is Channel.MESSENGER else person
        said = Simulated(name, channel, name, sdk.writes["sender"], text, datetime.now(UTC))
        path = f"/v1/inbound/{provider.name}/{provider.name}-app"
        assert provider.carrier is not None
        raw = provider.resign(provider.carrier.wrote(said), PUBLIC + path, HOOKS)
        answered = await self.stand.ask("POST", path, raw.body, dict(raw.headers))
        assert answered.status == 200, answered

    async def told_too_fast(self, name: str, send: str) -> Told:
        """Send to one person until a limiter answers."""
        for _ in range(ENOUGH):
            told = await self.told(name, send, "too_fast")
            if SITUATIONS["too_fast"].reason in told.reasons:
                return told
        raise AssertionError(f"{ENOUGH} sends to one person were let through")

    async def _send(self, app: App, tap: Tap, call: str, arguments: dict[str, Any]) -> Told:
        answer = await app.send(call, **arguments)
        reasons = tap.headers("Gatekeeper-Reason")
        return Told(answer, tap.statuses, reasons, tap.last_body, list(self.stand.carrier.requests))

    def _play(self, sdk: Sends, situation: Situation) -> None:
        carrier = self.stand.carrier
        carrier.forget()
        carrier.script = accepting(provider_of(sdk.provider))
        if situation.carrier != "accepts":
            carrier.script, carrier.hangs_up = misbehaving(situation.carrier, carrier.script)
        for _, _, tap in self.apps.values():
            tap.clear()

    async def _while_lost(self, tap: Tap, sending: Coroutine[Any, Any, Told]) -> Told:
        """What a send is told while the store is lost; it is back once the gate has said so."""
        self.store.delay = 2.0
        told = asyncio.create_task(sending)
        while 503 not in tap.statuses and not told.done():  # noqa: ASYNC110 - a tap has no event
            await asyncio.sleep(0.01)
        self.store.delay = 0.0
        async with asyncio.timeout(30):
            while (await self.stand.ready()).status == 503:  # noqa: ASYNC110 - it is asked anew
                await asyncio.sleep(0.05)
            return await told

    async def _app(self, name: str, way: Way) -> tuple[Sends, App, Tap]:
        if (name, way) not in self.apps:
            sdk, intercepted = read(name), way is Way.INTERCEPTED
            tls = self.tls if intercepted or name == "vonage" else None
            tap = await self.open.enter_async_context(tapped(self.stand.gate.port, tls))
            url = f"http://127.0.0.1:{tap.port}"
            more = {"patch": "no", "authority": self.authority} if intercepted else {}
            key = STRANGE if way is Way.STRANGER else self.keys[sdk.provider]
            gate = sdk.gate(url, key, **more)
            hosts = dict.fromkeys(VENDORS if intercepted else HOSTS, tap.port)
            trust = dict.fromkeys(TRUST, self.authority)
            app = await self.open.enter_async_context(app_with(name, gate, hosts, **trust))
            self.apps[name, way] = sdk, app, tap
        return self.apps[name, way]


@asynccontextmanager
async def open_field(folder: Path, store: FaultProxy) -> AsyncIterator[Field]:
    """A gate with an application for every provider there is."""
    doors = [door_name(each, service.name) for each in PROVIDERS for service in each.services]
    async with (
        standing_gate(
            folder, doors, redis_url=store.url, upstream_timeout_s=1.5, public_url=PUBLIC
        ) as stand,
        AsyncExitStack() as stack,
    ):
        keys = await registered(stand)
        tls, _ = certificate(folder, *HOSTS, *VENDORS)
        yield Field(stand, store, keys, tls, str(folder / "cert.pem"), stack)
