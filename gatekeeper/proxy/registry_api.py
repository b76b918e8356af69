"""How does a program with an admin key register who may send, and stop it?

Every change goes through the registrar, stands in the journal with the key's id, and is in force
when the answer is given. Secrets and keys never come back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import islice
from typing import NamedTuple

from aiohttp import web
from pydantic import BaseModel

from gatekeeper.domain.standing import AdminKey
from gatekeeper.ledger.documents import Document, key_of, kind_of, tenant_of
from gatekeeper.ledger.registrar import SUSPENDABLE, NewApplication
from gatekeeper.proxy import registry_bodies as bodies
from gatekeeper.proxy import registry_shapes as shapes
from gatekeeper.proxy.admin_bodies import shown
from gatekeeper.proxy.registry_desk import RegistryDesk
from gatekeeper.proxy.registry_walls import (
    actor,
    found,
    may_add_application,
    may_change_keys,
    may_state,
    may_stop,
    seen,
)
from gatekeeper.proxy.routes import Call, Handler, Route, body_of, json_response

PAGE = 500
"""Documents in one answer."""


class Models(NamedTuple):
    """The models of one kind: what is stated, what is shown, and a page of it."""

    takes: type[BaseModel]
    gives: type[BaseModel]
    lists: type[BaseModel]


MODELS = {
    "tenant": Models(bodies.TenantInput, shapes.TenantShape, shapes.TenantList),
    "end_customer": Models(
        bodies.EndCustomerInput, shapes.EndCustomerShape, shapes.EndCustomerList
    ),
    "brand": Models(bodies.BrandInput, shapes.BrandShape, shapes.BrandList),
    "application": Models(bodies.ApplicationInput, shapes.ApplicationShape, shapes.ApplicationList),
    "sender": Models(bodies.SenderInput, shapes.SenderShape, shapes.SenderList),
    "campaign": Models(bodies.CampaignInput, shapes.CampaignShape, shapes.CampaignList),
    "content": Models(bodies.ContentInput, shapes.ContentShape, shapes.ContentList),
}


def _routes_of(kind: str, models: Models) -> Iterator[Route]:
    path, noun = f"/v1/registry/{kind}", kind.replace("_", " ")
    yield Route(
        f"list_{kind}",
        "GET",
        path,
        f"Every {noun} that the key may see, page by page; of one tenant, if named.",
        gives=models.lists,
        optional=("tenant", "after"),
        admin=True,
    )
    yield Route(
        f"put_{kind}",
        "PUT",
        path,
        f"Register the {noun}, or change what is said of it: what is left out stays as it is.",
        takes=models.takes,
        gives=models.gives,
        admin=True,
    )
    yield Route(
        f"show_{kind}",
        "GET",
        path + "/{key}",
        f"One {noun} by its key, as in acme%2Fnews.",
        gives=models.gives,
        admin=True,
    )


REGISTRY_ROUTES = (
    *(route for kind, models in MODELS.items() for route in _routes_of(kind, models)),
    Route(
        "add_application",
        "POST",
        "/v1/applications",
        "Register an application; its key is in the answer, this once.",
        takes=bodies.ApplicationNew,
        gives=shapes.KeyMade,
        status=201,
        admin=True,
    ),
    Route(
        "rotate_key",
        "POST",
        "/v1/applications/{id}/keys",
        "Make a new key for an application; it is in the answer, this once.",
        takes=bodies.KeyAsked,
        gives=shapes.KeyMade,
        status=201,
        admin=True,
    ),
    Route(
        "list_suspensions",
        "GET",
        "/v1/suspensions",
        "Everything that is suspended now, as far as the key may see it.",
        gives=shapes.SuspensionList,
        admin=True,
    ),
    Route(
        "suspend",
        "POST",
        "/v1/suspensions",
        "Stop a tenant, end customer, application, sender or campaign at once.",
        takes=bodies.SuspensionInput,
        gives=shapes.SuspensionShape,
        status=201,
        admin=True,
    ),
    Route(
        "resume",
        "DELETE",
        "/v1/suspensions/{kind}/{key}",
        "Lift a suspension.",
        gives=shapes.Lifted,
        admin=True,
    ),
)
"""The endpoints of the registry; all take an admin key."""


class RegistryApi:
    """The handlers of these endpoints."""

    def __init__(self, desk: RegistryDesk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock

    def handlers(self) -> dict[str, Handler]:
        """The handler of each route, by the route's name."""
        handlers: dict[str, Handler] = {
            "add_application": self._add_application,
            "rotate_key": self._rotate_key,
            "list_suspensions": self._suspensions,
            "suspend": self._suspend,
            "resume": self._resume,
        }
        for kind in MODELS:
            handlers[f"list_{kind}"] = partial(self._list, kind)
            handlers[f"put_{kind}"] = partial(self._put, kind)
            handlers[f"show_{kind}"] = partial(self._show, kind)
        return handlers

    async def _list(self, kind: str, call: Call) -> web.Response:
        tenant, after = call.query.get("tenant"), call.query.get("after", "")
        by_key = {key_of(each): each for each in self._visible(call.admin, kind, tenant)}
        names = list(islice(sorted(name for name in by_key if name > after), PAGE + 1))
        page = names[:PAGE]
        rows = [shown(by_key[name]) for name in page]
        more = page[-1] if len(names) > PAGE else None
        return json_response(MODELS[kind].lists.model_validate({"documents": rows, "next": more}))

    async def _show(self, kind: str, call: Call) -> web.Response:
        document = found(call.admin, self._desk.registry, kind, call.path["key"])
        return _shown(kind, document)

    async def _put(self, kind: str, call: Call) -> web.Response:
        given = body_of(call.raw, MODELS[kind].takes)
        said = given.model_dump(mode="json", exclude_unset=True)
        by, guard = actor(call.admin), may_state(call.admin, kind, said)
        return _shown(kind, await self._desk.state(kind, said, by, guard))

    async def _add_application(self, call: Call) -> web.Response:
        new = NewApplication(**body_of(call.raw, bodies.ApplicationNew).model_dump())
        guard = may_add_application(call.admin, new.tenant, new.id)
        key = await self._desk.add_application(new, actor(call.admin), guard)
        return json_response(shapes.KeyMade(id=new.id, key=key), 201)

    async def _rotate_key(self, call: Call) -> web.Response:
        asked, name = body_of(call.raw, bodies.KeyAsked), call.path["id"]
        key = await self._desk.rotate_key(
            name,
            actor(call.admin),
            keep=asked.keep_old,
            expires=asked.expires,
            guard=may_change_keys(call.admin, name),
        )
        return json_response(shapes.KeyMade(id=name, key=key), 201)

    async def _suspensions(self, call: Call) -> web.Response:
        at = self._clock()
        rows = [
            {"kind": kind_of(each), "key": key_of(each), "suspended": shown(each)["suspended"]}
            for kind in SUSPENDABLE
            for each in self._visible(call.admin, kind, None)
            if (held := getattr(each, "suspended", None)) is not None and held.binds(at)
        ]
        return json_response(shapes.SuspensionList.model_validate({"suspensions": rows}))

    async def _suspend(self, call: Call) -> web.Response:
        asked = body_of(call.raw, bodies.SuspensionInput)
        guard = may_stop(call.admin, asked.kind, asked.key, self._clock())
        target, by = (asked.kind, asked.key), actor(call.admin)
        made = await self._desk.suspend(target, asked.reason, by, asked.until, guard)
        shape = shapes.SuspensionShape(reason=made.reason, by=made.by, at=made.at, until=made.until)
        return json_response(shape, 201)

    async def _resume(self, call: Call) -> web.Response:
        kind, key = call.path["kind"], call.path["key"]
        guard = may_stop(call.admin, kind, key, self._clock())
        await self._desk.resume(kind, key, actor(call.admin), guard)
        return json_response(shapes.Lifted(kind=kind, key=key))

    def _visible(self, admin: AdminKey, kind: str, tenant: str | None) -> Iterator[Document]:
        every: dict[object, Document] = getattr(self._desk.registry, f"{kind}s")
        for document in every.values():
            if seen(admin, document) and tenant in (None, tenant_of(document)):
                yield document


def _shown(kind: str, document: Document) -> web.Response:
    return json_response(MODELS[kind].gives.model_validate(shown(document)))
