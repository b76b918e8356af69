"""A loopback server that keeps what reached it, byte for byte: what does an SDK really send?"""

from __future__ import annotations

from aiohttp import web

from gatekeeper.providers.contract import RawRequest, Reply


class Capture:
    """Every request that came, and the reply that each gets."""

    def __init__(self, reply: Reply | None = None) -> None:
        self.requests: list[RawRequest] = []
        self.reply = reply or Reply(201, (("Content-Type", "application/json"),), b"{}")

    @property
    def last(self) -> RawRequest:
        """The newest request."""
        return self.requests[-1]

    def app(self) -> web.Application:
        """The server; any path and method is taken."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._take)
        return app

    async def _take(self, request: web.Request) -> web.Response:
        headers = tuple((k.decode(), v.decode()) for k, v in request.raw_headers)
        body = await request.read()
        self.requests.append(RawRequest(request.method, request.raw_path, headers, body))
        return web.Response(
            status=self.reply.status, body=self.reply.body, headers=dict(self.reply.headers)
        )
