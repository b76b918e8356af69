"""How do tests hold a whole ledger: a real journal, a real store, and what changes state?

Fixture `books`: opened on the session's server, emptied. `Books.again` is the next start of the
gate on the same folder.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.journal.disk import Disk
from gatekeeper.journal.opening import Limits
from gatekeeper.journal.read import entries
from gatekeeper.journal.record import Line
from gatekeeper.journal.sealed import SealedStore
from gatekeeper.journal.writer import Journal
from gatekeeper.ledger.consent import ConsentDesk
from gatekeeper.ledger.imports import BadLine, Importer, Progress
from gatekeeper.ledger.ledger import Home, Ledger
from gatekeeper.ledger.list_copies import ListCopies
from gatekeeper.ledger.list_import import ListImporter
from gatekeeper.ledger.list_versions import ListVersions
from gatekeeper.ledger.registrar import Registrar
from gatekeeper.ledger.rights_book import RightsBook
from gatekeeper.ledger.rights_desk import RightsDesk
from gatekeeper.store.lists import Lists
from gatekeeper.store.promise import Durability
from gatekeeper.store.store import Store
from gatekeeper.vault.keystore import KeyStore
from gatekeeper.vault.personkeys import PersonKeys
from tests.support.journal import KEYRING

NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
TENANT = "acme"
INSTALLATION = KEYRING.installation
LIMITS = Limits(segment_bytes=1 << 20, reserve_bytes=0)


@dataclass
class Books:
    """Everything through which state changes, on one folder and one server."""

    folder: Path
    url: str
    journal: Journal
    keys: KeyStore
    sealed: SealedStore
    ledger: Ledger
    store: Store
    desk: ConsentDesk
    registrar: Registrar
    importer: Importer
    lists: ListImporter
    rights: RightsDesk

    @classmethod
    async def open(
        cls,
        folder: Path,
        url: str,
        *,
        disk: Disk | None = None,
        timeout_s: float = 5.0,
        durability: Durability = Durability.CONFIRMED,
    ) -> Books:
        """Open as the gate does at its start."""
        home = folder / "journal"
        home.mkdir(exist_ok=True)
        journal = await Journal.open(
            home, KEYRING, clock=clock, timeout_s=timeout_s, limits=LIMITS, disk=disk or Disk()
        )
        ledger = await Ledger.open(home, journal, Home(INSTALLATION, lambda _done, _total: None))
        store = await Store.open(url, timeout_ms=2000, verify=ledger.verify, durability=durability)
        keys = KeyStore.open(folder / "keys" / "persons.sqlite")
        owned, book = PersonKeys(keys, KEYRING), RightsBook(keys)
        sealed = SealedStore(home, owned)
        book.catch_up(home, journal.stream, owned, sealed)
        spools = folder / "imports"
        return cls(
            folder=folder,
            url=url,
            journal=journal,
            keys=keys,
            sealed=sealed,
            ledger=ledger,
            store=store,
            desk=ConsentDesk(ledger, store, KEYRING, sealed, clock),
            registrar=Registrar(ledger, store, KEYRING, secrets.token_bytes, clock),
            importer=Importer(ledger, store, journal, spools, new_id, clock),
            lists=_importer(folder, url, ledger, store),
            rights=RightsDesk(
                folder=home,
                ledger=ledger,
                store=store,
                journal=journal,
                names=KEYRING,
                sealed=sealed,
                keys=owned,
                book=book,
                clock=clock,
                new_id=new_id,
            ),
        )

    async def close(self) -> None:
        """Stop cleanly."""
        await self.store.close()
        await self.journal.close()
        self.sealed.close()
        self.keys.close()

    async def again(self, **options: Any) -> Books:
        """The next start: this one is closed."""
        await self.close()
        return await Books.open(self.folder, self.url, **options)

    def records(self, kind: str) -> list[Line]:
        """The journal's records of a kind."""
        return [each.line for each in entries(self.folder / "journal") if each.line.kind == kind]

    def numbers(self) -> list[int]:
        """The numbers of all changes, in the order of the journal."""
        lines = (each.line for each in entries(self.folder / "journal"))
        return [line.content["n"] for line in lines if "n" in line.content]


def _importer(folder: Path, url: str, ledger: Ledger, store: Store) -> ListImporter:
    copies = ListCopies(folder / "lists")
    return ListImporter(ListVersions(ledger, store, partial(Lists, url), copies, clock), new_id)


def clock() -> datetime:
    """It stands still."""
    return NOW


def new_id() -> str:
    """A fresh id."""
    return secrets.token_hex(8)


async def told(news: AsyncIterator[Progress | BadLine]) -> tuple[list[BadLine], Progress]:
    """The bad lines of an import, and the last that it said."""
    said = [item async for item in news]
    last = [item for item in said if isinstance(item, Progress)][-1]
    return [item for item in said if isinstance(item, BadLine)], last


@pytest.fixture
async def books(store_url: str, tmp_path: Path) -> AsyncIterator[Books]:
    """An open ledger without data; what a test opened instead of it, it closes itself."""
    opened = await Books.open(tmp_path, store_url)
    yield opened
    if opened.journal.healthy:
        await opened.close()
