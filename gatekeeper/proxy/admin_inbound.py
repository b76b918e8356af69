"""What can commands do about webhooks? Register where they go, and settle what needs a person."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from aiohttp import web

from gatekeeper.ledger.webhooks import NewWebhook, register_webhook
from gatekeeper.pipeline.inbound_relay import origin_of
from gatekeeper.proxy.admin_bodies import body_as
from gatekeeper.proxy.inbound import PREFIX, PublicUrl
from gatekeeper.proxy.peer import user_of
from gatekeeper.proxy.registry_desk import RegistryDesk


@dataclass(frozen=True, slots=True)
class InboundDesk:
    """Everything that a command about webhooks may ask for."""

    registry: RegistryDesk
    public: PublicUrl
    relay_private: bool = False
    """Whether an app's URL may lie inside the operator's network."""


def inbound_routes(desk: InboundDesk) -> list[web.RouteDef]:
    """The routes of the private socket that are about webhooks."""
    endpoints = _Endpoints(desk)
    return [web.post("/applications/{id}/webhook", endpoints.register)]


class _Endpoints:
    """The handlers; each reads plain JSON and answers plain JSON."""

    def __init__(self, desk: InboundDesk) -> None:
        self._desk = desk

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
        return web.Response(body=msgspec.json.encode(answer), content_type="application/json")
