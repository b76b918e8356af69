"""What can commands do with files of consent events over the private socket?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
from aiohttp import web

from gatekeeper.ledger.consent import ConsentDesk
from gatekeeper.ledger.files import ConsentFile, consent_changes
from gatekeeper.ledger.imports import Importer
from gatekeeper.pipeline.rooms import Watches
from gatekeeper.proxy.admin_bodies import FileImport, body_as
from gatekeeper.proxy.admin_stream import told
from gatekeeper.proxy.lag import ImportLag


@dataclass(frozen=True, slots=True)
class ImportEndpoints:
    """The handlers; `tenant` gives back the id of a tenant that there is."""

    consent: ConsentDesk
    importer: Importer
    tenant: Callable[[str], str]
    watch: Watches

    def routes(self) -> list[web.RouteDef]:
        """Where they stand."""
        return [web.post("/imports/consents", self.start), web.get("/imports", self.underway)]

    async def start(self, request: web.Request) -> web.StreamResponse:
        """A file of consent events of one tenant comes in."""
        asked = body_as(FileImport, await request.read())
        file = ConsentFile(Path(asked.path), asked.format, asked.encoding)
        tenant = self.tenant(asked.tenant)
        lag = ImportLag(self.watch)
        changes = lag.judged(consent_changes(self.consent, tenant, file))
        news = self.importer.run(tenant, changes, file.path.name)
        return await told(request, lag.told(news))

    async def underway(self, _request: web.Request) -> web.Response:
        """The imports that are not finished."""
        body = msgspec.json.encode(self.importer.underway())
        return web.Response(body=body, content_type="application/json")
