"""How is the store of an installation worked on while its gate is stopped?"""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from gatekeeper.errors import InputRejected, JournalError
from gatekeeper.journal.layout import streams
from gatekeeper.journal.lock import hold
from gatekeeper.journal.record import Record
from gatekeeper.ledger.ledger import Home, Ledger
from gatekeeper.ledger.rebuild import Difference, Site, differences, fill
from gatekeeper.ledger.replay import Told
from gatekeeper.proxy.foundation import durability_of, list_versions, own_server, store_url
from gatekeeper.settings import Settings
from gatekeeper.store.embedded import EmbeddedServer
from gatekeeper.store.projection import Projection
from gatekeeper.store.promise import Durability
from gatekeeper.store.store import Store
from gatekeeper.vault.keyring import Keyring


class _Sealed:
    """The journal of a stopped gate: it is read, and nothing is added."""

    async def append_all(self, records: Sequence[Record]) -> Any:
        raise JournalError("nothing is recorded while the gate is stopped")


@asynccontextmanager
async def stopped(settings: Settings, told: Told) -> AsyncIterator[Site]:
    """The installation, locked against a gate; InputRejected if one runs or nothing is there."""
    folder = settings.journal_folder
    if not streams(folder):
        raise InputRejected(f"there is no journal in {settings.data}: set GATEKEEPER_DATA")
    async with AsyncExitStack() as stack:
        stack.callback(os.close, _locked(settings))
        keyring = Keyring.open(settings.keyring_file, journal_exists=True)
        server = await own_server(settings, stack, lambda _: None)
        url, home = store_url(settings, server), Home(keyring.installation, told)
        store = await Store.open(url, durability=durability_of(settings))
        stack.push_async_callback(store.close)
        await store.ready()
        ledger = await Ledger.open(folder, _Sealed(), home)
        versions = list_versions(settings, ledger, store, url)
        yield Site(folder, store, await _projection(url, stack), versions, home)


async def compared(site: Site) -> AsyncIterator[Difference]:
    """What the store holds otherwise than one that is made from the journal for the purpose."""
    async with AsyncExitStack() as stack:
        place = stack.enter_context(tempfile.TemporaryDirectory(prefix="gatekeeper-"))
        server = await EmbeddedServer.start(Path(place))
        stack.push_async_callback(server.stop)
        store = await Store.open(server.url, durability=Durability.JOURNAL_ONLY)
        stack.push_async_callback(store.close)
        made = await _projection(server.url, stack)
        await fill(Site(site.folder, store, made, site.versions, site.home))
        async for difference in differences(site.projection, made):
            yield difference


async def _projection(url: str, stack: AsyncExitStack) -> Projection:
    projection = Projection(url)
    stack.push_async_callback(projection.close)
    return projection


def _locked(settings: Settings) -> int:
    try:
        return hold(settings.journal_folder)
    except JournalError:
        raise InputRejected(
            f"a gate is running on {settings.data}: stop it (Ctrl-C, or SIGTERM), then run this "
            "again. A running gate replays what its store has lost by itself"
        ) from None
