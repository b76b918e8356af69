"""What can commands do with the policy in force, over the private socket, and as whom?

The kernel tells which user speaks. Whoever shows an admin key of the installation speaks as that
key instead: that is how two persons who share the gate's user are told apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web

from gatekeeper.domain.standing import AdminKey
from gatekeeper.errors import CredentialInvalid, InputRejected, NotAllowed
from gatekeeper.proxy.admin_bodies import body_as
from gatekeeper.proxy.peer import user_of
from gatekeeper.proxy.registry_walls import actor
from gatekeeper.rollout.desk import RolloutDesk
from gatekeeper.rollout.history import Actor, Line

KeyOf = Callable[[str], AdminKey | None]
"""The admin key that a text is, if it opens anything now."""


class Promotion(msgspec.Struct, forbid_unknown_fields=True):
    """A folder is to be in force."""

    why: Line
    folder: str | None = None
    """Its path as the gate sees it; the folder of policy files, if none is named."""
    says: Line | None = None


class Withdrawal(msgspec.Struct, forbid_unknown_fields=True):
    """A proposal is to be gone."""

    digest: str
    why: Line
    says: Line | None = None


class Approval(msgspec.Struct, forbid_unknown_fields=True):
    """A proposal is to be in force."""

    digest: str
    says: Line | None = None


class Return(msgspec.Struct, forbid_unknown_fields=True):
    """An earlier version is to be in force again: the one before, if none is named."""

    why: Line
    digest: str | None = None
    says: Line | None = None


class PolicyEndpoints:
    """The handlers; each reads plain JSON and answers plain JSON."""

    def __init__(self, desk: RolloutDesk, key_of: KeyOf) -> None:
        self._desk, self._key_of = desk, key_of

    def routes(self) -> list[web.RouteDef]:
        """Where each is."""
        return [
            web.get("/policy", self._status),
            web.post("/policy/reload", self._reload),
            web.post("/policy/promote", self._promote),
            web.post("/policy/approve", self._approve),
            web.post("/policy/withdraw", self._withdraw),
            web.post("/policy/rollback", self._roll_back),
        ]

    async def _status(self, _request: web.Request) -> web.Response:
        return _json(await self._desk.status())

    async def _reload(self, _request: web.Request) -> web.Response:
        return _json(asdict(await self._desk.reload()))

    async def _promote(self, request: web.Request) -> web.Response:
        asked = body_as(Promotion, await request.read())
        folder = Path(asked.folder) if asked.folder is not None else None
        if folder is not None and not folder.is_absolute():
            raise InputRejected("name the folder by its absolute path")
        return _json(await self._desk.promote(folder, self._who(request, asked.says), asked.why))

    async def _approve(self, request: web.Request) -> web.Response:
        asked = body_as(Approval, await request.read())
        return _json(await self._desk.approve(asked.digest, self._who(request, asked.says)))

    async def _withdraw(self, request: web.Request) -> web.Response:
        asked = body_as(Withdrawal, await request.read())
        who = self._who(request, asked.says)
        return _json(await self._desk.withdraw(asked.digest, who, asked.why))

    async def _roll_back(self, request: web.Request) -> web.Response:
        asked = body_as(Return, await request.read())
        who = self._who(request, asked.says)
        return _json(await self._desk.roll_back(asked.digest, who, asked.why))

    def _who(self, request: web.Request, says: str | None) -> Actor:
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return Actor(user_of(request), says)
        admin = self._key_of(key.strip()) if scheme.lower() == "bearer" else None
        if admin is None:
            raise CredentialInvalid("unknown key")
        return by_key(admin, says)


def by_key(admin: AdminKey, says: str | None = None) -> Actor:
    """Whoever shows the key; NotAllowed for a key of one tenant, since a policy binds them all."""
    if admin.tenant is not None:
        raise NotAllowed("the policy is everybody's: a key of the installation may change it")
    return Actor(actor(admin), says, made_by=admin.key.by or None)


def _json(value: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode(value), content_type="application/json")
