"""Who may send, from what, for which purpose? The registered documents as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from gatekeeper.domain.words import Purpose, SenderKind, SenderState, Technology


class CredentialMode(StrEnum):
    """How an application proves itself."""

    VAULT = "vault"
    """It holds a gatekeeper key; the gate swaps in the provider's sealed secret."""
    PASS_THROUGH = "pass_through"
    """It sends the provider's own credential, recognised by keyed fingerprint."""


@dataclass(frozen=True, slots=True)
class Tenant:
    """A customer of the installation; the wall that nothing passes."""

    id: str
    name: str
    suspended: str | None = None
    """The reason of a suspension in force, None if none."""
    emergency_granted: bool = False
    """Whether the emergency purpose was granted to this tenant."""


@dataclass(frozen=True, slots=True)
class Application:
    """One customer app and its credential for one provider account."""

    id: str
    tenant: str
    provider: str
    account: str
    """The provider's account id that the app names (`AC...`)."""
    mode: CredentialMode = CredentialMode.VAULT
    key_hashes: tuple[str, ...] = ()
    """SHA-256 (hex) of each live gatekeeper key."""
    fingerprint: str | None = None
    """Keyed fingerprint of the provider's own secret, in pass-through mode."""
    secret: str | None = None
    """The provider's secret, sealed by the keyring (base64), in vault mode."""
    upstream_account: str | None = None
    """The account name to present upstream, where it differs."""
    campaign: str | None = None
    """The campaign of sends that name none and whose sender has none."""
    suspended: str | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """The application that calls and the tenant it belongs to."""

    application: Application
    tenant: Tenant


@dataclass(frozen=True, slots=True)
class Sender:
    """An address that a tenant may send from; `id` is its canonical form (E.164, code, name)."""

    id: str
    tenant: str
    kind: SenderKind
    state: SenderState = SenderState.ACTIVE
    registration: str | None = None
    campaign: str | None = None
    """What it is registered for; no caller can name another. None: any of the tenant's."""
    free_to_end_user: bool = False
    age_gate: bool = False


@dataclass(frozen=True, slots=True)
class Campaign:
    """A registered programme: what it is for decides which rules bind."""

    id: str
    tenant: str
    purposes: tuple[Purpose, ...] = (Purpose.MARKETING,)
    """The first is assumed when the caller claims none."""
    technology: Technology = Technology.UNKNOWN
    seller: str | None = None
    suspended: str | None = None
    brand: str | None = None
    """The brand that people know it by; an opt-out may be scoped to it, so it never changes."""


@dataclass(frozen=True, slots=True)
class RegisteredContent:
    """Content behind an opaque reference that a policy author has read and registered."""

    tenant: str
    kind: str
    ref: str
    texts: tuple[str, ...]
    digest: str
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Registry:
    """Every registered document, as of one version."""

    version: int = 0
    tenants: dict[str, Tenant] = field(default_factory=dict)
    applications: dict[str, Application] = field(default_factory=dict)
    senders: dict[tuple[str, str], Sender] = field(default_factory=dict)
    """By (tenant, sender id)."""
    campaigns: dict[tuple[str, str], Campaign] = field(default_factory=dict)
    """By (tenant, campaign id)."""
    contents: dict[tuple[str, str, str], RegisteredContent] = field(default_factory=dict)
    """By (tenant, kind, reference)."""
