"""Which user of the operating system speaks on the private socket?"""

from __future__ import annotations

import os
import pwd
import socket
import struct

from aiohttp import web

_CREDENTIALS = struct.Struct("3i")
"""pid, uid, gid (unix(7), SO_PEERCRED)."""


def user_of(request: web.Request) -> str:
    """`user:NAME`, as the kernel tells it; the socket's own user where no kernel tells (macOS).

    The socket is 0600, so there it can only be the same user, or root.
    """
    return f"user:{_name(_uid(request))}"


def _uid(request: web.Request) -> int:
    option = getattr(socket, "SO_PEERCRED", None)
    held = request.get_extra_info("socket")
    if option is None or held is None:
        return os.getuid()
    with socket.socket(fileno=os.dup(held.fileno())) as peer:
        told = peer.getsockopt(socket.SOL_SOCKET, option, _CREDENTIALS.size)
    uid: int = _CREDENTIALS.unpack(told)[1]
    return uid


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
