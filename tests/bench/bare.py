"""What does a pass-through cost that checks nothing? aiohttp at its best, on uvloop.

python -m tests.bench.bare PORT UPSTREAM
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator

import uvloop
from aiohttp import ClientSession, DummyCookieJar, TCPConnector, web

HOP = {"connection", "content-length", "host", "keep-alive", "transfer-encoding"}
SESSION = web.AppKey("session", ClientSession)
AUTOMATIC = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")


async def client(app: web.Application) -> AsyncIterator[None]:
    """One session for all, with nothing switched on that a proxy does not need."""
    connector = TCPConnector(limit=0, use_dns_cache=True)
    async with ClientSession(
        connector=connector,
        cookie_jar=DummyCookieJar(),
        auto_decompress=False,
        skip_auto_headers=AUTOMATIC,
    ) as session:
        app[SESSION] = session
        yield


async def forward(request: web.Request) -> web.Response:
    """Send the request on and hand the reply back, bodies whole."""
    headers = [(k, v) for k, v in request.headers.items() if k.lower() not in HOP]
    url = sys.argv[2] + request.raw_path
    body = await request.read()
    async with request.app[SESSION].request(
        request.method, url, headers=headers, data=body, allow_redirects=False
    ) as reply:
        kept = [(k, v) for k, v in reply.headers.items() if k.lower() not in HOP]
        return web.Response(status=reply.status, headers=kept, body=await reply.read())


if __name__ == "__main__":
    app = web.Application()
    app.cleanup_ctx.append(client)
    app.router.add_route("*", "/{path:.*}", forward)
    uvloop.install()
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
