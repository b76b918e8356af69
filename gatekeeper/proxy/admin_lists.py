"""What can commands do with lists over the private socket?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import msgspec
from aiohttp import web

from gatekeeper.errors import InputRejected
from gatekeeper.ledger.changes import listed_entry
from gatekeeper.ledger.consent import ConsentDesk
from gatekeeper.ledger.consent_input import canonical_number
from gatekeeper.ledger.imports import Importer
from gatekeeper.ledger.list_answers import ListAnswers, When
from gatekeeper.ledger.list_import import ListImporter, check_owner
from gatekeeper.ledger.listed_files import ListedFile, listed_changes
from gatekeeper.policy.lists import kept_by_person
from gatekeeper.proxy.admin_bodies import Listed, ListId, ListImport, Rollback, body_as
from gatekeeper.proxy.admin_stream import told


@dataclass(frozen=True, slots=True)
class ListEndpoints:
    """The handlers for lists; `tenant` gives back the id of a tenant that there is."""

    consent: ConsentDesk
    importer: Importer
    lists: ListImporter
    answers: ListAnswers
    tenant: Callable[[str], str]

    def routes(self) -> list[web.RouteDef]:
        """Where they stand."""
        return [
            web.post("/imports/lists", self.import_list),
            web.post("/listed", self.set_listed),
            web.get("/lists/{list}/versions", self.history),
            web.post("/lists/{list}/rollback", self.roll_back),
            web.get("/lists/{list}/answer", self.ask),
        ]

    async def import_list(self, request: web.Request) -> web.StreamResponse:
        """A file becomes a version of a list, or goes on a list that is kept person by person."""
        asked = body_as(ListImport, await request.read()).file
        check_owner(asked.list_id, asked.tenant)
        tenant = None if asked.tenant is None else self.tenant(asked.tenant)
        if tenant is None or not kept_by_person(asked.list_id):
            return await told(request, self.lists.run(asked))
        marked = asked.delta and asked.removals is None
        file = ListedFile(tenant, asked.list_id, asked.path, marked, asked.removals)
        return await told(request, self.importer.run(tenant, listed_changes(self.consent, file)))

    async def set_listed(self, request: web.Request) -> web.Response:
        """One person goes on, or off, a tenant's own list."""
        asked = body_as(Listed, await request.read())
        check_owner(asked.list, asked.tenant, by_hand=True)
        desk, tenant = self.consent, self.tenant(asked.tenant)
        subject = desk.names.subject(tenant, canonical_number(asked.number))
        entry = listed_entry(tenant, asked.list, subject, listed=asked.listed)
        await desk.ledger.commit(desk.store, [entry])
        return _json({})

    async def history(self, request: web.Request) -> web.Response:
        """Every version that was asked, oldest first, with what is known of its origin."""
        name, tenant = self._list_of(request), request.query.get("tenant")
        owner = self.tenant(tenant) if tenant is not None else None
        swaps = await self.lists.versions.history(name, owner)
        return _json(swaps)

    async def roll_back(self, request: web.Request) -> web.Response:
        """An earlier version is asked again."""
        name, asked = self._list_of(request), body_as(Rollback, await request.read())
        owner = self.tenant(asked.tenant) if asked.tenant is not None else None
        swap = await self.lists.versions.roll_back(name, owner, asked.version, asked.by)
        return _json(swap)

    async def ask(self, request: web.Request) -> web.Response:
        """What a list says of a number, now or as of an earlier version."""
        name, said = self._list_of(request), request.query
        owner = self.tenant(said["tenant"]) if "tenant" in said else None
        when = When(said.get("version"), _instant(said.get("at")))
        answer = await self.answers.ask(name, owner, said.get("number", ""), when)
        return _json({"list": name, "tenant": owner, **asdict(answer)})

    def _list_of(self, request: web.Request) -> str:
        try:
            return msgspec.convert(request.match_info["list"], ListId)
        except msgspec.ValidationError:
            raise InputRejected("that is no id of a list") from None


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise InputRejected("write an instant with its offset, as 2026-11-20T21:00:00-05:00")
    return at


def _json(value: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode(value), content_type="application/json")
