"""What can operators do, over the private socket, about one person's data?"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import Any

import msgspec
from aiohttp import web

from gatekeeper.domain.registry import Registry
from gatekeeper.errors import GatekeeperError, InputRejected
from gatekeeper.ledger.erase import erase
from gatekeeper.ledger.holds import hold, in_force, release
from gatekeeper.ledger.person_export import News, export, shown
from gatekeeper.ledger.rights_book import ERASED
from gatekeeper.ledger.rights_desk import Known, RightsDesk, Why, why
from gatekeeper.proxy.admin_bodies import body_as
from gatekeeper.proxy.peer import user_of
from gatekeeper.proxy.person_bodies import Asked, Exported, Listed

PIECE = 8_192
"""Characters of a document in one line: whoever reads lines has a bound on their length."""


class AdminPeople:
    """The handlers; each takes plain JSON and answers plain JSON, an export lines of it."""

    def __init__(self, desk: RightsDesk, registry: Callable[[], Registry]) -> None:
        self._desk = desk
        self._registry = registry

    def routes(self) -> list[web.RouteDef]:
        """All its endpoints."""
        return [
            web.post("/people/export", self._export),
            web.post("/people/erase", self._erase),
            web.post("/people/hold", self._hold),
            web.post("/people/release", self._release),
            web.post("/people/holds", self._holds),
            web.post("/people/erased", self._erased),
        ]

    async def _export(self, request: web.Request) -> web.StreamResponse:
        asked = body_as(Exported, await request.read())
        tenants = sorted(self._registry().tenants) if asked.tenant is None else [asked.tenant]
        people = [self._person(tenant, asked.number) for tenant in tenants]
        news = export(self._desk, people, _why(request, asked.reason))
        response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):
            async for line in _lines(news):
                await response.write(line)
            await response.write_eof()
        return response

    async def _erase(self, request: web.Request) -> web.Response:
        asked, who = self._asked(request, await request.read())
        if asked.number is None:
            raise InputRejected("say whose data are to be erased")
        person = self._person(asked.tenant, asked.number)
        return _json(shown(await erase(self._desk, person, who, asked.basis)))

    async def _hold(self, request: web.Request) -> web.Response:
        asked, who = self._asked(request, await request.read())
        note = await hold(self._desk, asked.tenant, self._whom(asked), who, asked.until)
        return _json(shown(note))

    async def _release(self, request: web.Request) -> web.Response:
        asked, who = self._asked(request, await request.read())
        released = await release(self._desk, asked.tenant, self._whom(asked), who)
        return _json([shown(note) for note in released])

    async def _holds(self, request: web.Request) -> web.Response:
        asked = body_as(Listed, await request.read())
        found = []
        for tenant in self._tenants(asked.tenant):
            person = self._person(tenant, asked.number) if asked.number else None
            found += await in_force(self._desk, tenant, person)
        return _json([shown(note) for note in found])

    async def _erased(self, request: web.Request) -> web.Response:
        asked = body_as(Listed, await request.read())
        found = []
        for tenant in self._tenants(asked.tenant):
            whose = self._person(tenant, asked.number).pseudonym if asked.number else None
            found += await asyncio.to_thread(self._desk.book.notes, tenant, ERASED, whose)
        return _json([shown(note) for note in sorted(found, key=lambda note: note.at)])

    def _asked(self, request: web.Request, raw: bytes) -> tuple[Asked, Why]:
        asked = body_as(Asked, raw)
        self._known(asked.tenant)
        return asked, _why(request, asked.reason)

    def _whom(self, asked: Asked) -> Known | None:
        return self._person(asked.tenant, asked.number) if asked.number is not None else None

    def _person(self, tenant: str, number: str) -> Known:
        return self._desk.person(self._known(tenant), number)

    def _tenants(self, tenant: str | None) -> list[str]:
        return sorted(self._registry().tenants) if tenant is None else [self._known(tenant)]

    def _known(self, tenant: str) -> str:
        if tenant not in self._registry().tenants:
            raise InputRejected(f"there is no tenant {tenant[:60]!r}")
        return tenant


async def _lines(news: AsyncGenerator[News]) -> AsyncIterator[bytes]:
    """Pieces of the document as text, progress between them, `done` or `error` at the end."""
    try:
        async with contextlib.aclosing(news):
            async for item in news:
                if isinstance(item, bytes):
                    text = item.decode()
                    for start in range(0, len(text), PIECE):
                        yield _line({"text": text[start : start + PIECE]})
                else:
                    yield _line(item)
        yield _line({"done": True})
    except GatekeeperError as error:
        yield _line({"error": str(error)})


def _why(request: web.Request, reason: str) -> Why:
    return why(reason, user_of(request))


def _json(value: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode(value), content_type="application/json")


def _line(item: object) -> bytes:
    return msgspec.json.encode(item) + b"\n"
