"""What keeps a program of Python to the gate while `gatekeeper sdk-check` looks on?

Python imports this module at its start and asks its hook before each connection, datagram and
look-up of a name, whatever the library. All that leads neither to this machine nor to the gate is
refused and told in the report, a line each; a connection that is permitted is told too.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from typing import Any

REPORT, GATE = "GATEKEEPER_SDK_REPORT", "GATEKEEPER_SDK_GATE"
"""Variables: the file of the report; hosts of the gate, with a comma between two."""

_CONNECTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_LOOKUPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})


class Refused(ConnectionRefusedError):
    """What the program is told."""


def permitted(host: object, gate: frozenset[str]) -> bool:
    """Whether a host is this machine or the gate's, said without asking anybody."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "localhost")
    name = name.lower().rstrip(".")
    if name == "localhost" or any(name == each or name.endswith(f".{each}") for each in gate):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def install(report: str, gate: frozenset[str]) -> None:
    """From here on this process speaks to the gate and this machine alone; it stays so."""

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _CONNECTS:
            address = arguments[1]
            if not isinstance(address, tuple):
                return  # a socket of this machine's own kind
            host, port = address[0], address[1]
        elif event in _LOOKUPS:
            host, port = arguments[0], arguments[1] if len(arguments) > 1 else ""
            if permitted(host, gate):
                return
        else:
            return
        well = permitted(host, gate)
        _tell(report, "connected" if well else "refused", f"{_shown(host)}:{_shown(port)}")
        if not well:
            raise Refused("refused by gatekeeper sdk-check: this is not the gate")

    _tell(report, "guarded", "python")
    sys.addaudithook(watch)


def _shown(value: object) -> str:
    text = value.decode("ascii", "replace") if isinstance(value, bytes) else str(value)
    return "".join(each for each in text if each.isalnum() or each in "._:-")[:253]


def _tell(report: str, what: str, about: str) -> None:
    """One line, whole, also where several processes write."""
    file = os.open(report, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, f"{what} {about}\n".encode())
    finally:
        os.close(file)


if REPORT in os.environ:
    install(os.environ[REPORT], frozenset(filter(None, os.environ.get(GATE, "").split(","))))
