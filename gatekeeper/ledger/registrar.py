"""How does a tenant, an application, a sender, a campaign or content come to be registered?"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Protocol

from gatekeeper.domain.registry import (
    Application,
    Campaign,
    CredentialMode,
    RegisteredContent,
    Registry,
    Sender,
    Tenant,
)
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.changes import document_entry
from gatekeeper.ledger.documents import Document
from gatekeeper.ledger.ledger import Applies, Ledger
from gatekeeper.vault.apikeys import issue


class Secrets(Protocol):
    """What registering needs of the keyring."""

    def seal(self, plaintext: bytes, aad: bytes) -> bytes:
        """Ciphertext bound to `aad`."""

    def fingerprint(self, secret: str) -> str:
        """The keyed fingerprint of a provider's secret."""


_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class NewApplication:
    """What an operator states of a new application."""

    id: str
    tenant: str
    provider: str
    account: str
    secret: str
    mode: CredentialMode = CredentialMode.VAULT
    upstream_account: str | None = None
    campaign: str | None = None


@dataclass(frozen=True, slots=True)
class Registrar:
    """Registers documents; each is checked against those that it refers to."""

    ledger: Ledger
    store: Applies
    secrets: Secrets
    random: Callable[[int], bytes]

    async def put(self, document: Document, registry: Registry) -> None:
        """Register a document; InputRejected if what it refers to is not there.

        A suspension in force stays: only `suspend` lifts it.
        """
        _check(document, registry)
        await self._commit(_still_suspended(document, registry))

    async def add_application(self, new: NewApplication, registry: Registry) -> str | None:
        """Register an application; its gatekeeper key in vault mode, shown this once."""
        if new.id in registry.applications:
            raise InputRejected(f"there is an application {new.id} already")
        if new.mode is CredentialMode.PASS_THROUGH:
            fingerprint = self.secrets.fingerprint(new.secret)
            if any(known.fingerprint == fingerprint for known in registry.applications.values()):
                raise InputRejected("another application is registered with this secret already")
            await self.put(_application(new, fingerprint=fingerprint), registry)
            return None
        sealed = self.secrets.seal(new.secret.encode(), secret_scope(new.id))
        key = issue(self.random)
        application = _application(new, secret=b64encode(sealed).decode(), key_hashes=(key.hash,))
        await self.put(application, registry)
        return key.token

    async def rotate_key(self, application_id: str, registry: Registry, *, keep: bool) -> str:
        """A new key for an application; with `keep` the newest old one stays valid beside it."""
        application = registry.applications.get(application_id)
        if application is None or application.mode is not CredentialMode.VAULT:
            raise InputRejected(f"there is no application {application_id} in vault mode")
        key = issue(self.random)
        kept = application.key_hashes[:1] if keep else ()
        await self.put(replace(application, key_hashes=(key.hash, *kept)), registry)
        return key.token

    async def suspend(self, kind: str, key: str, reason: str | None, registry: Registry) -> None:
        """Suspend a tenant, application or campaign at once, or lift that with reason None."""
        document = _suspendable(kind, key, registry)
        await self._commit(replace(document, suspended=reason))

    async def _commit(self, document: Document) -> None:
        await self.ledger.commit(self.store, [document_entry(document)])


def secret_scope(application_id: str) -> bytes:
    """What a sealed provider secret is bound to."""
    return b"application:" + application_id.encode()


def content_of(
    tenant: str, kind: str, ref: str, texts: tuple[str, ...], category: str | None = None
) -> RegisteredContent:
    """Content behind a reference, with the digest of its texts."""
    digest = sha256("\x00".join(texts).encode()).hexdigest()
    return RegisteredContent(tenant, kind, ref, texts, digest, category)


def _application(
    new: NewApplication,
    *,
    secret: str | None = None,
    key_hashes: tuple[str, ...] = (),
    fingerprint: str | None = None,
) -> Application:
    return Application(
        id=new.id,
        tenant=new.tenant,
        provider=new.provider,
        account=new.account,
        mode=new.mode,
        key_hashes=key_hashes,
        fingerprint=fingerprint,
        secret=secret,
        upstream_account=new.upstream_account,
        campaign=new.campaign,
    )


def _still_suspended(document: Document, registry: Registry) -> Document:
    """The document, with the suspension of the one that it takes the place of."""
    match document:
        case Tenant():
            known: Tenant | Campaign | None = registry.tenants.get(document.id)
        case Campaign():
            known = registry.campaigns.get((document.tenant, document.id))
        case _:
            return document
    if known is None or document.suspended is not None:
        return document
    return replace(document, suspended=known.suspended)


def _check(document: Document, registry: Registry) -> None:
    if isinstance(document, Tenant | Application | Campaign) and not _ID.fullmatch(document.id):
        raise InputRejected("an id holds letters, digits, dots, dashes and underscores, up to 100")
    if isinstance(document, Tenant):
        return
    if document.tenant not in registry.tenants:
        raise InputRejected(f"there is no tenant {document.tenant}")
    if isinstance(document, Application | Sender):
        _check_campaign(document.tenant, document.campaign, registry)
    if isinstance(document, Sender):
        owners = {tenant for tenant, sender in registry.senders if sender == document.id}
        if owners - {document.tenant}:
            raise InputRejected("this sender is registered already, not to this tenant")


def _check_campaign(tenant: str, campaign: str | None, registry: Registry) -> None:
    if campaign is not None and (tenant, campaign) not in registry.campaigns:
        raise InputRejected(f"there is no campaign {campaign} of that tenant")


def _suspendable(kind: str, key: str, registry: Registry) -> Tenant | Application | Campaign:
    tenant, _, rest = key.partition("/")
    found: Tenant | Application | Campaign | None = None
    if kind == "tenant":
        found = registry.tenants.get(key)
    elif kind == "application":
        found = registry.applications.get(key)
    elif kind == "campaign":
        found = registry.campaigns.get((tenant, rest))
    if found is None:
        raise InputRejected(f"there is no {kind} {key}")
    return found
