"""How does a webhook reach the app that it is meant for?

Byte for byte, signed anew for the app's own URL, over a connection that goes nowhere but there:
no redirect is followed, time and size are bounded, and an address inside the network is refused
unless the operator allows it, since a tenant may have named it.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol
from urllib.parse import urlsplit

from gatekeeper.errors import DependencyUnavailable, InputRejected
from gatekeeper.pipeline.upstream import NotSent, Unknown, Upstream
from gatekeeper.pipeline.upstream_connection import ReplyLimits
from gatekeeper.pipeline.upstream_origin import Origin
from gatekeeper.pipeline.upstream_pool import PoolLimits, UpstreamPool
from gatekeeper.providers.contract import RawRequest, Reply

WITHIN_S = 10.0
"""An app answers in this time. Twilio waits 15 s for all of it."""
LIMITS = PoolLimits(connections=20, waiting=200, reply=ReplyLimits(head=32_768, whole=131_072))
ORIGINS = 256
"""Apps whose connections are kept; the one that was idle longest makes room."""
_PASSED_ON = frozenset({"content-type", "set-cookie"})
"""Headers of an app's answer that mean something to a provider: Twilio keeps cookies."""

_HOPS = frozenset(
    {"forwarded", "via", "x-forwarded-for", "x-forwarded-host",
     "x-forwarded-port", "x-forwarded-proto", "x-real-ip"}
)  # fmt: skip
"""Headers of the way to the gate: they are the operator's, and would mislead the app's own."""


class Relays(Protocol):
    """What the inbound pipeline needs to reach apps."""

    async def relay(self, url: str, request: RawRequest) -> Reply:
        """The app's answer; DependencyUnavailable if it gave none that is a success."""


class Relay:
    """Connections to the apps that webhooks are passed on to."""

    def __init__(
        self,
        *,
        allow_private: bool,
        connect: Callable[[Origin], Upstream] | None = None,
        within_s: float = WITHIN_S,
    ) -> None:
        self._allow_private = allow_private
        self._within_s = within_s
        self._pools: OrderedDict[Origin, Upstream] = OrderedDict()
        self._leaving: set[asyncio.Task[None]] = set()
        self._connect = connect or self._pool

    async def relay(self, url: str, request: RawRequest) -> Reply:
        """The app's answer; DependencyUnavailable if it gave none that is a success."""
        pool = self._pool_of(origin_of(url, allow_private=self._allow_private))
        deadline = asyncio.get_running_loop().time() + self._within_s
        headers = tuple(pair for pair in request.headers if pair[0].lower() not in _HOPS)
        passed = RawRequest(request.method, request.target, headers, request.body)
        outcome = await pool.send(passed, deadline)
        if isinstance(outcome, NotSent | Unknown):
            raise DependencyUnavailable("app", f"the webhook was not passed on: {outcome.why}")
        if not 200 <= outcome.status < 300:
            raise DependencyUnavailable("app", f"it answered {outcome.status} to the webhook")
        kept = tuple(pair for pair in outcome.headers if pair[0].lower() in _PASSED_ON)
        return Reply(200, kept, outcome.body)

    async def close(self) -> None:
        """Drop every connection."""
        for leaving in self._leaving:
            leaving.cancel()
        for pool in self._pools.values():
            await pool.close()

    def _pool_of(self, origin: Origin) -> Upstream:
        pool = self._pools.get(origin)
        if pool is None:
            pool = self._pools[origin] = self._connect(origin)
        self._pools.move_to_end(origin)
        while len(self._pools) > ORIGINS:
            _, oldest = self._pools.popitem(last=False)
            leaving = asyncio.create_task(self._let_go(oldest))
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)
        return pool

    async def _let_go(self, pool: Upstream) -> None:
        """Close connections once what is under way on them has had its time."""
        await asyncio.sleep(self._within_s)
        await pool.close()

    def _pool(self, origin: Origin) -> UpstreamPool:
        return UpstreamPool(origin, LIMITS, allow_private=self._allow_private)


def anonymous(raw: RawRequest) -> RawRequest:
    """A webhook without the credential of the way to the gate; signing it may put in the app's."""
    headers = tuple(pair for pair in raw.headers if pair[0].lower() != "authorization")
    return RawRequest(raw.method, raw.target, headers, raw.body, raw.service)


def origin_of(url: str, *, allow_private: bool) -> Origin:
    """Where an app's URL lies; InputRejected for one that may not or cannot be called."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise InputRejected("the app's address is not a URL") from None
    if parts.username is not None or parts.fragment or not parts.hostname:
        raise InputRejected("the app's address is a URL without user and fragment")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    named = f"{parts.scheme}://{host}" + (f":{port}" if port else "")
    origin = Origin.parse(named)
    if origin.loopback and not allow_private:
        raise InputRejected(
            "the app's address is on this machine: set GATEKEEPER_RELAY_PRIVATE=true to allow it"
        )
    return origin
