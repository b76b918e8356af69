"""In which words is the registry asked over HTTP?

What is left out of a change stays as it is; null clears a field.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from gatekeeper.domain.registry import CredentialMode, Posture, Revocation
from gatekeeper.domain.standing import CarrierClass, Exemption, ProofKind
from gatekeeper.domain.words import Channel, Purpose, SenderKind, SenderState, Technology

Line = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]
Account = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Lines = Annotated[
    str, StringConstraints(min_length=1, max_length=4_000, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]+$")
]
Ref = Annotated[
    str, StringConstraints(min_length=1, max_length=1000, pattern=r"^[^\x00-\x1f\x7f]+$")
]
Words = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
Text = Annotated[str, StringConstraints(max_length=65_536)]


class Stated(BaseModel):
    """Base of what is stated: unknown fields are faults."""

    model_config = ConfigDict(extra="forbid")


class TermsInput(Stated):
    """Which version of the terms was accepted; by whom, if not by who records it."""

    version: Line
    by: Line | None = None


class ProofInput(Stated):
    """How it was seen that a tenant owns a sender, and where what was seen is kept."""

    kind: ProofKind
    reference: Line


class ObserveInput(Stated):
    """Until when, and why, the tenant only observes."""

    until: AwareDatetime
    reason: Line


class TenantInput(Stated):
    """What is stated of a tenant."""

    id: Line
    name: Line | None = None
    emergency_granted: bool = False
    posture: Posture = Posture.FCC
    revocation: Revocation = Revocation.ALL
    components: tuple[Channel, ...] | None = Field(None, description="null: every channel.")
    terms: TermsInput | None = None
    observe: ObserveInput | None = Field(
        None, description="At most 90 days in which most rules only record; null ends it."
    )


class EndCustomerInput(Stated):
    """What is stated of an end customer; nothing is sent for it before it took the terms."""

    id: Line
    tenant: Line
    name: Line | None = None
    terms: TermsInput | None = None


class BrandInput(Stated):
    """What is stated of a brand."""

    id: Line
    tenant: Line
    name: Line | None = None
    end_customer: Line | None = None
    registration: Line | None = None
    help_text: Words | None = None
    stop_text: Words | None = None


class ApplicationInput(Stated):
    """What is changed of an application that is there; it is added at /v1/applications."""

    id: Line
    account: Line | None = None
    upstream_account: Line | None = None
    campaign: Line | None = None
    end_customer: Line | None = None


class SenderInput(Stated):
    """What is stated of a sender."""

    id: Line = Field(description="Number, code, name, or channel:number.")
    tenant: Line
    kind: SenderKind | None = Field(None, description="As the address tells, if left out.")
    state: SenderState = SenderState.ACTIVE
    registration: Line | None = None
    campaign: Line | None = None
    end_customer: Line | None = None
    free_to_end_user: bool = False
    age_gate: bool = False
    proof: ProofInput | None = None


class CampaignInput(Stated):
    """What is stated of a campaign; its brand and end customer never change once set."""

    id: Line
    tenant: Line
    purposes: tuple[Purpose, ...] | None = Field(None, description="A new one needs them.")
    technology: Technology = Technology.UNKNOWN
    seller: Line | None = None
    brand: Line | None = None
    end_customer: Line | None = None
    senders: Annotated[tuple[Line, ...], Field(max_length=10_000)] | None = Field(
        None, description="Ids of those that may send for it; null: any of the tenant's."
    )
    text: Words | None = None
    samples: Annotated[tuple[Words, ...], Field(max_length=50)] = ()
    registrations: Annotated[tuple[Line, ...], Field(max_length=50)] = ()
    exemption: Exemption | None = None
    carrier_class: CarrierClass | None = None


class ContentInput(Stated):
    """The text behind a reference, after a person has read it."""

    tenant: Line
    kind: Line = Field(description="As a refusal names it: content_sid, twiml_url, flow ...")
    ref: Ref
    texts: Annotated[tuple[Text, ...], Field(min_length=1, max_length=50)]
    category: Line | None = None


class ApplicationNew(Stated):
    """A new application, with the provider's secret, which is sealed and never shown."""

    id: Line
    tenant: Line
    provider: Line = "twilio"
    account: Account = Field(
        "", description="What the provider's SDK names; empty where it names none."
    )
    secret: Lines = Field(
        description="The provider's secret; in pass-through mode perhaps the public key (PEM) of "
        "an app that signs its own tokens."
    )
    mode: CredentialMode = CredentialMode.VAULT
    upstream_account: Line | None = None
    campaign: Line | None = None
    end_customer: Line | None = None
    key_expires: AwareDatetime | None = None


class KeyAsked(Stated):
    """A new key for an application."""

    keep_old: bool = False
    expires: AwareDatetime | None = None


class SuspensionInput(Stated):
    """What stops at once: a tenant, end_customer, application, sender or campaign."""

    kind: Line
    key: Line = Field(description="Its id, after its tenant's and a slash: acme/news.")
    reason: Line
    until: AwareDatetime | None = Field(None, description="null: until somebody lifts it.")
