"""Which native endpoints are there? What-if questions, consent, and the documents about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from aiohttp import web
from pydantic import BaseModel, Field

from gatekeeper.domain.consent import ConsentEvent, Topic
from gatekeeper.domain.fold import fold
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.errors import CredentialInvalid
from gatekeeper.ledger.consent import ConsentDesk
from gatekeeper.ledger.consent_input import ConsentInput
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.pipeline.whatif import what_if
from gatekeeper.proxy.health import Alive, Health, Probes, live_response, ready_response
from gatekeeper.proxy.help_page import help_response, page
from gatekeeper.proxy.openapi import document
from gatekeeper.proxy.person_api import PERSON_ROUTES, People
from gatekeeper.proxy.routes import Call, Handler, Route, body_of, json_response
from gatekeeper.rollout.whatif import CheckRequest, CheckResponse


class ConsentRecorded(BaseModel):
    """The event that was recorded; it binds every decision from now on."""

    id: str = Field(description="The same event recorded twice has the same id.")
    at: datetime
    missing: tuple[str, ...] = Field(
        (), description="Elements that a written consent lacks, as far as the evidence tells."
    )
    unproven: bool = Field(
        False, description="No evidence came with it: it grants, but it undoes no opt-out."
    )
    text_sha256: str | None = Field(None, description="SHA-256 of the text shown, as UTF-8.")
    warnings: tuple[str, ...] = Field((), description="What will not be as one might expect.")


class ConsentShape(BaseModel):
    """One event of a person's history; its evidence is sealed and not shown here."""

    id: str
    event: str
    at: datetime
    basis: str
    channel: str | None
    purpose: str | None
    campaign: str | None
    expires: datetime | None


class ConsentHistory(BaseModel):
    """What holds now for each channel's marketing messages, and the events it rests on."""

    marketing: dict[str, str] = Field(
        description="By channel: the basis held, or revoked, reassigned, wrong_number."
    )
    events: tuple[ConsentShape, ...]


ROUTES = (
    Route(
        "check",
        "POST",
        "/v1/check",
        "What would be decided about a message; nothing is sent and nothing is used up.",
        takes=CheckRequest,
        gives=CheckResponse,
    ),
    Route(
        "record_consent",
        "POST",
        "/v1/consents",
        "Record one consent event with its evidence.",
        takes=ConsentInput,
        gives=ConsentRecorded,
        status=201,
    ),
    Route(
        "consent",
        "GET",
        "/v1/consents",
        "A person's consent: what holds now, and the events.",
        gives=ConsentHistory,
        query=("number",),
    ),
    *PERSON_ROUTES,
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

    def __init__(self, rooms: Rooms, desk: ConsentDesk, people: People, probes: Probes) -> None:
        self._rooms = rooms
        self._desk = desk
        self._people = people
        self._probes = probes
        self._openapi = msgspec.json.encode(document(ROUTES))
        self._help = page()

    def handlers(self) -> dict[str, Handler]:
        """The handler of each route, by the route's name."""
        return {
            "check": self._check,
            "record_consent": self._record,
            "consent": self._history,
            **self._people.handlers(),
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

    async def _record(self, call: Call) -> web.Response:
        recorded = await recorded_as(self._desk, call.tenant, body_of(call.raw, ConsentInput))
        return json_response(recorded, 201)

    async def _history(self, call: Call) -> web.Response:
        events = await self._desk.history(call.tenant, call.query["number"])
        return json_response(history_of(events, self._rooms.clock()))

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


async def recorded_as(desk: ConsentDesk, tenant: str, given: ConsentInput) -> ConsentRecorded:
    """Record one event, and say what there is to say about it."""
    event = await desk.record(tenant, given)
    return ConsentRecorded(
        id=event.id,
        at=event.at.astimezone(UTC),
        missing=event.missing,
        unproven=event.unproven,
        text_sha256=given.evidence.text_digest if given.evidence else None,
        warnings=await desk.remarks(tenant, given.number, event),
    )


def history_of(events: Sequence[ConsentEvent], now: datetime) -> ConsentHistory:
    """The events as they are shown, with what they fold to at `now`."""
    marketing = {}
    for channel in Channel:
        held = fold(events, Topic(channel, Purpose.MARKETING), now)
        ended = "revoked" if held.revoked else held.ended_by
        marketing[channel.value] = str(ended or held.basis)
    return ConsentHistory(marketing=marketing, events=tuple(_shape(event) for event in events))


def _shape(event: ConsentEvent) -> ConsentShape:
    return ConsentShape(
        id=event.id,
        event=event.act,
        at=event.at.astimezone(UTC),
        basis=event.basis,
        channel=event.scope.channel,
        purpose=event.scope.purpose,
        campaign=event.scope.campaign,
        expires=event.expires,
    )
