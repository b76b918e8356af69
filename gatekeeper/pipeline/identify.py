"""Who is calling? The credential that the SDK sends anyway names the application."""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Protocol

from gatekeeper.domain.registry import Application, Caller
from gatekeeper.domain.standing import AdminKey, Key
from gatekeeper.errors import CredentialInvalid
from gatekeeper.pipeline.snapshot import Snapshot
from gatekeeper.providers.contract import Credential
from gatekeeper.vault.apikeys import hash_of
from gatekeeper.vault.app_tokens import holds


class Fingerprints(Protocol):
    """What identification needs of the keyring."""

    def fingerprint(self, secret: str) -> str:
        """The keyed fingerprint of a provider's secret."""


def identify(
    snapshot: Snapshot,
    credential: Credential | None,
    provider: str,
    keys: Fingerprints,
    at: datetime,
) -> Caller:
    """The caller at this instant, or CredentialInvalid: alike for an unknown key, one that has
    expired, and one of another account."""
    if credential is None:
        raise CredentialInvalid("no credential")
    signing = snapshot.by_public_key.get((provider, credential.account))
    if signing is not None and credential.secret.count(".") == 2:
        return _signed(snapshot, signing, credential.secret, at)
    pair = (provider, credential.account, credential.secret)
    known = snapshot.callers.get(pair)
    if known is None:
        known = snapshot.callers[pair] = _identified(snapshot, credential, provider, keys)
    if known.key is not None and not known.key.live(at):
        raise CredentialInvalid("expired key")
    return known


def _identified(
    snapshot: Snapshot, credential: Credential, provider: str, keys: Fingerprints
) -> Caller:
    application, key = _application(snapshot, credential, keys)
    if application is None or application.provider != provider:
        raise CredentialInvalid("unknown credential")
    named = credential.account or application.account
    if not hmac.compare_digest(application.account.encode(), named.encode()):
        raise CredentialInvalid("unknown credential")
    tenant = snapshot.registry.tenants.get(application.tenant)
    if tenant is None:
        raise CredentialInvalid("unknown credential")
    return Caller(application, tenant, key)


def _signed(snapshot: Snapshot, application: Application, token: str, at: datetime) -> Caller:
    """The application whose own key has signed this token; it is looked at each time."""
    tenant = snapshot.registry.tenants.get(application.tenant)
    if tenant is None or not holds(token, application.public_key or "", at):
        raise CredentialInvalid("unknown credential")
    return Caller(application, tenant)


def by_key(snapshot: Snapshot, token: str, at: datetime) -> Caller | None:
    """The caller of a native endpoint, by a gatekeeper key alone."""
    application, key = snapshot.by_key.get(hash_of(token), (None, None))
    if application is None or key is None or not key.live(at):
        return None
    tenant = snapshot.registry.tenants.get(application.tenant)
    return None if tenant is None else Caller(application, tenant, key)


def admin_by_key(snapshot: Snapshot, token: str, at: datetime) -> AdminKey | None:
    """The admin key that this is, if it opens anything at this instant."""
    known = snapshot.admins.get(hash_of(token))
    return known if known is not None and known.live(at) else None


def _application(
    snapshot: Snapshot, credential: Credential, keys: Fingerprints
) -> tuple[Application | None, Key | None]:
    found = snapshot.by_key.get(hash_of(credential.secret))
    if found is not None:
        return found
    if not snapshot.by_fingerprint:
        return None, None
    return snapshot.by_fingerprint.get(keys.fingerprint(credential.secret)), None
