"""What must stand before the first request: data folder, keys, journal, store, ledger.

Each part is closed in the reverse order of its opening, whatever happens in between.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from gatekeeper.journal.layout import streams
from gatekeeper.journal.writer import Journal
from gatekeeper.ledger.consent import ConsentDesk
from gatekeeper.ledger.imports import Importer
from gatekeeper.ledger.ledger import Home, Ledger
from gatekeeper.ledger.list_answers import ListAnswers
from gatekeeper.ledger.list_copies import ListCopies
from gatekeeper.ledger.list_import import ListImporter
from gatekeeper.ledger.list_versions import ListVersions
from gatekeeper.ledger.registrar import Registrar
from gatekeeper.ledger.rights_desk import RightsDesk
from gatekeeper.proxy.evidence import open_evidence
from gatekeeper.proxy.recovery import note_replay
from gatekeeper.settings import Settings
from gatekeeper.store.embedded import EmbeddedServer
from gatekeeper.store.lists import Lists
from gatekeeper.store.promise import Durability
from gatekeeper.store.store import Store
from gatekeeper.vault.keyring import Keyring

Say = Callable[[str], None]
"""Tells a person how far the start is."""


@dataclass(frozen=True, slots=True)
class Foundation:
    """The parts that hold state, opened and verified."""

    keyring: Keyring
    journal: Journal
    store: Store
    ledger: Ledger
    consent: ConsentDesk
    registrar: Registrar
    importer: Importer
    lists: ListImporter
    answers: ListAnswers
    rights: RightsDesk
    server: EmbeddedServer | None


async def lay(settings: Settings, stack: AsyncExitStack, say: Say) -> Foundation:
    """Open everything in order; raises the first thing that is wrong, in words."""
    private_folder(settings.data)
    folder = settings.journal_folder
    private_folder(folder)
    keyring = Keyring.open(settings.keyring_file, journal_exists=bool(streams(folder)))
    say("opening the journal")
    timeout = settings.journal_timeout_ms / 1000
    journal = await Journal.open(folder, keyring, clock=now, timeout_s=timeout)
    stack.push_async_callback(journal.close)
    evidence = await open_evidence(settings, keyring, journal.stream, stack)
    ledger = await Ledger.open(folder, journal, Home(keyring.installation, note_replay))
    server = await own_server(settings, stack, say)
    url = store_url(settings, server)
    say("opening the store")
    store = await Store.open(
        url,
        timeout_ms=settings.store_timeout_ms,
        verify=ledger.verify,
        durability=durability_of(settings),
    )
    stack.push_async_callback(store.close)
    await _say_durability(settings, journal, store)
    consent = ConsentDesk(ledger, store, keyring, evidence.sealed, now)
    versions = list_versions(settings, ledger, store, url)
    spools = settings.data / "imports"
    private_folder(spools)
    return Foundation(
        keyring=keyring,
        journal=journal,
        store=store,
        ledger=ledger,
        consent=consent,
        registrar=Registrar(ledger, store, keyring, secrets.token_bytes, now),
        importer=Importer(ledger, store, journal, spools, new_id, now),
        lists=ListImporter(versions, new_id),
        answers=ListAnswers(versions, store, keyring, folder, now),
        rights=RightsDesk(
            folder=folder,
            ledger=ledger,
            store=store,
            journal=journal,
            names=keyring,
            sealed=evidence.sealed,
            keys=evidence.keys,
            book=evidence.book,
            clock=now,
            new_id=new_id,
        ),
        server=server,
    )


def private_folder(path: Path) -> None:
    """Make a folder that only the gate's own user may enter."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


def new_id() -> str:
    """A fresh id of 16 hex digits."""
    return secrets.token_hex(8)


def list_versions(settings: Settings, ledger: Ledger, store: Store, url: str) -> ListVersions:
    """The versions of all lists, with their copies."""
    copies = ListCopies(settings.data / "lists")
    private_folder(copies.folder)
    opens = partial(Lists, url)
    return ListVersions(ledger, store, opens, copies, now, settings.list_versions_kept)


async def own_server(settings: Settings, stack: AsyncExitStack, say: Say) -> EmbeddedServer | None:
    """The embedded server, started; None where another one is used."""
    if settings.redis_url is not None:
        return None
    say("starting the embedded store")
    server = await EmbeddedServer.start(settings.data / "store")
    stack.push_async_callback(server.stop)
    return server


def durability_of(settings: Settings) -> Durability:
    """What acknowledgements wait for, with this server."""
    asked = Durability(settings.store_durability)
    own = settings.redis_url is None and asked is Durability.CONFIRMED
    return Durability.OWN_SERVER if own else asked


async def _say_durability(settings: Settings, journal: Journal, store: Store) -> None:
    """Put on record what acknowledgements of this start rest on."""
    body = {"asked": settings.store_durability, "promised": store.promise}
    await journal.append("store.durability", journal.stream, "", body)


def store_url(settings: Settings, server: EmbeddedServer | None) -> str:
    """What the store is reached by."""
    outside = settings.redis_url.get_secret_value() if settings.redis_url else ""
    return server.url if server else outside
