"""How does a plain connection become an app's connection under TLS, within the bounds of others?

The handshake is not left to the event loop's own TLS server: that counts no connection before its
handshake is done, and knows none that begins with other words (`CONNECT`).
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable

import structlog

from gatekeeper.proxy.listener import HEAD_DEADLINE_S, MAX_CONNECTIONS, GuardedHandler, Listener

log = structlog.get_logger(__name__)

Lead = Callable[[socket.socket], Awaitable[str | None]]
"""Speaks with a client before its handshake: the host that it is promised, None to end it."""
PAUSE_S = 1.0
"""After an `accept` that failed, as where files are short."""


async def anywhere(_connection: socket.socket) -> str:
    """Nothing is said, and no host is promised: the client begins with its handshake."""
    return ""


class Secured:
    """Opens TLS on connections and hands them to a listener."""

    def __init__(self, context: ssl.SSLContext, listener: Listener, lead: Lead = anywhere) -> None:
        self.listener = listener
        self._context = context
        self._lead = lead
        self._begun: set[asyncio.Task[None]] = set()

    async def accept(self, door: socket.socket) -> None:
        """Take connections until it is cancelled; with too many the newest is closed."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                connection, _ = await loop.sock_accept(door)
            except OSError as error:
                log.warning("not_accepted", error=error.strerror)
                await asyncio.sleep(PAUSE_S)
                continue
            if len(self._begun) + len(self.listener.connections) >= MAX_CONNECTIONS:
                log.warning("too_many_connections", limit=MAX_CONNECTIONS)
                connection.close()
                continue
            connection.setblocking(False)
            task = asyncio.create_task(self._open(connection))
            self._begun.add(task)
            task.add_done_callback(self._begun.discard)

    def stop(self) -> None:
        """Let go of what is not an app's connection yet."""
        for task in self._begun:
            task.cancel()

    async def _open(self, connection: socket.socket) -> None:
        """From the first byte to the end of the handshake; then the listener has it."""
        try:
            led_to = await self._lead(connection)
            if led_to is None:
                connection.close()
                return
            await asyncio.get_running_loop().connect_accepted_socket(
                lambda: self._handler(led_to),
                connection,
                ssl=self._context,
                ssl_handshake_timeout=HEAD_DEADLINE_S,
            )
        except (OSError, asyncio.CancelledError) as error:
            log.info("not_connected", error=type(error).__name__)
            connection.close()

    def _handler(self, led_to: str) -> GuardedHandler:
        handler = self.listener()
        handler.led_to = led_to
        return handler
