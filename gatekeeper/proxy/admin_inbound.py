"""What can commands do about webhooks? Register where they go, and settle what needs a person."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec
from aiohttp import web

from gatekeeper.errors import InputRejected
from gatekeeper.ledger.reviews import Found, Item, Reviews, items
from gatekeeper.ledger.webhooks import NewWebhook, register_webhook
from gatekeeper.pipeline.inbound_pull import Pull
from gatekeeper.pipeline.inbound_record import Recorder
from gatekeeper.pipeline.inbound_relay import origin_of
from gatekeeper.providers import PROVIDERS
from gatekeeper.proxy.admin_bodies import body_as
from gatekeeper.proxy.admin_stream import told
from gatekeeper.proxy.inbound import PREFIX, PublicUrl
from gatekeeper.proxy.peer import user_of
from gatekeeper.proxy.registry_desk import RegistryDesk
from gatekeeper.proxy.simulator import SimulatedInput, Simulator


@dataclass(frozen=True, slots=True)
class InboundDesk:
    """Everything that a command about webhooks may ask for."""

    registry: RegistryDesk
    public: PublicUrl
    recorder: Recorder
    reviews: Reviews
    relay_private: bool
    """Whether an app's URL may lie inside the operator's network."""
    simulator: Simulator
    """Plays the providers' webhooks, in the sandbox alone."""


def inbound_routes(desk: InboundDesk) -> list[web.RouteDef]:
    """The routes of the private socket that are about webhooks."""
    endpoints = _Endpoints(desk)
    return [
        web.post("/applications/{id}/webhook", endpoints.register),
        web.post("/applications/{id}/pull", endpoints.pull),
        web.post("/sandbox/inbound", endpoints.simulate),
        web.get("/reviews", endpoints.reviews),
        web.post("/reviews/{id}/close", endpoints.close),
    ]


class PullSince(msgspec.Struct, forbid_unknown_fields=True):
    """From which instant on a provider's opt-outs are pulled."""

    since: Annotated[datetime, msgspec.Meta(tz=True)]


class Finding(msgspec.Struct, forbid_unknown_fields=True):
    """What a reviewer found in a reply, and why."""

    found: Found
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class _Endpoints:
    """The handlers; each reads plain JSON and answers plain JSON."""

    def __init__(self, desk: InboundDesk) -> None:
        self._desk = desk
        self._closing = asyncio.Lock()

    async def register(self, request: web.Request) -> web.Response:
        new, name = body_as(NewWebhook, await request.read()), request.match_info["id"]
        by = user_of(request)
        for url in filter(None, (new.url, new.status_url)):
            origin_of(url, allow_private=self._desk.relay_private)
        async with self._desk.registry.changing() as (registrar, registry):
            known = registry.applications.get(name)
            where = self._desk.public.of(f"{PREFIX}{known.provider}/{name}") if known else ""
            secret = await register_webhook(registrar, name, new, registry, by=by)
        answer = {"address": where, "status_address": f"{where}/status", "secret": secret}
        return _json(answer)

    async def pull(self, request: web.Request) -> web.StreamResponse:
        asked, name = body_as(PullSince, await request.read()), request.match_info["id"]
        providers = {provider.name: provider for provider in PROVIDERS}
        return await told(request, Pull(self._desk.recorder, providers).run(name, asked.since))

    async def simulate(self, request: web.Request) -> web.Response:
        asked = body_as(SimulatedInput, await request.read())
        return _json(await self._desk.simulator.play(asked))

    async def reviews(self, request: web.Request) -> web.Response:
        found = await self._items(request.query.get("tenant"))
        everything = request.query.get("all") == "true"
        return _json([_shown(item) for item in found if everything or item.found is None])

    async def close(self, request: web.Request) -> web.Response:
        asked, name = body_as(Finding, await request.read()), request.match_info["id"]
        async with self._closing:
            item = next((each for each in await self._items(None) if each.id == name), None)
            if item is None:
                raise InputRejected("there is no such item: `gatekeeper review list` tells them")
            by = user_of(request)
            closed = await self._desk.reviews.close(item, asked.found, asked.reason, by)
        return _json(_shown(closed))

    async def _items(self, tenant: str | None) -> list[Item]:
        folder = self._desk.reviews.folder
        return await asyncio.to_thread(items, folder, tenant=tenant)


def _shown(item: Item) -> dict[str, Any]:
    whole: dict[str, Any] = msgspec.to_builtins(item)
    return {key: value for key, value in whole.items() if key != "subject"}


def _json(value: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode(value), content_type="application/json")
