"""Where do webhooks go that the gate passes on? To an app that keeps them, of any provider."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from gatekeeper.providers.contract import RawRequest


@dataclass
class ListeningApp:
    """Takes every POST, keeps it as the provider's own functions read it, and answers 200."""

    url: str = ""
    heard: list[RawRequest] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One webhook."""
        headers = tuple(request.headers.items())
        self.heard.append(RawRequest("POST", request.path_qs, headers, await request.read()))
        return web.Response()


@asynccontextmanager
async def listening_app() -> AsyncIterator[ListeningApp]:
    """The app on a free port of loopback; the gate must be allowed to call it (relay_private)."""
    app, site = ListeningApp(), web.Application()
    site.router.add_post("/{rest:.*}", app.handle)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        app.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook?shop=7"
        yield app
    finally:
        await runner.cleanup()
