"""How does a tenant, an application, a sender, a campaign or content come to be registered?"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from gatekeeper.domain.registry import (
    Application,
    Brand,
    Campaign,
    CredentialMode,
    EndCustomer,
    RegisteredContent,
    Registry,
    Sender,
    Tenant,
)
from gatekeeper.domain.standing import AdminKey, Key, Suspension
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.changes import Entry, document_entry
from gatekeeper.ledger.documents import Document, find, key_of, kind_of
from gatekeeper.ledger.ledger import Applies
from gatekeeper.ledger.references import check
from gatekeeper.ledger.succession import succeed
from gatekeeper.vault.apikeys import ADMIN_PREFIX, issue
from gatekeeper.vault.app_tokens import is_public_key

Suspendable = Tenant | EndCustomer | Application | Sender | Campaign
MAX_REASON = 300
SUSPENDABLE = ("tenant", "end_customer", "application", "sender", "campaign")
"""The kinds of documents that can be suspended."""


class Secrets(Protocol):
    """What registering needs of the keyring."""

    def seal(self, plaintext: bytes, aad: bytes) -> bytes:
        """Ciphertext bound to `aad`."""

    def fingerprint(self, secret: str) -> str:
        """The keyed fingerprint of a provider's secret."""


class Commits(Protocol):
    """What registering needs of the ledger."""

    async def commit(self, store: Applies, entries: Sequence[Entry]) -> int:
        """Make changes durable and apply them."""


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
    end_customer: str | None = None
    key_expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Registrar:
    """Registers documents; each is checked against those that it refers to.

    `by` names who does it: it stands in the journal beside each change.
    """

    ledger: Commits
    store: Applies
    secrets: Secrets
    random: Callable[[int], bytes]
    clock: Callable[[], datetime]

    async def put(self, document: Document, registry: Registry, *, by: str) -> Document:
        """Register a document, and return it as it stands then.

        InputRejected if what it refers to is not there, or if it changes what never changes. A
        suspension stays as it is: only `suspend` and `resume` change it.
        """
        check(document, registry)
        known = find(registry, kind_of(document), key_of(document))
        standing = succeed(document, known, self.clock())
        await self._commit(standing, by)
        return standing

    async def add_application(
        self, new: NewApplication, registry: Registry, *, by: str
    ) -> str | None:
        """Register an application; its gatekeeper key in vault mode, shown this once."""
        if new.id in registry.applications:
            raise InputRejected(f"there is an application {new.id} already")
        if new.mode is CredentialMode.PASS_THROUGH and "-----BEGIN" in new.secret:
            await self.put(_signing(new, registry), registry, by=by)
            return None
        if new.mode is CredentialMode.PASS_THROUGH:
            fingerprint = self.secrets.fingerprint(new.secret)
            if any(known.fingerprint == fingerprint for known in registry.applications.values()):
                raise InputRejected("another application is registered with this secret already")
            await self.put(replace(_application(new), fingerprint=fingerprint), registry, by=by)
            return None
        sealed = b64encode(self.secrets.seal(new.secret.encode(), secret_scope(new.id))).decode()
        key, token = self._issue(by, new.key_expires)
        await self.put(replace(_application(new), secret=sealed, keys=(key,)), registry, by=by)
        return token

    async def rotate_key(
        self,
        application_id: str,
        registry: Registry,
        *,
        keep: bool,
        by: str,
        expires: datetime | None = None,
    ) -> str:
        """A new key for an application; with `keep` the newest old one stays valid beside it."""
        application = registry.applications.get(application_id)
        if application is None or application.mode is not CredentialMode.VAULT:
            raise InputRejected(f"there is no application {application_id} in vault mode")
        key, token = self._issue(by, expires)
        kept = application.keys[:1] if keep else ()
        await self.put(replace(application, keys=(key, *kept)), registry, by=by)
        return token

    async def suspend(
        self,
        kind: str,
        key: str,
        reason: str,
        registry: Registry,
        *,
        by: str,
        until: datetime | None = None,
    ) -> Suspension:
        """Stop a tenant, end customer, application, sender or campaign at once."""
        document, at = _suspendable(kind, key, registry), self.clock()
        if not reason.strip() or len(reason) > MAX_REASON or not reason.isprintable():
            raise InputRejected(f"say why, in one line of up to {MAX_REASON} characters")
        if until is not None and until <= at:
            raise InputRejected("a suspension ends in the future, or with no end at all")
        suspension = Suspension(reason, by, at, until)
        await self._commit(replace(document, suspended=suspension), by)
        return suspension

    async def resume(self, kind: str, key: str, registry: Registry, *, by: str) -> None:
        """Lift a suspension."""
        await self._commit(replace(_suspendable(kind, key, registry), suspended=None), by)

    async def add_admin_key(
        self,
        key_id: str,
        tenant: str | None,
        registry: Registry,
        *,
        by: str,
        expires: datetime | None = None,
    ) -> str:
        """Make a key to the registry; it is shown this once."""
        if key_id in registry.admin_keys:
            raise InputRejected(f"there is an admin key {key_id} already: ids are not used twice")
        key, token = self._issue(by, expires, ADMIN_PREFIX)
        await self.put(AdminKey(key_id, key, tenant), registry, by=by)
        return token

    async def revoke_admin_key(self, key_id: str, registry: Registry, *, by: str) -> None:
        """End an admin key at once; it stays on record."""
        known = registry.admin_keys.get(key_id)
        if known is None:
            raise InputRejected(f"there is no admin key {key_id}")
        if known.revoked_at is None:
            ended = replace(known, revoked_by=by, revoked_at=self.clock())
            await self.put(ended, registry, by=by)

    def _issue(
        self, by: str, expires: datetime | None, prefix: str | None = None
    ) -> tuple[Key, str]:
        at = self.clock()
        if expires is not None and expires <= at:
            raise InputRejected("a key expires in the future, or not at all")
        issued = issue(self.random, prefix) if prefix else issue(self.random)
        return Key(issued.hash, by, at, expires), issued.token

    async def _commit(self, document: Document, by: str) -> None:
        await self.ledger.commit(self.store, [document_entry(document, by)])


def secret_scope(application_id: str) -> bytes:
    """What a sealed provider secret is bound to."""
    return b"application:" + application_id.encode()


def content_of(
    tenant: str, kind: str, ref: str, texts: tuple[str, ...], category: str | None = None
) -> RegisteredContent:
    """Content behind a reference, with the digest of its texts."""
    return RegisteredContent(tenant, kind, ref, texts, digest_of(texts), category)


def digest_of(texts: tuple[str, ...]) -> str:
    """SHA-256 (hex) of the texts behind a reference."""
    return sha256("\x00".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def _signing(new: NewApplication, registry: Registry) -> Application:
    """An application whose app signs a token for each request: known by its public key."""
    if not is_public_key(new.secret):
        raise InputRejected("give an RSA public key in PEM, of 2048 bits at least")
    for known in registry.applications.values():
        if known.public_key and (known.provider, known.account) == (new.provider, new.account):
            raise InputRejected("another application is registered for this account already")
    return replace(_application(new), public_key=new.secret)


def _application(new: NewApplication) -> Application:
    return Application(
        id=new.id,
        tenant=new.tenant,
        provider=new.provider,
        account=new.account,
        mode=new.mode,
        upstream_account=new.upstream_account,
        campaign=new.campaign,
        end_customer=new.end_customer,
    )


def _suspendable(kind: str, key: str, registry: Registry) -> Suspendable:
    found = find(registry, kind, key) if kind in SUSPENDABLE else None
    if found is None or isinstance(found, Brand | RegisteredContent | AdminKey):
        raise InputRejected(f"there is no {kind.replace('_', ' ')} {key} that could be suspended")
    return found
