"""How does an app ask for the rights of a person of its own tenant? The number is in the body.

A number in a path would stand in the access logs of every proxy on the way.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from aiohttp import web
from pydantic import BaseModel, Field

from gatekeeper.ledger.erase import erase
from gatekeeper.ledger.person_export import News, export
from gatekeeper.ledger.rights_desk import RightsDesk, Why, why
from gatekeeper.proxy.person_bodies import EraseRequest, Erasure, ExportRequest, erasure_of
from gatekeeper.proxy.routes import Call, Handler, Route, body_of, json_response


class PersonData(BaseModel):
    """All that is kept of one person; the README tells what stands in each section."""

    schema_version: int
    at: str
    number: str
    tenants: dict[str, dict[str, str]] = Field(description="The log's name for the person.")
    records: tuple[dict[str, object], ...] = Field(description="Decisions, outcomes, and so on.")
    consents: tuple[dict[str, object], ...] = Field(description="Events, with their evidence.")
    consent_now: tuple[dict[str, object], ...]
    lists: tuple[dict[str, object], ...]
    holds: tuple[dict[str, object], ...]
    releases: tuple[dict[str, object], ...]
    erasures: tuple[dict[str, object], ...]
    exports: tuple[dict[str, object], ...]
    counts: dict[str, int]


PERSON_ROUTES = (
    Route(
        "export_person",
        "POST",
        "/v1/people/export",
        "All that is kept of one person, as a document; the export is recorded.",
        takes=ExportRequest,
        gives=PersonData,
    ),
    Route(
        "erase_person",
        "POST",
        "/v1/people/erase",
        "Erase a person's evidence and end what was granted; opt-outs stay, as keyed hashes.",
        takes=EraseRequest,
        gives=Erasure,
    ),
)
"""The endpoints for a person's rights."""


class People:
    """The handlers of these endpoints."""

    def __init__(self, desk: RightsDesk) -> None:
        self._desk = desk

    def handlers(self) -> dict[str, Handler]:
        """The handler of each route, by the route's name."""
        return {"export_person": self._export, "erase_person": self._erase}

    async def _export(self, call: Call) -> web.Response:
        asked = body_of(call.raw, ExportRequest)
        person = self._desk.person(call.tenant, asked.number)
        pieces = _bytes(export(self._desk, [person], _why(call, asked.reason)))
        first = await anext(pieces)  # what fails before it is answered as a problem
        return web.Response(
            body=_after(first, pieces),
            content_type="application/json",
            headers={"Server": "gatekeeper", "Cache-Control": "no-store"},
        )

    async def _erase(self, call: Call) -> web.Response:
        asked = body_of(call.raw, EraseRequest)
        person = self._desk.person(call.tenant, asked.number)
        note = await erase(self._desk, person, _why(call, asked.reason), asked.basis)
        return json_response(erasure_of(note))


def _why(call: Call, reason: str) -> Why:
    application = call.caller.application.id if call.caller else ""
    return why(reason, f"application:{application}")


async def _bytes(news: AsyncIterator[News]) -> AsyncIterator[bytes]:
    async for item in news:
        if isinstance(item, bytes):
            yield item


async def _after(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece
