"""Who may send, from what, for which purpose? The registered documents as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from gatekeeper.domain.standing import (
    AdminKey,
    CarrierClass,
    Exemption,
    FormerCampaign,
    FormerUse,
    Key,
    Observe,
    Proof,
    Suspension,
)
from gatekeeper.domain.words import Channel, Purpose, SenderKind, SenderState, Technology


class CredentialMode(StrEnum):
    """How an application proves itself."""

    VAULT = "vault"
    """It holds a gatekeeper key; the gate swaps in the provider's sealed secret."""
    PASS_THROUGH = "pass_through"
    """It sends the provider's own credential, recognised by keyed fingerprint."""


class InboundMode(StrEnum):
    """How the provider's webhooks reach the app that they are meant for."""

    RELAY = "relay"
    """The provider calls the gate, which calls the app with a signature of its own."""
    TAP = "tap"
    """The gate only listens, beside the app: nothing is passed on."""


class Posture(StrEnum):
    """Which reading of the TCPA a tenant has chosen to follow, on the record."""

    FCC = "fcc"
    """The FCC's rules and orders as they stand: the default."""
    STATUTE = "statute"
    """The statute as courts read it where they do not follow the FCC (McLaughlin v. McKesson)."""


class Revocation(StrEnum):
    """How wide a STOP is taken that does not say; a dated rule may ask for wider."""

    ALL = "all"
    BRAND = "brand"
    PURPOSE = "purpose"


WIDTHS = (Revocation.PURPOSE, Revocation.BRAND, Revocation.ALL)
"""Narrowest first."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Which version of the terms was accepted, when and by whom."""

    version: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Tenant:
    """A customer of the installation; the wall that nothing passes."""

    id: str
    name: str
    suspended: Suspension | None = None
    """A suspension that binds, or bound; None if none was ever made or it was lifted."""
    emergency_granted: bool = False
    """Whether the emergency purpose was granted to this tenant."""
    posture: Posture = Posture.FCC
    revocation: Revocation = Revocation.ALL
    components: tuple[Channel, ...] | None = None
    """The channels that it may use; None: all."""
    terms: Terms | None = None
    observe: Observe | None = None
    """Its observe time, running or over: most rules are in shadow while it runs."""

    def observes_until(self, at: datetime) -> datetime | None:
        """When the observe time ends that is running at this instant, None if none is."""
        return self.observe.until if self.observe and self.observe.binds(at) else None


@dataclass(frozen=True, slots=True)
class EndCustomer:
    """A customer of a tenant, on whose behalf it sends; nothing leaves before it took the terms."""

    id: str
    tenant: str
    name: str
    terms: Terms | None = None
    suspended: Suspension | None = None


@dataclass(frozen=True, slots=True)
class Brand:
    """Who speaks, as people know it; texts that answer STOP and HELP are its own."""

    id: str
    tenant: str
    name: str
    end_customer: str | None = None
    registration: str | None = None
    """The 10DLC brand id or the like."""
    help_text: str | None = None
    stop_text: str | None = None
    """The one confirmation of an opt-out; None: the gate's own words with the brand's name."""


@dataclass(frozen=True, slots=True)
class Application:
    """One customer app and its credential for one provider account."""

    id: str
    tenant: str
    provider: str
    account: str
    """The provider's account id that the app names (`AC...`)."""
    mode: CredentialMode = CredentialMode.VAULT
    keys: tuple[Key, ...] = ()
    """Its gatekeeper keys, the newest first."""
    fingerprint: str | None = None
    """Keyed fingerprint of the provider's own secret, in pass-through mode."""
    public_key: str | None = None
    """In pass-through mode, of an app that signs a token for each request itself: the public half
    of its key, in PEM."""
    secret: str | None = None
    """The provider's secret, sealed by the keyring (base64), in vault mode."""
    upstream_account: str | None = None
    """The account name to present upstream, where it differs."""
    campaign: str | None = None
    """The campaign of sends that name none and whose sender has none."""
    suspended: Suspension | None = None
    end_customer: str | None = None
    inbound_mode: InboundMode = InboundMode.RELAY
    inbound_url: str | None = None
    """Where the app takes the provider's webhooks, in relay mode."""
    status_url: str | None = None
    """Where it takes delivery statuses, in relay mode; None: they are not passed on."""
    inbound_answers: bool = True
    """Whether the gate answers STOP and HELP where neither the provider nor the app has."""
    provider_webhook_secret: str | None = None
    """What the provider signs webhooks with where that is not its secret for sending, sealed by
    the keyring (base64)."""
    webhook_secret: str | None = None
    """What relayed webhooks are signed with (and, in pass-through mode, what the provider signs
    with), sealed by the keyring (base64)."""
    was: tuple[FormerCampaign, ...] = ()
    """The campaigns that it was registered for before, the oldest first."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The application that calls and the tenant it belongs to."""

    application: Application
    tenant: Tenant
    key: Key | None = None
    """The gatekeeper key that it came with, None for the provider's own credential."""


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
    proof: Proof | None = None
    """That it is the tenant's own; None: nobody has proved it."""
    end_customer: str | None = None
    suspended: Suspension | None = None
    was: tuple[FormerCampaign, ...] = ()
    """The campaigns that it was registered for before, the oldest first."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A registered programme: what it is for decides which rules bind."""

    id: str
    tenant: str
    purposes: tuple[Purpose, ...] = (Purpose.MARKETING,)
    """The first is assumed when the caller claims none."""
    technology: Technology = Technology.UNKNOWN
    seller: str | None = None
    suspended: Suspension | None = None
    brand: str | None = None
    """The brand that people know it by; an opt-out may be scoped to it, so it never changes."""
    end_customer: str | None = None
    senders: tuple[str, ...] | None = None
    """Ids of the senders that may send for it; None: any of the tenant's."""
    text: str | None = None
    """The programme in words: what people sign up for, how often, how to stop."""
    samples: tuple[str, ...] = ()
    """Messages as they will be sent."""
    registrations: tuple[str, ...] = ()
    """Its ids with registries and carriers (10DLC campaign id, short code programme ...)."""
    exemption: Exemption | None = None
    """The exempted class that its messages are of, None for none."""
    carrier_class: CarrierClass | None = None
    """What it advertises of that which carriers refuse or gate, None for nothing of it."""
    since: datetime | None = None
    """When it was first registered."""
    was: tuple[FormerUse, ...] = ()
    """What it was for before, the oldest first."""


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
    end_customers: dict[tuple[str, str], EndCustomer] = field(default_factory=dict)
    """By (tenant, end customer id)."""
    brands: dict[tuple[str, str], Brand] = field(default_factory=dict)
    """By (tenant, brand id)."""
    applications: dict[str, Application] = field(default_factory=dict)
    senders: dict[tuple[str, str], Sender] = field(default_factory=dict)
    """By (tenant, sender id)."""
    campaigns: dict[tuple[str, str], Campaign] = field(default_factory=dict)
    """By (tenant, campaign id)."""
    contents: dict[tuple[str, str, str], RegisteredContent] = field(default_factory=dict)
    """By (tenant, kind, reference)."""
    admin_keys: dict[str, AdminKey] = field(default_factory=dict)
