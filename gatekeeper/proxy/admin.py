"""What can commands do over the private socket (0600)? Every change of state goes through here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from aiohttp import web
from pydantic import ValidationError

from gatekeeper.domain.registry import Registry
from gatekeeper.errors import GatekeeperError, InputRejected
from gatekeeper.ledger.changes import listed_entry
from gatekeeper.ledger.consent import ConsentDesk
from gatekeeper.ledger.consent_input import ConsentInput, canonical_number
from gatekeeper.ledger.documents import KINDS, Document, decode
from gatekeeper.ledger.files import consent_changes, listed_changes
from gatekeeper.ledger.imports import BadLine, Importer, Progress
from gatekeeper.ledger.list_import import ListImporter
from gatekeeper.ledger.registrar import NewApplication, Registrar
from gatekeeper.proxy.native import history_of
from gatekeeper.proxy.problem import problem_of
from gatekeeper.proxy.routes import faults

Json = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that a command may ask for."""

    registrar: Registrar
    consent: ConsentDesk
    importer: Importer
    lists: ListImporter
    registry: Callable[[], Registry]
    reload_registry: Callable[[], Awaitable[None]]
    reload_policy: Callable[[], Awaitable[Json]]
    status: Callable[[], Awaitable[Json]]


def admin_app(desk: Desk) -> web.Application:
    """The application of the private socket."""
    app = web.Application(middlewares=[_problems], client_max_size=1 << 20)
    endpoints = _Endpoints(desk)
    app.add_routes(
        [
            web.get("/status", endpoints.status),
            web.get("/documents/{kind}", endpoints.documents),
            web.post("/documents/{kind}", endpoints.register),
            web.post("/applications", endpoints.add_application),
            web.post("/applications/{id}/keys", endpoints.rotate_key),
            web.post("/suspensions", endpoints.suspend),
            web.get("/consents", endpoints.consents),
            web.post("/consents", endpoints.record_consent),
            web.post("/imports/consents", endpoints.import_consents),
            web.post("/imports/lists", endpoints.import_list),
            web.post("/listed", endpoints.set_listed),
            web.post("/policy/reload", endpoints.reload_policy),
        ]
    )
    return app


@web.middleware
async def _problems(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    try:
        return await handler(request)
    except GatekeeperError as error:
        return problem_of(error)


class _Endpoints:
    """The handlers; each reads plain JSON and answers plain JSON, or lines of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def status(self, _request: web.Request) -> web.Response:
        return _json(await self._desk.status())

    async def documents(self, request: web.Request) -> web.Response:
        kind = request.match_info["kind"]
        if kind not in KINDS:
            raise InputRejected(f"there is no kind {kind}: one of {', '.join(KINDS)}")
        registry = self._desk.registry()
        found: Json = getattr(registry, f"{kind}s")
        return _json([_shown(document) for document in found.values()])

    async def register(self, request: web.Request) -> web.Response:
        document = decode(request.match_info["kind"], await request.read())
        await self._desk.registrar.put(document, self._desk.registry())
        return await self._registered({})

    async def add_application(self, request: web.Request) -> web.Response:
        new = await _body(request, NewApplication)
        key = await self._desk.registrar.add_application(new, self._desk.registry())
        return await self._registered({"id": new.id, "key": key})

    async def rotate_key(self, request: web.Request) -> web.Response:
        asked = await _body(request, _Rotation)
        registrar, registry = self._desk.registrar, self._desk.registry()
        key = await registrar.rotate_key(request.match_info["id"], registry, keep=asked.keep_old)
        return await self._registered({"key": key})

    async def suspend(self, request: web.Request) -> web.Response:
        asked = await _body(request, _Suspension)
        await self._desk.registrar.suspend(
            asked.kind, asked.key, asked.reason, self._desk.registry()
        )
        return await self._registered({})

    async def consents(self, request: web.Request) -> web.Response:
        events = await self._desk.consent.history(
            request.query.get("tenant", ""), request.query.get("number", "")
        )
        return _json(history_of(events, datetime.now(UTC)).model_dump(mode="json"))

    async def record_consent(self, request: web.Request) -> web.Response:
        tenant = self._tenant(request.query.get("tenant", ""))
        given = _consent(await request.read())
        event = await self._desk.consent.record(tenant, given)
        return _json({"id": event.id, "at": event.at.isoformat()})

    async def import_consents(self, request: web.Request) -> web.StreamResponse:
        asked = await _body(request, _FileImport)
        changes = consent_changes(self._desk.consent, self._tenant(asked.tenant), asked.file)
        return await _told(request, self._desk.importer.run(asked.tenant, changes))

    async def import_list(self, request: web.Request) -> web.StreamResponse:
        asked = await _body(request, _ListImport)
        desk = self._desk
        if asked.tenant is not None:
            tenant = self._tenant(asked.tenant)
            changes = listed_changes(desk.consent, tenant, asked.list, asked.file)
            return await _told(request, desk.importer.run(tenant, changes))
        return await _told(request, desk.lists.run(asked.list, asked.file, asked.as_of))

    async def set_listed(self, request: web.Request) -> web.Response:
        asked = await _body(request, _Listed)
        desk, tenant = self._desk.consent, self._tenant(asked.tenant)
        subject = desk.names.subject(tenant, canonical_number(asked.number))
        entry = listed_entry(tenant, asked.list, subject, listed=asked.listed)
        await desk.ledger.commit(desk.store, [entry])
        return _json({})

    async def reload_policy(self, _request: web.Request) -> web.Response:
        return _json(await self._desk.reload_policy())

    async def _registered(self, answer: Json) -> web.Response:
        await self._desk.reload_registry()
        return _json(answer)

    def _tenant(self, name: str) -> str:
        if name not in self._desk.registry().tenants:
            raise InputRejected(f"there is no tenant {name[:60]!r}")
        return name


class _Rotation(msgspec.Struct):
    keep_old: bool = False


class _Suspension(msgspec.Struct):
    kind: str
    key: str
    reason: str | None


class _FileImport(msgspec.Struct):
    tenant: str
    path: str

    @property
    def file(self) -> Path:
        return Path(self.path)


class _ListImport(msgspec.Struct):
    list: str
    path: str
    as_of: datetime
    tenant: str | None = None

    @property
    def file(self) -> Path:
        return Path(self.path)


class _Listed(msgspec.Struct):
    tenant: str
    list: str
    number: str
    listed: bool = True


async def _body(request: web.Request, model: type[T]) -> T:
    try:
        return msgspec.json.decode(await request.read(), type=model)
    except msgspec.MsgspecError as error:
        raise InputRejected(str(error)) from None


def _consent(raw: bytes) -> ConsentInput:
    try:
        return ConsentInput.model_validate_json(raw)
    except ValidationError as error:
        raise InputRejected(faults(error)) from None


def _shown(document: Document) -> Json:
    """A document without its secrets: sealed secret, fingerprint and key hashes stay inside."""
    shown: Json = msgspec.to_builtins(document)
    return {key: value for key, value in shown.items() if key not in _HIDDEN}


_HIDDEN = frozenset({"secret", "fingerprint", "key_hashes"})


def _json(value: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode(value), content_type="application/json")


async def _told(
    request: web.Request, news: AsyncIterator[Progress | BadLine]
) -> web.StreamResponse:
    """Stream an import's progress as lines of JSON; it goes on if the command goes away."""
    lines: asyncio.Queue[bytes | None] = asyncio.Queue()
    work = asyncio.create_task(_drain(news, lines))
    _RUNNING.add(work)
    work.add_done_callback(_RUNNING.discard)
    response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
    await response.prepare(request)
    while (line := await lines.get()) is not None:
        await response.write(line)
    await response.write_eof()
    return response


_RUNNING: set[asyncio.Task[None]] = set()
"""Imports under way: the event loop itself holds tasks only weakly."""


async def _drain(
    news: AsyncIterator[Progress | BadLine], lines: asyncio.Queue[bytes | None]
) -> None:
    try:
        async for item in news:
            lines.put_nowait(msgspec.json.encode(item) + b"\n")
        lines.put_nowait(b'{"done":true}\n')
    except GatekeeperError as error:
        lines.put_nowait(msgspec.json.encode({"error": str(error)}) + b"\n")
    finally:
        lines.put_nowait(None)
