"""Where do allowed requests go: to a provider, or to the sandbox carrier that is built in?"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass

from gatekeeper.pipeline.upstream import Upstream
from gatekeeper.pipeline.upstream_origin import Origin
from gatekeeper.pipeline.upstream_pool import UpstreamPool
from gatekeeper.proxy.sites import open_app
from gatekeeper.sandbox.carrier import create_app
from gatekeeper.settings import Settings

SANDBOX = "sandbox"
SANDBOX_ACCOUNT = "AC" + "5a" * 16
SANDBOX_SECRET = "sandbox-auth-token-not-a-secret"
"""What the built-in carrier asks for; it is reachable on loopback only and sends nothing."""


@dataclass(frozen=True, slots=True)
class Upstreams:
    """One upstream per provider, and whether it is the sandbox."""

    by_provider: Mapping[str, Upstream]
    sandbox: bool
    url: str


async def open_upstreams(settings: Settings, stack: AsyncExitStack) -> Upstreams:
    """Open the pools, and the sandbox where it is asked for."""
    url, sandbox = settings.upstream_twilio, settings.upstream_twilio == SANDBOX
    if sandbox:
        carrier = create_app(SANDBOX_ACCOUNT, SANDBOX_SECRET)
        url = f"http://127.0.0.1:{await open_app(carrier, '127.0.0.1:0', stack)}"
    pool = UpstreamPool(Origin.parse(url))
    stack.push_async_callback(pool.close)
    return Upstreams({"twilio": pool}, sandbox, url)
