"""What keeps a real SDK on this machine? A hook that ends its process before anything else happens.

Python asks the hook before each connect, datagram and lookup of a name, in whatever library; a hook
cannot be taken out again. An address that is not loopback, or a name that is not `localhost`, is
written to standard output as `{"forbidden": "host:port"}`, and the process ends there: no SDK can
catch that, or try again. Names that stand in for the gate (`SDK_STAND_INS`: host to loopback port)
are answered before anybody is asked: so DNS interception is tried without any DNS.
"""

from __future__ import annotations

import ipaddress
import json
import os
import socket
import sys
from typing import Any

STATUS = 97
"""How a process ends that was about to leave this machine."""

CONNECTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
LOOKUPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})


def install() -> None:
    """From here on this process speaks to loopback alone."""
    stand_ins = json.loads(os.environ.get("SDK_STAND_INS", "{}"))
    asked = socket.getaddrinfo

    def answered(host: Any, port: Any, *more: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name in stand_ins:
            return asked("127.0.0.1", stand_ins[name], *more, **options)
        return asked(host, port, *more, **options)

    socket.getaddrinfo = answered
    sys.addaudithook(_watch)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in CONNECTS:
        address = arguments[1]
        if isinstance(address, tuple) and not local(address[0]):
            _end(address[0], address[1])
    elif event in LOOKUPS and not local(arguments[0]):
        _end(arguments[0], arguments[1] if event == "socket.getaddrinfo" else "")


def local(host: object) -> bool:
    """Whether a host is this machine, said without asking anybody."""
    name = host.decode() if isinstance(host, bytes) else host
    if name is None or name == "localhost":
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False


def _end(host: object, port: object) -> None:
    line = json.dumps({"forbidden": f"{host}:{port}"})
    os.write(1, f"\n{line}\n".encode())
    os._exit(STATUS)
