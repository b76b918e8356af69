"""What can commands do with the registry over the private socket?"""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import web

from gatekeeper.errors import InputRejected
from gatekeeper.ledger.documents import KINDS, find, tenant_of
from gatekeeper.ledger.registrar import NewApplication
from gatekeeper.proxy.admin_bodies import (
    NewAdminKey,
    Rotation,
    Suspension,
    body_as,
    shown,
)
from gatekeeper.proxy.peer import user_of
from gatekeeper.proxy.registry_desk import RegistryDesk

Json = dict[str, Any]


class RegistryEndpoints:
    """The handlers; each reads plain JSON and answers plain JSON, and notes who asked."""

    def __init__(self, desk: RegistryDesk) -> None:
        self._desk = desk

    def routes(self) -> list[web.RouteDef]:
        """Where each is."""
        return [
            web.get("/documents/{kind}", self._list),
            web.get("/document/{kind}", self._one),
            web.post("/documents/{kind}", self._state),
            web.post("/applications", self._add_application),
            web.post("/applications/{id}/keys", self._rotate_key),
            web.post("/suspensions", self._suspend),
            web.post("/admin-keys", self._add_admin_key),
            web.post("/admin-keys/{id}/revoke", self._revoke_admin_key),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        kind, tenant = _kind(request), request.query.get("tenant")
        found: Json = getattr(self._desk.registry, f"{kind}s")
        rows = [
            shown(document)
            for document in found.values()
            if tenant is None or tenant_of(document) == tenant
        ]
        return _json(rows)

    async def _one(self, request: web.Request) -> web.Response:
        kind, key = _kind(request), request.query.get("key", "")
        found = find(self._desk.registry, kind, key)
        if found is None:
            raise InputRejected(f"there is no {kind.replace('_', ' ')} {key[:120]}")
        return _json(shown(found))

    async def _state(self, request: web.Request) -> web.Response:
        said = body_as(dict[str, Any], await request.read())
        document = await self._desk.state(request.match_info["kind"], said, user_of(request))
        return _json(shown(document))

    async def _add_application(self, request: web.Request) -> web.Response:
        new = body_as(NewApplication, await request.read())
        key = await self._desk.add_application(new, user_of(request))
        return _json({"id": new.id, "key": key})

    async def _rotate_key(self, request: web.Request) -> web.Response:
        asked, name = body_as(Rotation, await request.read()), request.match_info["id"]
        key = await self._desk.rotate_key(
            name, user_of(request), keep=asked.keep_old, expires=asked.expires
        )
        return _json({"id": name, "key": key})

    async def _suspend(self, request: web.Request) -> web.Response:
        asked, by = body_as(Suspension, await request.read()), user_of(request)
        if asked.reason is None:
            await self._desk.resume(asked.kind, asked.key, by)
            return _json({})
        made = await self._desk.suspend((asked.kind, asked.key), asked.reason, by, asked.until)
        return _json(made)

    async def _add_admin_key(self, request: web.Request) -> web.Response:
        new = body_as(NewAdminKey, await request.read())
        key = await self._desk.add_admin_key(new.id, new.tenant, user_of(request), new.expires)
        return _json({"id": new.id, "key": key})

    async def _revoke_admin_key(self, request: web.Request) -> web.Response:
        await self._desk.revoke_admin_key(request.match_info["id"], user_of(request))
        return _json({})


def _kind(request: web.Request) -> str:
    kind = request.match_info["kind"]
    if kind not in KINDS:
        raise InputRejected(f"there is no kind {kind[:40]}: one of {', '.join(KINDS)}")
    return kind


def _json(value: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode(value), content_type="application/json")
