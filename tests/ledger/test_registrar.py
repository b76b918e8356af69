"""Who may be registered, and does a key leave anything behind but its hash?"""

from __future__ import annotations

from base64 import b64decode
from hashlib import sha256

import pytest

from gatekeeper.domain.registry import (
    Application,
    Campaign,
    CredentialMode,
    Registry,
    Sender,
    Tenant,
)
from gatekeeper.domain.standing import Key
from gatekeeper.domain.words import SenderKind
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.documents import Document, registry_of
from gatekeeper.ledger.registrar import NewApplication, content_of, secret_scope
from tests.support.journal import KEYRING
from tests.support.ledgers import NOW, Books

SECRET = "the-provider-token-CANARY"
BY = "user:olga"
ACME, OTHER = Tenant("acme", "Acme"), Tenant("other", "Other")


async def registry(books: Books) -> Registry:
    return registry_of(*await books.store.documents())


async def put(books: Books, *documents: Document) -> Registry:
    for document in documents:
        await books.registrar.put(document, await registry(books), by=BY)
    return await registry(books)


def new(**changes: object) -> NewApplication:
    fields = {"id": "shop", "tenant": "acme", "provider": "twilio", "account": "AC1"}
    return NewApplication(**{**fields, "secret": SECRET, **changes})  # type: ignore[arg-type]


def sender(tenant: str = "acme", campaign: str | None = None) -> Sender:
    return Sender("+13122000100", tenant, SenderKind.LONG_CODE, campaign=campaign)


def on_disk(books: Books) -> bytes:
    return b"".join(p.read_bytes() for p in books.folder.rglob("*") if p.is_file())


async def test_what_is_registered_is_in_the_registry(books: Books) -> None:
    campaign = Campaign("spring", "acme")
    content = content_of("acme", "content_sid", "HX1", ("Hello", "Bye"))
    found = await put(books, ACME, campaign, sender(campaign="spring"), content)
    assert found.senders["acme", "+13122000100"].campaign == "spring"
    assert found.contents["acme", "content_sid", "HX1"].digest == sha256(b"Hello\0Bye").hexdigest()
    assert found.version == 4


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (sender("nobody"), "no tenant nobody"),
        (Campaign("spring", "nobody"), "no tenant nobody"),
        (sender(campaign="spring"), "no campaign spring"),
        (sender(campaign="theirs"), "no campaign theirs"),
        (content_of("nobody", "content_sid", "HX1", ()), "no tenant nobody"),
        (Tenant("../up", "Up"), "an id holds"),
        (Tenant("", "None"), "an id holds"),
        (Tenant("a/b", "Slash"), "an id holds"),
        (Campaign("x" * 101, "acme"), "an id holds"),
    ],
)
async def test_what_refers_to_nothing_of_its_tenant_is_refused(
    books: Books, document: Document, told: str
) -> None:
    found = await put(books, ACME, OTHER, Campaign("theirs", "other"))
    with pytest.raises(InputRejected, match=told):
        await books.registrar.put(document, found, by=BY)
    assert books.ledger.last == 3


async def test_a_sender_belongs_to_one_tenant(books: Books) -> None:
    found = await put(books, ACME, OTHER, sender("other"))
    with pytest.raises(InputRejected, match="not to this tenant"):
        await books.registrar.put(sender("acme"), found, by=BY)
    await books.registrar.put(sender("other"), found, by=BY)


async def test_a_key_is_shown_once_and_kept_as_its_hash(books: Books) -> None:
    key = await books.registrar.add_application(new(), await put(books, ACME), by=BY)
    assert key is not None and key.startswith("gk_")
    application = (await registry(books)).applications["shop"]
    assert application.keys == (Key(sha256(key.encode()).hexdigest(), BY, NOW),)
    assert key.encode() not in on_disk(books)


async def test_a_providers_secret_is_sealed_for_its_application(books: Books) -> None:
    await books.registrar.add_application(new(), await put(books, ACME), by=BY)
    application = (await registry(books)).applications["shop"]
    assert application.secret is not None
    sealed = b64decode(application.secret)
    assert KEYRING.unseal(sealed, secret_scope("shop")) == SECRET.encode()
    assert SECRET.encode() not in on_disk(books)


async def test_in_pass_through_mode_only_a_fingerprint_is_kept(books: Books) -> None:
    asked = new(mode=CredentialMode.PASS_THROUGH)
    assert await books.registrar.add_application(asked, await put(books, ACME), by=BY) is None
    application = (await registry(books)).applications["shop"]
    assert application.fingerprint == KEYRING.fingerprint(SECRET)
    assert (application.secret, application.keys) == (None, ())
    assert SECRET.encode() not in on_disk(books)


async def test_one_secret_cannot_stand_for_two_applications(books: Books) -> None:
    """Else the credential of one tenant would be taken for another's."""
    found = await put(books, ACME, OTHER)
    await books.registrar.add_application(new(mode=CredentialMode.PASS_THROUGH), found, by=BY)
    second = new(id="second", tenant="other", mode=CredentialMode.PASS_THROUGH)
    with pytest.raises(InputRejected, match="secret already"):
        await books.registrar.add_application(second, await registry(books), by=BY)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (new(), "shop already"),
        (new(id="second", tenant="nobody"), "no tenant"),
        (new(id="second", campaign="spring"), "no campaign"),
        (new(id="a b"), "an id holds"),
    ],
)
async def test_an_application_that_does_not_fit_is_refused(
    books: Books, asked: NewApplication, told: str
) -> None:
    await books.registrar.add_application(new(), await put(books, ACME), by=BY)
    with pytest.raises(InputRejected, match=told):
        await books.registrar.add_application(asked, await registry(books), by=BY)


async def test_a_rotated_key_takes_the_place_of_the_old_or_stands_beside(books: Books) -> None:
    await books.registrar.add_application(new(), await put(books, ACME), by=BY)
    (first,) = hashes(await registry(books))
    second = await books.registrar.rotate_key("shop", await registry(books), keep=True, by=BY)
    assert hashes(await registry(books)) == (sha256(second.encode()).hexdigest(), first)
    third = await books.registrar.rotate_key("shop", await registry(books), keep=False, by=BY)
    assert hashes(await registry(books)) == (sha256(third.encode()).hexdigest(),)


async def test_only_an_application_with_a_key_gets_a_new_one(books: Books) -> None:
    found = await put(books, ACME)
    asked = new(mode=CredentialMode.PASS_THROUGH)
    await books.registrar.add_application(asked, found, by=BY)
    for name in ("shop", "nobody"):
        with pytest.raises(InputRejected, match="vault mode"):
            await books.registrar.rotate_key(name, await registry(books), keep=False, by=BY)


@pytest.mark.parametrize(
    ("kind", "key"), [("tenant", "acme"), ("application", "shop"), ("campaign", "acme/spring")]
)
async def test_a_suspension_holds_until_it_is_lifted_by_name(
    books: Books, kind: str, key: str
) -> None:
    found = await put(books, ACME, Campaign("spring", "acme"))
    await books.registrar.add_application(new(), found, by=BY)
    await books.registrar.suspend(kind, key, "complaints", await registry(books), by=BY)
    assert suspensions(await registry(books)) == ["complaints"]
    if kind != "application":
        await put(books, ACME, Campaign("spring", "acme", seller="Acme Ltd"))
        assert suspensions(await registry(books)) == ["complaints"]
    await books.registrar.resume(kind, key, await registry(books), by=BY)
    assert suspensions(await registry(books)) == []


@pytest.mark.parametrize(
    ("kind", "key"), [("tenant", "nobody"), ("campaign", "acme"), ("sender", "x"), ("", "")]
)
async def test_what_is_not_there_cannot_be_suspended(books: Books, kind: str, key: str) -> None:
    with pytest.raises(InputRejected, match="there is no"):
        await books.registrar.suspend(kind, key, "why", await put(books, ACME), by=BY)


def suspensions(found: Registry) -> list[str]:
    documents: list[Tenant | Application | Campaign] = [
        *found.tenants.values(),
        *found.applications.values(),
        *found.campaigns.values(),
    ]
    return [each.suspended.reason for each in documents if each.suspended]


def hashes(found: Registry) -> tuple[str, ...]:
    return tuple(key.hash for key in found.applications["shop"].keys)
