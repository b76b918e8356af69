"""In which words does the registry answer over HTTP? No secret and no key has a word here."""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel

from gatekeeper.domain.registry import CredentialMode, Posture, Revocation
from gatekeeper.domain.standing import CarrierClass, Exemption, ProofKind
from gatekeeper.domain.words import Channel, Purpose, SenderKind, SenderState, Technology


class KeyMade(BaseModel):
    """A key, shown this once; null in pass-through mode, where the app keeps its own."""

    id: str
    key: str | None


class SuspensionShape(BaseModel):
    """A suspension, by whom and until when."""

    reason: str
    by: str
    at: AwareDatetime
    until: AwareDatetime | None


class Suspended(BaseModel):
    """Something that is suspended now."""

    kind: str
    key: str
    suspended: SuspensionShape


class SuspensionList(BaseModel):
    """Everything that is suspended now."""

    suspensions: tuple[Suspended, ...]


class Lifted(BaseModel):
    """Something that is suspended no longer."""

    kind: str
    key: str


class TermsShape(BaseModel):
    """Terms that were accepted."""

    version: str
    at: AwareDatetime
    by: str


class ProofShape(BaseModel):
    """A proof of ownership, and who looked at it."""

    kind: ProofKind
    reference: str
    by: str
    at: AwareDatetime


class KeyShape(BaseModel):
    """A key of an application, by its id; the key itself is never shown again."""

    id: str
    by: str
    at: AwareDatetime | None
    expires: AwareDatetime | None


class ObserveShape(BaseModel):
    """An observe time: since when, until when, why and by whom."""

    reason: str
    by: str
    at: AwareDatetime
    until: AwareDatetime


class TenantShape(BaseModel):
    """A tenant as it stands."""

    id: str
    name: str
    suspended: SuspensionShape | None
    emergency_granted: bool
    posture: Posture
    revocation: Revocation
    components: tuple[Channel, ...] | None
    terms: TermsShape | None
    observe: ObserveShape | None


class EndCustomerShape(BaseModel):
    """An end customer as it stands."""

    id: str
    tenant: str
    name: str
    terms: TermsShape | None
    suspended: SuspensionShape | None


class BrandShape(BaseModel):
    """A brand as it stands."""

    id: str
    tenant: str
    name: str
    end_customer: str | None
    registration: str | None
    help_text: str | None
    stop_text: str | None


class ApplicationShape(BaseModel):
    """An application as it stands, without any secret."""

    id: str
    tenant: str
    provider: str
    account: str
    mode: CredentialMode
    upstream_account: str | None
    campaign: str | None
    end_customer: str | None
    suspended: SuspensionShape | None
    keys: tuple[KeyShape, ...]


class SenderShape(BaseModel):
    """A sender as it stands."""

    id: str
    tenant: str
    kind: SenderKind
    state: SenderState
    registration: str | None
    campaign: str | None
    end_customer: str | None
    free_to_end_user: bool
    age_gate: bool
    proof: ProofShape | None
    suspended: SuspensionShape | None


class CampaignShape(BaseModel):
    """A campaign as it stands."""

    id: str
    tenant: str
    purposes: tuple[Purpose, ...]
    technology: Technology
    seller: str | None
    brand: str | None
    end_customer: str | None
    senders: tuple[str, ...] | None
    text: str | None
    samples: tuple[str, ...]
    registrations: tuple[str, ...]
    exemption: Exemption | None
    carrier_class: CarrierClass | None
    since: AwareDatetime | None
    suspended: SuspensionShape | None


class ContentShape(BaseModel):
    """Registered content as it stands."""

    tenant: str
    kind: str
    ref: str
    texts: tuple[str, ...]
    digest: str
    category: str | None


class TenantList(BaseModel):
    """Tenants, in the order of their names; `next` is where the next page begins after."""

    documents: tuple[TenantShape, ...]
    next: str | None


class EndCustomerList(BaseModel):
    """End customers, page by page."""

    documents: tuple[EndCustomerShape, ...]
    next: str | None


class BrandList(BaseModel):
    """Brands, page by page."""

    documents: tuple[BrandShape, ...]
    next: str | None


class ApplicationList(BaseModel):
    """Applications, page by page."""

    documents: tuple[ApplicationShape, ...]
    next: str | None


class SenderList(BaseModel):
    """Senders, page by page."""

    documents: tuple[SenderShape, ...]
    next: str | None


class CampaignList(BaseModel):
    """Campaigns, page by page."""

    documents: tuple[CampaignShape, ...]
    next: str | None


class ContentList(BaseModel):
    """Registered content, page by page."""

    documents: tuple[ContentShape, ...]
    next: str | None
