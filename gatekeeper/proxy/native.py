"""Which native endpoints are there? What-if questions, consent, and the documents about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

import msgspec
from aiohttp import web
from pydantic import BaseModel, Field

from gatekeeper.domain.consent import ConsentEvent, fold
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.errors import CredentialInvalid
from gatekeeper.ledger.consent import ConsentDesk
from gatekeeper.ledger.consent_input import ConsentInput
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.pipeline.whatif import what_if
from gatekeeper.proxy.openapi import document
from gatekeeper.proxy.routes import Call, Route, body_of, json_response
from gatekeeper.rollout.whatif import CheckRequest, CheckResponse


class ConsentRecorded(BaseModel):
    """The event that was recorded; it binds every decision from now on."""

    id: str = Field(description="The same event recorded twice has the same id.")
    at: datetime


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


def native_routes(rooms: Rooms, desk: ConsentDesk) -> tuple[Route, ...]:
    """All native endpoints of the app listener."""

    async def check(call: Call) -> web.Response:
        if call.caller is None:
            raise CredentialInvalid("this endpoint needs a key")
        question = body_of(call.raw, CheckRequest)
        return json_response(await what_if(rooms, call.caller, question))

    async def record(call: Call) -> web.Response:
        event = await desk.record(call.tenant, body_of(call.raw, ConsentInput))
        return json_response(ConsentRecorded(id=event.id, at=event.at), 201)

    async def history(call: Call) -> web.Response:
        events = await desk.history(call.tenant, call.query["number"])
        return json_response(history_of(events, rooms.clock()))

    async def openapi(_call: Call) -> web.Response:
        return web.Response(body=_openapi(routes), content_type="application/json")

    routes = (
        Route(
            "POST",
            "/v1/check",
            check,
            "What would be decided about a message; nothing is sent and nothing is used up.",
            takes=CheckRequest,
            gives=CheckResponse,
        ),
        Route(
            "POST",
            "/v1/consents",
            record,
            "Record one consent event with its evidence.",
            takes=ConsentInput,
            gives=ConsentRecorded,
            status=201,
        ),
        Route(
            "GET",
            "/v1/consents",
            history,
            "A person's consent: what holds now, and the events.",
            gives=ConsentHistory,
            query=("number",),
        ),
        Route("GET", "/v1/openapi.json", openapi, "This document.", authenticated=False),
    )
    return routes


@cache
def _openapi(routes: Sequence[Route]) -> bytes:
    return msgspec.json.encode(document(routes))


def history_of(events: Sequence[ConsentEvent], now: datetime) -> ConsentHistory:
    """The events as they are shown, with what they fold to at `now`."""
    marketing = {}
    for channel in Channel:
        held = fold(events, at=now, channel=channel, purpose=Purpose.MARKETING)
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
