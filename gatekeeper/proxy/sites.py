"""Where does the gate listen? Apps, operators and commands each have a door of their own."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TypeVar

from aiohttp import web

from gatekeeper.errors import InputRejected
from gatekeeper.proxy.listener import Listener
from gatekeeper.proxy.secured import Secured

T = TypeVar("T")

BACKLOG = 1024
DRAIN_S = 25.0
"""Requests under way get this long at a stop."""


def address(text: str) -> tuple[str, int]:
    """Host and port of a setting such as `127.0.0.1:8080` or `[::1]:8080`."""
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdigit() or int(port) > 65535:
        raise InputRejected(f"{text!r} is not host:port")
    return host.strip("[]"), int(port)


async def open_listener(listener: Listener, where: str, stack: AsyncExitStack) -> int:
    """Accept connections from apps; the port, for a setting that said 0."""
    host, port = address(where)
    loop = asyncio.get_running_loop()
    server = await _bound(loop.create_server(listener, host, port, backlog=BACKLOG), where)
    stack.push_async_callback(_drain, server, listener)
    bound: int = server.sockets[0].getsockname()[1]
    return bound


async def open_secured(secured: Secured, where: str, stack: AsyncExitStack) -> int:
    """The same for connections that become TLS."""
    host, port = address(where)
    door = await _bound(asyncio.to_thread(_listening, host, port), where)
    stack.push_async_callback(secured.listener.shutdown, DRAIN_S)
    stack.callback(secured.listener.pre_shutdown)
    stack.callback(secured.stop)
    accepting = asyncio.create_task(secured.accept(door))
    stack.callback(door.close)
    stack.callback(accepting.cancel)
    bound: int = door.getsockname()[1]
    return bound


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.create_server((host, port), family=family, backlog=BACKLOG)
    door.setblocking(False)
    return door


async def open_app(app: web.Application, where: str, stack: AsyncExitStack) -> int:
    """Serve an application on a TCP address; the port."""
    host, port = address(where)
    runner = await _runner(app, stack)
    await _bound(web.TCPSite(runner, host, port).start(), where)
    bound: int = runner.addresses[0][1]
    return bound


async def open_private(app: web.Application, path: Path, stack: AsyncExitStack) -> None:
    """Serve an application on a unix socket that only our own user may use."""
    runner = await _runner(app, stack)
    await web.SockSite(runner, _private_door(path)).start()
    stack.callback(path.unlink, missing_ok=True)


def _private_door(path: Path) -> socket.socket:
    """A unix socket that is 0600 from its first moment on."""
    path.unlink(missing_ok=True)
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        door.bind(str(path))
    except OSError as error:
        why = error.strerror or "the path of the data folder is too long for a socket"
        raise InputRejected(f"cannot make the admin socket {path}: {why}") from None
    finally:
        os.umask(before)
    return door


async def _runner(app: web.Application, stack: AsyncExitStack) -> web.AppRunner:
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=5.0)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    return runner


async def _bound(starting: Awaitable[T], where: str) -> T:
    try:
        return await starting
    except OSError as error:
        raise InputRejected(f"cannot listen on {where}: {error.strerror}") from None


async def _drain(server: asyncio.Server, listener: Listener) -> None:
    server.close()
    listener.pre_shutdown()
    await listener.shutdown(DRAIN_S)
