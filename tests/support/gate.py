"""How do tests run a whole gate: real store, journal and policies, before a recording carrier?

`standing_gate` gives a `Stand` with a tenant of its own, registered through the ledger as an
operator would. Every message of `Stand.sms` carries the canaries; at the end the journal's files
are searched for them.
"""

from __future__ import annotations

import asyncio
import gc
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
from pydantic import SecretStr
from twilio.rest import Client

from gatekeeper.journal.read import entries
from gatekeeper.journal.record import Line
from gatekeeper.proxy.gate import Gate, start
from gatekeeper.settings import Settings
from tests.support.acme import ACCOUNT, ANA, NEWS, register
from tests.support.recording_carrier import Carrier
from tests.support.rejudged import disagreements
from tests.support.shipped import shipped
from tests.support.twilio_sdk import client_for

WORD = "Quizzaciously"
"""Stands in every body: nothing but the carrier may show it."""
FORM = "application/x-www-form-urlencoded"
MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
CALLS = f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json"


@dataclass(frozen=True, slots=True)
class Told:
    """What an app was answered over plain HTTP."""

    status: int
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def code(self) -> int | None:
        """Twilio's error code, None for success."""
        return self.body.get("code")


@dataclass
class Stand:
    """A running gate before its carrier, and the key of its one application."""

    settings: Settings
    carrier: Carrier
    key: str = ""
    running: Gate | None = None
    canaries: set[str] = field(default_factory=lambda: {WORD})

    @property
    def gate(self) -> Gate:
        """The gate that runs now."""
        assert self.running is not None
        return self.running

    @property
    def url(self) -> str:
        """What an app's SDK is pointed at."""
        return f"http://127.0.0.1:{self.gate.port}"

    @property
    def ops_url(self) -> str:
        """Where operators look."""
        return f"http://127.0.0.1:{self.gate.ops_port}"

    async def start(self) -> None:
        """Start the gate on its data, and register the tenant if that is not done."""
        self.running = await start(self.settings, lambda _: None)
        if not self.key:
            self.key = await register(self.running)
            self.canaries.add(self.key)

    async def stop(self) -> None:
        """Stop the gate, if it runs."""
        if self.running is not None:
            running, self.running = self.running, None
            await running.stop()
            gc.unfreeze()  # a gate loads for good, but this process has many
            gc.collect()

    def client(self, secret: str | None = None, account: str = ACCOUNT) -> Client:
        """The real SDK, as an app of the tenant has it."""
        return client_for(self.url, account, secret or self.key)

    async def sms(self, to: str = ANA, body: str = "Your order is ready.", **more: Any) -> Any:
        """Send through the real SDK in a thread; TwilioRestException for a refusal."""
        self.canaries.add(to.removeprefix("whatsapp:").removeprefix("+1"))
        arguments = {"to": to, "from_": NEWS, "body": f"{body} {WORD}", **more}
        return await asyncio.to_thread(self.client().messages.create, **arguments)

    async def call(self, to: str = ANA, **more: Any) -> Any:
        """Place a call through the real SDK in a thread."""
        return await asyncio.to_thread(self.client().calls.create, to=to, from_=NEWS, **more)

    async def post(self, fields: Any = None, path: str = MESSAGES, **headers: str) -> Told:
        """Post a form as it stands: a message to ANA, or these fields (pairs) instead."""
        form = {"To": ANA, "From": NEWS, "Body": f"Order {WORD}"} if fields is None else fields
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"Authorization": self.basic(), "Content-Type": FORM} | named
        return await self.ask("POST", path, urlencode(form, doseq=True).encode(), sent)

    async def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Told:
        """One request to the app's address."""
        async with (
            aiohttp.ClientSession(auto_decompress=False) as session,
            session.request(method, self.url + path, data=body, headers=headers) as got,
        ):
            text = await got.read()
            return Told(got.status, dict(got.headers), json.loads(text) if text else {})

    def basic(self, secret: str | None = None, account: str = ACCOUNT) -> str:
        """The `Authorization` of the application."""
        return "Basic " + b64encode(f"{account}:{secret or self.key}".encode()).decode()

    async def native(self, path: str, question: dict[str, Any]) -> Told:
        """Post JSON to a native endpoint."""
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        return await self.ask("POST", path, json.dumps(question).encode(), headers)

    async def opt_out(self, number: str) -> None:
        """Record an opt-out over HTTP; returns when it was acknowledged."""
        told = await self.native("/v1/consents", {"number": number, "event": "opt_out"})
        assert told.status == 201, told

    async def ready(self) -> Told:
        """What /readyz says."""
        status, text = await self._look("/readyz")
        return Told(status, {}, json.loads(text))

    async def metrics(self) -> str:
        """What Prometheus would read."""
        return (await self._look("/metrics"))[1]

    async def _look(self, path: str) -> tuple[int, str]:
        url = self.ops_url + path
        async with aiohttp.ClientSession() as session, session.get(url) as got:
            return got.status, await got.text()

    async def settled(self) -> None:
        """Wait until the store knows of every end."""
        async with asyncio.timeout(5):
            while (await self.gate.ground.store.health()).settlements_waiting:  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    def records(self, kind: str) -> list[Line]:
        """The journal's records of a kind, from its files."""
        found = entries(self.settings.journal_folder)
        return [entry.line for entry in found if entry.line.kind == kind]

    def leaks(self) -> list[str]:
        """Which canaries stand in the journal's files."""
        return leaks_in(self.settings.journal_folder.rglob("*.jsonl"), self.canaries)


def leaks_in(files: Any, canaries: set[str]) -> list[str]:
    """`file: canary` for each canary that a file holds."""
    return [
        f"{file.name}: {canary[:4]}..."
        for file in files
        for canary in sorted(canaries)
        if canary.encode() in file.read_bytes()
    ]


def settings_in(folder: Path, upstream: str, **more: Any) -> Settings:
    """Settings of a gate on free ports, with all its data in `folder`."""
    if isinstance(url := more.pop("redis_url", None), str):
        more["redis_url"] = SecretStr(url)
    return Settings(
        data=folder / "data",
        listen="127.0.0.1:0",
        ops_listen="127.0.0.1:0",
        upstream_twilio=upstream,
        **more,
    )


@asynccontextmanager
async def standing_gate(
    folder: Path, doors: Sequence[str] = (), **more: Any
) -> AsyncIterator[Stand]:
    """A gate with its tenant before a carrier, which is Twilio and the services of `doors`.

    Afterwards no canary stands in its journal, and its records suffice to decide the same again.
    """
    carrier = Carrier()
    await carrier.start()
    upstreams = dict.fromkeys(doors, carrier.url)
    stand = Stand(settings_in(folder, carrier.url, upstreams=upstreams, **more), carrier)
    try:
        await stand.start()
        yield stand
    finally:
        await stand.stop()
        await carrier.stop()
    assert stand.leaks() == []
    assert disagreements(shipped().policy, stand.records("decision")) == []


async def eventually(holds: Callable[[], object], within_s: float = 5.0) -> None:
    """Wait for what happens off the reply path."""
    async with asyncio.timeout(within_s):
        while not holds():  # noqa: ASYNC110 - what is waited for knows no event of this loop
            await asyncio.sleep(0.01)
