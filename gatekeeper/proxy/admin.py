"""What can commands do over the private socket (0600)? Every change of state goes through here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
import structlog
from aiohttp import web

from gatekeeper.domain.registry import Registry
from gatekeeper.errors import GatekeeperError, InputRejected
from gatekeeper.ledger.consent import ConsentDesk
from gatekeeper.ledger.consent_input import ConsentInput
from gatekeeper.ledger.imports import Importer
from gatekeeper.ledger.json_once import read_json
from gatekeeper.ledger.list_answers import ListAnswers
from gatekeeper.ledger.list_import import ListImporter
from gatekeeper.ledger.rights_desk import RightsDesk
from gatekeeper.proxy.admin_bulk import BulkEndpoints
from gatekeeper.proxy.admin_imports import ImportEndpoints
from gatekeeper.proxy.admin_inbound import InboundDesk, inbound_routes
from gatekeeper.proxy.admin_lists import ListEndpoints
from gatekeeper.proxy.admin_people import AdminPeople
from gatekeeper.proxy.admin_policy import PolicyEndpoints
from gatekeeper.proxy.admin_registry import RegistryEndpoints
from gatekeeper.proxy.bulk_api import Bulk
from gatekeeper.proxy.consent_api import AskTier, history_of, question_of, recorded_as
from gatekeeper.proxy.lag import measured
from gatekeeper.proxy.problem import problem, problem_of
from gatekeeper.proxy.registry_desk import RegistryDesk

log = structlog.get_logger(__name__)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that a command may ask for."""

    registrar: RegistryDesk
    consent: ConsentDesk
    importer: Importer
    lists: ListImporter
    answers: ListAnswers
    rights: RightsDesk
    registry: Callable[[], Registry]
    status: Callable[[], Awaitable[Json]]
    inbound: InboundDesk
    ask_tier: AskTier
    policy: PolicyEndpoints


def admin_app(desk: Desk) -> web.Application:
    """The application of the private socket."""
    app = web.Application(middlewares=[_problems], client_max_size=1 << 20)
    endpoints = _Endpoints(desk)
    app.add_routes(
        [
            web.get("/status", endpoints.status),
            *RegistryEndpoints(desk.registrar).routes(),
            web.get("/consents", endpoints.consents),
            web.get("/consents/tier", endpoints.tier),
            web.post("/consents", endpoints.record_consent),
            *desk.policy.routes(),
            *inbound_routes(desk.inbound),
        ]
    )
    lists = ListEndpoints(desk.consent, desk.importer, desk.lists, desk.answers, endpoints._tenant)
    app.add_routes(lists.routes())
    watch = desk.inbound.recorder.rooms.watch
    imports = ImportEndpoints(desk.consent, desk.importer, endpoints._tenant, watch)
    app.add_routes(imports.routes())
    app.add_routes(BulkEndpoints(Bulk(desk.inbound.recorder.rooms), desk.registry).routes())
    app.add_routes(AdminPeople(desk.rights, desk.registry).routes())
    return app


@web.middleware
async def _problems(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as error:
        return problem(error.status, "request.ambiguous", error.reason)
    except GatekeeperError as error:
        return problem_of(error)
    except Exception as error:  # noqa: BLE001 - a command gets an answer whatever happens
        log.error("admin_failed", path=request.path, error=type(error).__name__)
        return problem_of(error)


class _Endpoints:
    """The handlers; each reads plain JSON and answers plain JSON, or lines of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def status(self, _request: web.Request) -> web.Response:
        return _json(await self._desk.status())

    async def consents(self, request: web.Request) -> web.Response:
        tenant = self._tenant(request.query.get("tenant", ""))
        events = await self._desk.consent.history(tenant, request.query.get("number", ""))
        return _json(history_of(events, datetime.now(UTC)).model_dump(mode="json"))

    async def tier(self, request: web.Request) -> web.Response:
        query = dict(request.query)
        tenant = self._tenant(query.pop("tenant", ""))
        answer = await self._desk.ask_tier(tenant, question_of(query))
        return _json(answer.model_dump(mode="json"))

    async def record_consent(self, request: web.Request) -> web.Response:
        tenant = self._tenant(request.query.get("tenant", ""))
        given = read_json(await request.read(), ConsentInput)
        with measured(self._desk.inbound.recorder.rooms.watch, "cli", given):
            recorded = await recorded_as(self._desk.consent, tenant, given)
        return _json(recorded.model_dump(mode="json"))

    def _tenant(self, name: str) -> str:
        if name not in self._desk.registry().tenants:
            raise InputRejected(f"there is no tenant {name[:60]!r}")
        return name


def _json(value: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode(value), content_type="application/json")
