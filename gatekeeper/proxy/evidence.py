"""How is the evidence of persons opened at the start, with their keys and their rights?"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass

from gatekeeper.journal.sealed import SealedStore
from gatekeeper.ledger.rights_book import RightsBook
from gatekeeper.settings import Settings
from gatekeeper.vault.keyring import Keyring
from gatekeeper.vault.keystore import KeyStore
from gatekeeper.vault.personkeys import PersonKeys


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sealed evidence, the keys that open it, and what was erased or is held."""

    sealed: SealedStore
    keys: PersonKeys
    book: RightsBook


async def open_evidence(
    settings: Settings, keyring: Keyring, stream: str, stack: AsyncExitStack
) -> Evidence:
    """Open it, and carry out again what the journal says is erased.

    `stream` is the one that the journal's writer has just begun.
    """
    store = KeyStore.open(settings.key_store)
    stack.callback(store.close)
    keys, book = PersonKeys(store, keyring), RightsBook(store)
    sealed = SealedStore(settings.journal_folder, keys)
    stack.callback(sealed.close)
    await asyncio.to_thread(book.catch_up, settings.journal_folder, stream, keys, sealed)
    return Evidence(sealed, keys, book)
