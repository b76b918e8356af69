"""What does the gate do as an HTTP proxy? It stands in for the vendors' hosts, and for no other.

An SDK whose vendor's host is hard-wired is told of a proxy (`HTTPS_PROXY`). Its `CONNECT` to a
host that is some provider's is answered here, with a certificate that the app was told to trust.
No connection is made to anybody: this is no relay, whatever is asked.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Sequence
from contextlib import suppress

import structlog

from gatekeeper.proxy.listener import HEAD_DEADLINE_S, MAX_LINE

log = structlog.get_logger(__name__)

_LINE = re.compile(rb"CONNECT ([A-Za-z0-9.-]{1,253}):443 HTTP/1\.[01]\r?\n")
_END = re.compile(rb"\r?\n\r?\n")
_OPEN = b"HTTP/1.1 200 Connection established\r\n\r\n"
ONLY_CONNECT = "this proxy takes CONNECT HOST:443 only, as HTTPS_PROXY makes it"
UNKNOWN = "this proxy leads to the hosts of providers that the gate knows, and to no other"
NOT_ALONE = "nothing may follow CONNECT before it is answered"
LINGER_S = 1.0
"""So long may a client that was refused still send, so that it reads why."""


class Interception:
    """Answers what a client of the proxy begins with."""

    def __init__(self, hosts: Sequence[str]) -> None:
        self._hosts = frozenset(hosts)

    async def __call__(self, connection: socket.socket) -> str | None:
        """The vendor's host that the client asked for; None if it was refused."""
        async with asyncio.timeout(HEAD_DEADLINE_S):
            head = await _head(connection)
        host, why = self._asked(head)
        if why:
            await _refuse(connection, 403 if host else 400, why)
            return None
        await asyncio.get_running_loop().sock_sendall(connection, _OPEN)
        return host

    def _asked(self, head: bytes) -> tuple[str, str]:
        """The host that is asked for, and why it is refused, empty if it is not."""
        line, end = _LINE.match(head), _END.search(head)
        if line is None or end is None:
            return "", ONLY_CONNECT
        host = line[1].decode().lower().rstrip(".")
        if host not in self._hosts:
            log.warning("proxy_refused", host=host)
            return host, UNKNOWN
        return host, "" if end.end() == len(head) else NOT_ALONE


async def _head(connection: socket.socket) -> bytes:
    """All that came until the head's end, or until it is too long or the client has left."""
    head = b""
    while not _END.search(head) and len(head) <= MAX_LINE:
        came = await asyncio.get_running_loop().sock_recv(connection, MAX_LINE)
        if not came:
            raise ConnectionResetError
        head += came
    return head


async def _refuse(connection: socket.socket, status: int, why: str) -> None:
    reason = {400: "Bad Request", 403: "Forbidden"}[status]
    head = f"HTTP/1.1 {status} {reason}\r\nContent-Type: text/plain\r\nConnection: close\r\n"
    body = f"gatekeeper: {why}\n"
    loop = asyncio.get_running_loop()
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER_S):
            whole = f"{head}Content-Length: {len(body)}\r\n\r\n{body}"
            await loop.sock_sendall(connection, whole.encode())
            connection.shutdown(socket.SHUT_WR)
            while await loop.sock_recv(connection, MAX_LINE):
                pass
