"""What stands in the query of a Graph request?

Graph reads a parameter from the query as well as from the body, and a `method` in it for another
than its own. So the gate lets a send have nothing there but its token, and no read have anything
that could make it a send.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote_plus

TOKEN = "access_token"
PROOF = "appsecret_proof"


class Parameter(NamedTuple):
    """One parameter, read, and where its value stands in the target."""

    name: str
    value: str
    start: int
    end: int


def parameters(target: str) -> tuple[Parameter, ...]:
    """Every parameter of a target's query, in order."""
    path, mark, query = target.partition("?")
    found, start = [], len(path) + len(mark)
    for piece in query.split("&") if query else ():
        name, equals, value = piece.partition("=")
        at = start + len(name) + len(equals)
        found.append(Parameter(unquote_plus(name), unquote_plus(value), at, at + len(value)))
        start += len(piece) + 1
    return tuple(found)
