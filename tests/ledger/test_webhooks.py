"""Are the secrets of webhooks made once, sealed, and asked for where the gate cannot know them?"""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace

import pytest

from gatekeeper.domain.registry import CredentialMode, InboundMode, Registry, Tenant
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.documents import registry_of
from gatekeeper.ledger.registrar import NewApplication
from gatekeeper.ledger.webhooks import NewWebhook, register_webhook, webhook_scope
from tests.support.journal import KEYRING
from tests.support.ledgers import Books

BY = "user:olga"
NEW = NewWebhook(url="https://app.example/sms")


async def registered(books: Books, mode: CredentialMode = CredentialMode.VAULT) -> Registry:
    """A registry with one application `shop`."""
    await books.registrar.put(Tenant("acme", "Acme"), Registry(), by=BY)
    new = NewApplication("shop", "acme", "twilio", "AC1", "the-token", mode)
    await books.registrar.add_application(new, registry_of(*await books.store.documents()), by=BY)
    return registry_of(*await books.store.documents())


async def put(books: Books, new: NewWebhook) -> tuple[str | None, Registry]:
    registry = registry_of(*await books.store.documents())
    made = await register_webhook(books.registrar, "shop", new, registry, by=BY)
    return made, registry_of(*await books.store.documents())


def unsealed(sealed: str | None) -> str:
    assert sealed is not None
    return KEYRING.unseal(b64decode(sealed), webhook_scope("shop")).decode()


async def test_the_apps_secret_is_made_once_and_kept_sealed(books: Books) -> None:
    await registered(books)
    made, registry = await put(books, NEW)
    assert made is not None and made.startswith("whs_") and len(made) == 47
    known = registry.applications["shop"]
    assert (known.inbound_url, known.inbound_mode) == (NEW.url, InboundMode.RELAY)
    assert unsealed(known.webhook_secret) == made
    again, registry = await put(books, replace(NEW, mode=InboundMode.TAP, answers=False))
    assert again is None
    known = registry.applications["shop"]
    assert unsealed(known.webhook_secret) == made
    assert (known.inbound_mode, known.inbound_answers) == (InboundMode.TAP, False)
    renewed, registry = await put(books, replace(NEW, new_secret=True))
    assert renewed not in (None, made)
    assert unsealed(registry.applications["shop"].webhook_secret) == renewed


async def test_what_the_provider_signs_with_may_be_another_secret(books: Books) -> None:
    await registered(books)
    _, registry = await put(books, replace(NEW, secret="shared-key"))
    assert unsealed(registry.applications["shop"].provider_webhook_secret) == "shared-key"


async def test_in_pass_through_the_providers_secret_signs_both_ways(books: Books) -> None:
    await registered(books, CredentialMode.PASS_THROUGH)
    with pytest.raises(InputRejected, match="standard input"):
        await put(books, NEW)
    made, registry = await put(books, replace(NEW, secret="the-token"))
    assert made is None
    assert unsealed(registry.applications["shop"].webhook_secret) == "the-token"
    _, registry = await put(books, replace(NEW, url=None))
    known = registry.applications["shop"]
    assert (unsealed(known.webhook_secret), known.inbound_url) == ("the-token", None)


async def test_there_must_be_such_an_application(books: Books) -> None:
    with pytest.raises(InputRejected, match="no application shop"):
        await register_webhook(books.registrar, "shop", NEW, Registry(), by=BY)
