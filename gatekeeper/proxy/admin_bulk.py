"""How does a command ask about a whole list? In the name of one of the applications."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from gatekeeper.domain.registry import Caller, Registry
from gatekeeper.errors import InputRejected
from gatekeeper.policy.faults import suggest
from gatekeeper.proxy.bulk_api import Bulk


@dataclass(frozen=True, slots=True)
class BulkEndpoints:
    """The handler, on the private socket."""

    bulk: Bulk
    registry: Callable[[], Registry]

    def routes(self) -> list[web.RouteDef]:
        """Where it stands."""
        return [web.post("/check/bulk", self.check)]

    async def check(self, request: web.Request) -> web.StreamResponse:
        """A piece of a list, as CSV or NDJSON."""
        said = dict(request.query)
        caller = caller_named(self.registry(), said.pop("app", ""))
        form = said.pop("format", "csv")
        return self.bulk.answer(caller, await request.read(), form, said)


def caller_named(registry: Registry, name: str) -> Caller:
    """The application of that name; without a name, the only one that there is."""
    applications = registry.applications
    if not name and len(applications) == 1:
        (name,) = applications
    application = applications.get(name)
    if application is None:
        known = ", ".join(sorted(applications)) or "none is registered"
        told = f"there is no application {name[:60]!r}" if name else "say --app"
        raise InputRejected(f"{told}{suggest(name, applications)}; {known}")
    return Caller(application, registry.tenants[application.tenant])
