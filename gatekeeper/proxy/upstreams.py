"""Where do allowed requests go: to the providers, or to the sandbox carrier that is built in?

Without a setting, everything goes to the sandbox. As soon as one upstream is set to something else,
those that are not named are closed: nobody takes a sandbox's answer for a provider's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

from gatekeeper.errors import InputRejected
from gatekeeper.pipeline.upstream import Upstream
from gatekeeper.pipeline.upstream_origin import Origin
from gatekeeper.pipeline.upstream_pool import UpstreamPool
from gatekeeper.providers.contract import Provider, Service, door_name
from gatekeeper.proxy.sites import open_app
from gatekeeper.sandbox.accounts import SANDBOX_ACCOUNT, SANDBOX_SECRET
from gatekeeper.sandbox.carrier import create_app
from gatekeeper.sandbox.carriers import carriers_app
from gatekeeper.settings import Settings

SANDBOX = "sandbox"
LIVE = "live"
"""The vendor's own host."""


@dataclass(frozen=True, slots=True)
class Upstreams:
    """One upstream for each service of each provider, and whether all are the sandbox."""

    by_service: Mapping[str, Upstream]
    sandbox: bool
    url: str
    """Where Twilio's requests go."""


async def open_upstreams(
    settings: Settings, providers: Sequence[Provider], stack: AsyncExitStack
) -> Upstreams:
    """Open the pools, and the sandbox where it is asked for; InputRejected for a bad setting."""
    chosen = chosen_upstreams(settings, providers)
    sandbox = await _open_sandbox(providers, stack) if SANDBOX in chosen.values() else {}
    pools: dict[str, Upstream] = {}
    urls = {name: sandbox[name] if url == SANDBOX else url for name, url in chosen.items()}
    for name, url in urls.items():
        pools[name] = pool = UpstreamPool(Origin.parse(url))
        stack.push_async_callback(pool.close)
    return Upstreams(pools, all(url == SANDBOX for url in chosen.values()), urls["twilio"])


def chosen_upstreams(settings: Settings, providers: Sequence[Provider]) -> dict[str, str]:
    """`sandbox` or a base URL for each service that is open, by its name."""
    doors = _doors(providers)
    given = {"twilio": settings.upstream_twilio, **settings.upstreams}
    for name in given:
        if name not in doors:
            known = ", ".join(doors)
            raise InputRejected(f"GATEKEEPER_UPSTREAMS names {name!r}; known are: {known}")
    closed = any(value != SANDBOX for value in given.values())
    chosen: dict[str, str] = {}
    for name, (provider, service) in doors.items():
        value = given.get(name, "" if closed else SANDBOX)
        if not value and given.get(provider.name) in (LIVE, SANDBOX):
            value = given[provider.name]  # of one provider all services, unless they are named
        if value:
            chosen[name] = f"https://{service.hosts[0]}" if value == LIVE else value
    return chosen


def _doors(providers: Sequence[Provider]) -> dict[str, tuple[Provider, Service]]:
    return {
        door_name(provider, service.name): (provider, service)
        for provider in providers
        for service in provider.services
    }


async def _open_sandbox(providers: Sequence[Provider], stack: AsyncExitStack) -> dict[str, str]:
    """The sandbox's base URLs, by the name of the service."""
    twilio = await open_app(create_app(SANDBOX_ACCOUNT, SANDBOX_SECRET), "127.0.0.1:0", stack)
    others = await open_app(carriers_app(providers), "127.0.0.1:0", stack)
    urls = {name: f"http://127.0.0.1:{others}/{name}" for name in _doors(providers)}
    return urls | {"twilio": f"http://127.0.0.1:{twilio}"}
