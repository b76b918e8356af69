"""Who is calling? The credential that the SDK sends anyway names the application."""

from __future__ import annotations

import hmac
from typing import Protocol

from gatekeeper.domain.registry import Application, Caller
from gatekeeper.errors import CredentialInvalid
from gatekeeper.pipeline.snapshot import Snapshot
from gatekeeper.providers.contract import Credential
from gatekeeper.vault.apikeys import hash_of


class Fingerprints(Protocol):
    """What identification needs of the keyring."""

    def fingerprint(self, secret: str) -> str:
        """The keyed fingerprint of a provider's secret."""


def identify(
    snapshot: Snapshot,
    credential: Credential | None,
    provider: str,
    keys: Fingerprints,
) -> Caller:
    """The caller, or CredentialInvalid: alike for an unknown key and for another's account."""
    if credential is None:
        raise CredentialInvalid("no credential")
    pair = (provider, credential.account, credential.secret)
    known = snapshot.callers.get(pair)
    if known is None:
        known = snapshot.callers[pair] = _identified(snapshot, credential, provider, keys)
    return known


def _identified(
    snapshot: Snapshot, credential: Credential, provider: str, keys: Fingerprints
) -> Caller:
    application = _application(snapshot, credential, keys)
    if application is None or application.provider != provider:
        raise CredentialInvalid("unknown credential")
    if not hmac.compare_digest(application.account.encode(), credential.account.encode()):
        raise CredentialInvalid("unknown credential")
    tenant = snapshot.registry.tenants.get(application.tenant)
    if tenant is None:
        raise CredentialInvalid("unknown credential")
    return Caller(application, tenant)


def by_key(snapshot: Snapshot, key: str) -> Caller | None:
    """The caller of a native endpoint, by a gatekeeper key alone."""
    application = snapshot.by_key.get(hash_of(key))
    if application is None or application.tenant not in snapshot.registry.tenants:
        return None
    return Caller(application, snapshot.registry.tenants[application.tenant])


def _application(
    snapshot: Snapshot, credential: Credential, keys: Fingerprints
) -> Application | None:
    found = snapshot.by_key.get(hash_of(credential.secret))
    if found is not None or not snapshot.by_fingerprint:
        return found
    return snapshot.by_fingerprint.get(keys.fingerprint(credential.secret))
