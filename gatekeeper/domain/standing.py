"""What may stand on record beside a registered document: who stopped it, proved it, held a key?

Instants are UTC; `by` names who did it: `user:NAME` on the command line, `key:ID` over HTTP.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gatekeeper.domain.words import Purpose

KEY_ID_DIGITS = 12


class ProofKind(StrEnum):
    """How it was proved that a tenant owns a sender."""

    LETTER = "letter_of_authorization"
    """A signed letter of the number's customer of record."""
    PROVIDER = "provider_api"
    """The provider's own inventory names the tenant's account."""
    CODE = "code_sent"
    """A code sent to it came back."""
    DOCUMENT = "document"
    """A lease, an invoice, a trademark or the like."""


class Exemption(StrEnum):
    """A class of free messages that needs no consent, within limits (47 CFR 64.1200(a)(9))."""

    PACKAGE = "package"
    FINANCIAL = "financial"
    HEALTHCARE = "healthcare"


class CarrierClass(StrEnum):
    """What a campaign advertises, where North American carriers refuse it or ask for an age gate.

    The words are those of their content standards (CTIA, "SHAFT" and the classes beside it).
    """

    ADULT = "adult"
    ALCOHOL = "alcohol"
    FIREARMS = "firearms"
    TOBACCO = "tobacco"
    CANNABIS = "cannabis"
    PRESCRIPTION_DRUGS = "prescription_drugs"
    GAMBLING = "gambling"
    LOANS = "loans"
    """Payday loans, and loans of a third party."""
    CRYPTO = "crypto"
    DEBT_COLLECTION = "debt_collection"
    """Of a third party's debts; a creditor's own reminders are of no class."""
    DEBT_RELIEF = "debt_relief"
    CREDIT_REPAIR = "credit_repair"
    LEAD_GENERATION = "lead_generation"
    """Leads or offers of third parties."""
    GET_RICH = "get_rich"


@dataclass(frozen=True, slots=True)
class Suspension:
    """Nothing leaves while it binds."""

    reason: str
    by: str
    at: datetime
    until: datetime | None = None
    """The first instant at which it no longer binds; None: until somebody lifts it."""

    def binds(self, at: datetime) -> bool:
        """Whether it holds at this instant; it needs nobody to end it."""
        return self.until is None or at < self.until


@dataclass(frozen=True, slots=True)
class Observe:
    """While it lasts, what can be overridden stops none of the tenant's messages."""

    reason: str
    by: str
    at: datetime
    """When it began."""
    until: datetime
    """The first instant at which everything is enforced again; it needs nobody to end it."""

    def binds(self, at: datetime) -> bool:
        """Whether the tenant only observes at this instant."""
        return self.at <= at < self.until


@dataclass(frozen=True, slots=True)
class Proof:
    """That a sender is the tenant's own, who looked, and where what they saw is kept."""

    kind: ProofKind
    reference: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Key:
    """A key that was handed out; only its hash is kept."""

    hash: str
    """SHA-256 of the whole key, in hex."""
    by: str = ""
    at: datetime | None = None
    expires: datetime | None = None
    """The first instant at which it no longer opens anything."""

    @property
    def id(self) -> str:
        """What it is called in lists: the beginning of its hash, which tells nothing of it."""
        return self.hash[:KEY_ID_DIGITS]

    def live(self, at: datetime) -> bool:
        """Whether it opens anything at this instant."""
        return self.expires is None or at < self.expires


@dataclass(frozen=True, slots=True)
class AdminKey:
    """A key to the registry over HTTP: of the whole installation, or of one tenant."""

    id: str
    key: Key
    tenant: str | None = None
    """The one tenant that it sees and changes; None: all."""
    revoked_by: str | None = None
    revoked_at: datetime | None = None

    def live(self, at: datetime) -> bool:
        """Whether it opens anything at this instant."""
        return self.revoked_at is None and self.key.live(at)


@dataclass(frozen=True, slots=True)
class FormerCampaign:
    """What a sender or an application was registered for until it changed."""

    campaign: str | None
    until: datetime


@dataclass(frozen=True, slots=True)
class FormerUse:
    """What a campaign was for, and for which brand, until that changed."""

    purposes: tuple[Purpose, ...]
    brand: str | None
    until: datetime
