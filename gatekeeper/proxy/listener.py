"""How are connections from apps guarded? aiohttp's server, with a deadline for the first header.

aiohttp has no timer for a request head that never ends, echoes bad requests and logs their bytes;
all three are closed here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiohttp import web
from aiohttp.web_protocol import RequestHandler
from aiohttp.web_request import BaseRequest

log = structlog.get_logger(__name__)

HEAD_DEADLINE_S = 10.0
KEEPALIVE_S = 75.0
MAX_CONNECTIONS = 2_000
"""Of one address; a further one is closed at once, so that memory stays bounded."""
MAX_LINE = 8190
MAX_FIELD = 8190

Handler = Callable[[BaseRequest], Awaitable[web.StreamResponse]]
BadRequest = Callable[[int, str], web.StreamResponse]


class GuardedHandler(RequestHandler):
    """One connection: it must send a whole request head within the deadline."""

    __slots__ = ("_bad_request", "_head_timer", "led_to")

    def __init__(self, *args: Any, bad_request: BadRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bad_request = bad_request
        self._head_timer: asyncio.TimerHandle | None = None
        self.led_to = ""
        """The vendor's host that the client of a proxy asked for; its requests go there alone."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start the deadline."""
        super().connection_made(transport)
        loop = asyncio.get_running_loop()
        self._head_timer = loop.call_later(HEAD_DEADLINE_S, self._expire, transport)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Forget the deadline."""
        self.head_is_whole()
        super().connection_lost(exc)

    def head_is_whole(self) -> None:
        """A request head was read: aiohttp's own keep-alive timer takes over."""
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def handle_error(
        self,
        request: BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer a request that cannot be parsed, without repeating or logging any of it."""
        self.head_is_whole()
        log.warning("bad_http", status=status, error=type(exc).__name__ if exc else None)
        response = self._bad_request(400 if status >= 500 else status, "not a valid HTTP request")
        response.force_close()
        return response

    def _expire(self, transport: asyncio.BaseTransport) -> None:
        self._head_timer = None
        transport.abort() if isinstance(transport, asyncio.Transport) else transport.close()


class Listener(web.Server):
    """A low-level server whose connections are guarded."""

    def __init__(self, handler: Handler, *, max_body: int, bad_request: BadRequest) -> None:
        super().__init__(handler, request_factory=_factory(max_body))
        self._bad_request = bad_request

    def connection_made(self, handler: RequestHandler, transport: asyncio.Transport) -> None:
        """Count the connections; aiohttp calls this for each."""
        super().connection_made(handler, transport)
        if len(self.connections) > MAX_CONNECTIONS:
            log.warning("too_many_connections", limit=MAX_CONNECTIONS)
            transport.abort()

    def __call__(self) -> GuardedHandler:
        """The protocol of one connection."""
        return GuardedHandler(
            self,
            loop=asyncio.get_running_loop(),
            bad_request=self._bad_request,
            keepalive_timeout=KEEPALIVE_S,
            max_line_size=MAX_LINE,
            max_field_size=MAX_FIELD,
            access_log=None,
            auto_decompress=False,
            lingering_time=2.0,
        )


def _factory(max_body: int) -> Callable[..., BaseRequest]:
    def make(
        message: Any,
        payload: Any,
        protocol: GuardedHandler,
        writer: Any,
        task: asyncio.Task[None],
    ) -> BaseRequest:
        protocol.head_is_whole()
        return BaseRequest(
            message,
            payload,
            protocol,
            writer,
            task,
            asyncio.get_running_loop(),
            client_max_size=max_body,
        )

    return make
