"""Which native endpoints are there? What-if questions, consent, and the documents about them."""

from __future__ import annotations

from functools import partial

import msgspec
from aiohttp import web

from gatekeeper.errors import CredentialInvalid
from gatekeeper.ledger.consent import ConsentDesk
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.pipeline.tier import tier_of
from gatekeeper.pipeline.whatif import what_if
from gatekeeper.proxy.bulk_api import BULK, Bulk
from gatekeeper.proxy.consent_api import CONSENT_ROUTES, Consents
from gatekeeper.proxy.health import Alive, Health, Probes, live_response, ready_response
from gatekeeper.proxy.help_page import help_response, page
from gatekeeper.proxy.openapi import document
from gatekeeper.proxy.person_api import PERSON_ROUTES, People
from gatekeeper.proxy.registry_api import REGISTRY_ROUTES, RegistryApi
from gatekeeper.proxy.routes import Call, Handler, Route, body_of, json_response
from gatekeeper.rollout.whatif import CheckRequest, CheckResponse

ROUTES = (
    Route(
        "check",
        "POST",
        "/v1/check",
        "What would be decided about a message; nothing is sent and nothing is used up.",
        takes=CheckRequest,
        gives=CheckResponse,
    ),
    BULK,
    *CONSENT_ROUTES,
    *PERSON_ROUTES,
    *REGISTRY_ROUTES,
    Route("openapi", "GET", "/v1/openapi.json", "This document.", authenticated=False),
    Route(
        "help",
        "GET",
        "/help/reasons",
        "What each reason code means and what to do next.",
        authenticated=False,
        media="text/html",
    ),
    Route("live", "GET", "/livez", "Whether the process answers.", False, gives=Alive),
    Route(
        "ready",
        "GET",
        "/readyz",
        "Whether every dependency is ready, by name; 503 if one is not.",
        authenticated=False,
        gives=Health,
        also=(503,),
    ),
)
"""All native endpoints of the apps' address."""


class Native:
    """The handlers of the native endpoints."""

    def __init__(
        self,
        rooms: Rooms,
        desk: ConsentDesk,
        people: People,
        registry: RegistryApi,
        probes: Probes,
    ) -> None:
        self._rooms = rooms
        self._bulk = Bulk(rooms)
        self._consents = Consents(desk, partial(tier_of, rooms), rooms.clock, rooms.watch)
        self._people = people
        self._registry = registry
        self._probes = probes
        self._openapi = msgspec.json.encode(document(ROUTES))
        self._help = page()

    def handlers(self) -> dict[str, Handler]:
        """The handler of each route, by the route's name."""
        return {
            "check": self._check,
            BULK.name: self._bulk.handle,
            **self._consents.handlers(),
            **self._people.handlers(),
            **self._registry.handlers(),
            "openapi": self._document,
            "help": self._explain,
            "live": self._live,
            "ready": self._ready,
        }

    async def _check(self, call: Call) -> web.Response:
        if call.caller is None:
            raise CredentialInvalid("this endpoint needs a key")
        question = body_of(call.raw, CheckRequest)
        return json_response(await what_if(self._rooms, call.caller, question))

    async def _document(self, _call: Call) -> web.Response:
        return web.Response(
            body=self._openapi, content_type="application/json", headers={"Server": "gatekeeper"}
        )

    async def _explain(self, _call: Call) -> web.Response:
        return help_response(self._help)

    async def _live(self, _call: Call) -> web.Response:
        return live_response()

    async def _ready(self, _call: Call) -> web.Response:
        return ready_response(self._probes())
