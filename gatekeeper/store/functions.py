"""Which server is this, is it fit to be the store, and has it our functions?"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.store.pipe import Pipe

OLDEST = (7, 0)
LOAD_S = 2.0

_SOURCE = Path(__file__).with_name("functions.lua").read_text()
VERSION = blake2b(_SOURCE.encode(), digest_size=6).hexdigest()
"""Content hash of the functions: two versions of the gate can use one server at once."""
LIBRARY = f"gatekeeper_{VERSION}"


def function(name: str) -> str:
    """The name of one of our functions on the server, e.g. `gk_gather_1f0c...`."""
    return f"gk_{name}_{VERSION}"


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """What the server says of itself."""

    run_id: str
    """Changes at each start of the server."""
    version: tuple[int, ...]
    role: str
    maxmemory_policy: str
    append_only: bool = False
    """Whether what it acknowledges outlives its process (AOF); an operator may decide otherwise."""


def parse_info(text: str) -> ServerInfo:
    """Read the reply of INFO; an unknown or missing field reads as empty."""
    pairs = (line.partition(":") for line in text.splitlines() if ":" in line)
    fields = {name: value for name, _, value in pairs}
    return ServerInfo(
        run_id=fields.get("run_id", ""),
        version=tuple(int(part) for part in fields.get("redis_version", "0").split(".")),
        role=fields.get("role", ""),
        maxmemory_policy=fields.get("maxmemory_policy", ""),
        append_only=fields.get("aof_enabled") == "1",
    )


async def inspect(pipe: Pipe) -> ServerInfo:
    """Ask the server who it is; DependencyUnavailable if it must not hold consent."""
    info = parse_info((await pipe.call("INFO", within=LOAD_S)).decode())
    if info.version < OLDEST:
        raise DependencyUnavailable("store", "the server is older than Redis 7.0")
    if info.role != "master":
        raise DependencyUnavailable("store", f"the server is a {info.role}: consent needs a master")
    if info.maxmemory_policy != "noeviction":
        raise DependencyUnavailable(
            "store", f"maxmemory-policy is {info.maxmemory_policy}: an opt-out could be evicted"
        )
    return info


async def load_functions(pipe: Pipe) -> None:
    """Load our library unless the server has this very version; others stay untouched."""
    if await pipe.call("FUNCTION", "LIST", "LIBRARYNAME", LIBRARY, within=LOAD_S):
        return
    try:
        source = _SOURCE.replace("@VERSION@", VERSION)
        await pipe.call("FUNCTION", "LOAD", source, within=LOAD_S)
    except DependencyUnavailable as error:
        # Another worker may have loaded it between the two calls.
        if "already exists" not in str(error):
            raise
