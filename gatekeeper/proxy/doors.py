"""By which doors do apps come in? The plain one always; TLS and the proxy where they are asked for.

All lead to the same handler, each through a listener with the same bounds.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import NamedTuple

from gatekeeper.proxy.certificates import own_tls, server_tls
from gatekeeper.proxy.dispatch import Dispatcher
from gatekeeper.proxy.interception import Interception
from gatekeeper.proxy.listener import Listener
from gatekeeper.proxy.secured import Secured
from gatekeeper.proxy.sites import open_listener, open_secured
from gatekeeper.settings import Settings


class Ports(NamedTuple):
    """Where each door is; None for one that is closed."""

    plain: int
    tls: int | None
    proxy: int | None


async def open_doors(settings: Settings, dispatcher: Dispatcher, stack: AsyncExitStack) -> Ports:
    """Open every door that the settings ask for; InputRejected says why one cannot be."""

    def listener() -> Listener:
        return Listener(
            dispatcher.handle,
            max_body=settings.max_body_bytes,
            bad_request=dispatcher.bad_request,
        )

    tls = proxy = None
    if settings.tls_listen is not None:
        secured = Secured(server_tls(settings), listener())
        tls = await open_secured(secured, settings.tls_listen, stack)
    if settings.proxy_listen is not None:
        leads = Interception(dispatcher.vendor_hosts)
        secured = Secured(own_tls(settings), listener(), leads)
        proxy = await open_secured(secured, settings.proxy_listen, stack)
    return Ports(await open_listener(listener(), settings.listen, stack), tls, proxy)
