"""What does one request hold from start to end? The registry and the policy, compiled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from gatekeeper.domain.message import TextPart
from gatekeeper.domain.registry import Application, Caller, CredentialMode, Registry
from gatekeeper.domain.resemblance import Resemblance
from gatekeeper.domain.standing import AdminKey, Key
from gatekeeper.domain.words import Purpose
from gatekeeper.policy.model import Policy
from gatekeeper.rollout.asked import asked
from gatekeeper.rollout.given import Screens
from gatekeeper.screening.replies import Replies

Asking = tuple[tuple[str | None, tuple[str, ...]], ...]
"""Jurisdictions (None for everywhere), and the lists that rules there ask for."""


class Reads(Screens, Protocol):
    """What a gate needs of a screener."""

    def reads_as(
        self, parts: Sequence[TextPart], claimed: Purpose, *, registered: bool
    ) -> Resemblance | None:
        """The kind of message that the parts read like, where that could contradict the claim."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One immutable view of everything that is configured; a worker swaps it as a whole."""

    registry: Registry
    policy: Policy
    screener: Reads
    replies: Replies
    """Reads what a recipient answers."""
    sandbox: bool = False
    by_key: Mapping[str, tuple[Application, Key]] = field(default_factory=dict)
    """Vault-mode applications by the SHA-256 (hex) of each key, expired ones among them."""
    by_fingerprint: Mapping[str, Application] = field(default_factory=dict)
    """Pass-through applications by the keyed fingerprint of the provider's secret."""
    by_public_key: Mapping[tuple[str, str], Application] = field(default_factory=dict)
    """Applications that sign their tokens themselves, by provider and account."""
    admins: Mapping[str, AdminKey] = field(default_factory=dict)
    """Admin keys by the SHA-256 (hex) of each, ended ones among them."""
    allowed: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    """The senders of each campaign that names its senders, by (tenant, campaign)."""
    asking: Asking = ()
    """What the rules of all ask for."""
    asking_own: Mapping[str, Asking] = field(default_factory=dict)
    """What is asked for the messages of a tenant whose own rules ask for lists too."""
    asked: Mapping[str, str] = field(default_factory=dict)
    """What the policy has the gate look for, as each record names it."""
    callers: dict[tuple[str, str, str], Caller] = field(default_factory=dict, repr=False)
    """Who was identified by which provider, account and secret, while the snapshot lasts."""
    secrets: dict[str, str] = field(default_factory=dict, repr=False)
    """The providers' secrets by application id, unsealed at the first use of each."""


def take(
    registry: Registry, policy: Policy, screener: Reads, replies: Replies, *, sandbox: bool
) -> Snapshot:
    """A snapshot with its look-up tables."""
    applications = registry.applications.values()
    asking, asking_own = _asking(policy)
    return Snapshot(
        registry=registry,
        policy=policy,
        screener=screener,
        replies=replies,
        sandbox=sandbox,
        by_key={
            key.hash: (app, key)
            for app in applications
            if app.mode is CredentialMode.VAULT
            for key in app.keys
        },
        by_fingerprint={app.fingerprint: app for app in applications if app.fingerprint},
        by_public_key={(app.provider, app.account): app for app in applications if app.public_key},
        admins={admin.key.hash: admin for admin in registry.admin_keys.values()},
        allowed={
            name: frozenset(campaign.senders)
            for name, campaign in registry.campaigns.items()
            if campaign.senders is not None
        },
        asking=asking,
        asking_own=asking_own,
        asked=asked(policy),
    )


def _asking(policy: Policy) -> tuple[Asking, Mapping[str, Asking]]:
    shared: dict[tuple[str | None, tuple[str, ...]], None] = {}
    own: dict[str, dict[tuple[str | None, tuple[str, ...]], None]] = {}
    for rule in policy.rules:
        named = _asked(rule.params)
        for places in (own.setdefault(each, {}) for each in rule.applies.tenants if named):
            places[rule.applies.jurisdiction, named] = None
        if named and not rule.applies.tenants:
            shared[rule.applies.jurisdiction, named] = None
    return tuple(shared), {tenant: (*shared, *theirs) for tenant, theirs in own.items()}


def _asked(params: object) -> tuple[str, ...]:
    """The lists that a rule asks, and those that may excuse a hit on them."""
    return (*getattr(params, "lists", ()), *getattr(params, "excused_by_list", ()))
