"""What does this server promise of its disk, and does it keep it?

WAITAOF alone proves nothing: under `appendfsync everysec`, Redis 7.4 (mended in 8.0, redis/redis
pull request 13793) and Valkey 8.0 to at least 9.1.2 answer it before the data is on disk. So it is
put to the test: such a server syncs once a second, and two answers within less are not true.
"""

from __future__ import annotations

import asyncio
from enum import StrEnum

from gatekeeper.errors import DependencyUnavailable, StoreUnfit
from gatekeeper.store.functions import ServerInfo, function
from gatekeeper.store.pipe import Argument, Pipe

CONFIRM = function("confirm")
CONFIG: tuple[Argument, ...] = ("CONFIG", "GET", "appendonly", "appendfsync")
SYNC_S = 5.0
"""A server that has not synced in this time is not waited for."""
ANSWER_S = SYNC_S + 1.0
WAIT: tuple[Argument, ...] = ("WAITAOF", 1, 0, int(SYNC_S * 1000))
PERIOD_S = 0.9
"""Two honest answers of WAITAOF lie a second apart; the server's clock ticks coarsely."""
WAITAOF_SINCE = (7, 2)
PROVE_S = 15.0
"""A proof waits for two syncs, and each may be late."""

_ADVICE = (
    "or set GATEKEEPER_STORE_DURABILITY=journal_only: acknowledgements then rest on the journal "
    "alone, and the log says so"
)


AOF_OFF = f"appendonly is off, so it would forget opt-outs: turn it on, {_ADVICE}"


class Durability(StrEnum):
    """What an acknowledgement waits for, beside the journal."""

    CONFIRMED = "confirmed"
    """The server's confirmation; a server that cannot give one is refused."""
    OWN_SERVER = "own_server"
    """The same of a server that is the gate's own to command."""
    JOURNAL_ONLY = "journal_only"
    """Nothing: what the server loses is replayed."""


class Promise(StrEnum):
    """What makes a change that was applied one that is on the server's disk."""

    ON_DEMAND = "synced on demand"
    """Our own server: `appendfsync always` for the moment of the wait."""
    ALWAYS = "appendfsync always"
    """Seen anew at each wait."""
    WAITAOF = "WAITAOF"
    UNKNOWN = "not known yet"
    NONE = "none"
    """Not asked for: the journal alone makes changes durable."""


async def promise_of(pipe: Pipe, info: ServerInfo, *, own: bool) -> Promise:
    """The best that the server can promise; StoreUnfit if that is not enough."""
    if not info.append_only:
        raise StoreUnfit(AOF_OFF)
    if own:
        return Promise.ON_DEMAND
    try:
        synced = config_of(await pipe.call(*CONFIG, within=ANSWER_S)).get("appendfsync")
    except DependencyUnavailable as error:
        raise StoreUnfit(f"CONFIG GET appendfsync must be permitted ({error}), {_ADVICE}") from None
    if synced == "always":
        return Promise.ALWAYS
    if synced != "everysec" or info.version < WAITAOF_SINCE:
        version = ".".join(map(str, info.version))
        raise StoreUnfit(
            f"appendfsync is {synced} on a server of version {version}: set it to always "
            f"(or to everysec, from 7.2 on), {_ADVICE}"
        )
    await _prove(pipe)
    return Promise.WAITAOF


def config_of(reply: list[bytes]) -> dict[str, str]:
    """The reply of CONFIG GET as names and values."""
    return {k.decode(): v.decode() for k, v in zip(reply[::2], reply[1::2], strict=True)}


async def _prove(pipe: Pipe) -> None:
    """Two writes, each waited for: the second sync begins a second after the first at the earliest.

    The first sync that holds the first write begins after it was sent, so the time counts from
    there.
    """
    loop = asyncio.get_running_loop()
    start = loop.time()
    for _ in range(2):
        mark = pipe.call("FCALL", CONFIRM, 0, within=ANSWER_S)
        _, (local, _) = await asyncio.gather(mark, pipe.call(*WAIT, within=ANSWER_S))
        if local < 1:
            raise StoreUnfit(f"it has not synced its disk in {SYNC_S:.0f} s")
    if loop.time() - start < PERIOD_S:
        raise StoreUnfit(
            "its WAITAOF answers before the data is on disk (a known fault of Redis 7.4 and of "
            f"Valkey from 8.0 on): set appendfsync always, {_ADVICE}"
        )
