"""How does a consent event come in from outside (HTTP, command line, CSV), and when is it right?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent, Scope
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.errors import InputRejected
from gatekeeper.numbering.parse import read
from gatekeeper.numbering.zones import tellable

MAX_SKEW = timedelta(minutes=5)
"""An event may lie this far ahead of our clock, no further."""


class Evidence(BaseModel):
    """What proves the event; it is sealed, never kept in the clear."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text_shown: str | None = Field(None, max_length=8000, description="Exact wording shown.")
    ip: str | None = Field(None, max_length=64)
    url: str | None = Field(None, max_length=2000)
    user_agent: str | None = Field(None, max_length=500)
    form: str | None = Field(None, max_length=200)
    recording: str | None = Field(None, max_length=500)
    language: str | None = Field(None, max_length=35)
    not_a_condition: bool | None = Field(
        None, description="It was said that consent is no condition of purchase."
    )
    certificate_url: str | None = Field(None, max_length=2000)


class ConsentInput(BaseModel):
    """One consent event as a caller states it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: str = Field(max_length=64, description="Phone number in E.164.")
    event: ConsentAct
    at: AwareDatetime | None = Field(None, description="When it happened; now, if absent.")
    basis: Basis | None = Field(None, description="For opt_in: express or express_written.")
    channel: Channel | None = Field(None, description="Absent: all channels.")
    purpose: Purpose | None = Field(None, description="Absent: all purposes.")
    campaign: str | None = Field(None, max_length=100, description="Absent: all campaigns.")
    brand: str | None = Field(None, max_length=100, description="Absent: all brands.")
    expires: AwareDatetime | None = None
    seller: str | None = Field(None, max_length=200)
    source: str | None = Field(None, max_length=50)
    missing: tuple[str, ...] = ()
    about: str | None = Field(
        None, max_length=64, description="For evidence and correction: the id of that event."
    )
    pending: bool = Field(False, description="An opt_in that waits for its confirmation.")
    evidence: Evidence | None = None


_GRANTS = {
    ConsentAct.OPT_IN: Basis.EXPRESS,
    ConsentAct.PURCHASE: Basis.IMPLIED,
    ConsentAct.INQUIRY: Basis.IMPLIED,
}


def canonical_number(raw: str) -> str:
    """The number in E.164; InputRejected if it is none (the message does not repeat it)."""
    reading = read(raw)
    if reading.number is None:
        raise InputRejected(reading.detail or "not a phone number")
    return reading.number.e164


def event_of(given: ConsentInput, tenant: str, number: str, now: datetime) -> ConsentEvent:
    """The domain event, with an id made of its content: the same event twice is one event."""
    at = given.at or now
    if not all(map(tellable, (at, given.expires or at))):
        raise InputRejected("`at` and `expires` lie between 1970 and 9998")
    if at > now + MAX_SKEW:
        raise InputRejected("`at` lies in the future")
    basis = given.basis or _GRANTS.get(given.event, Basis.NONE)
    if given.event not in _GRANTS and basis is not Basis.NONE:
        raise InputRejected(f"`basis` does not go with {given.event}")
    if given.event is ConsentAct.OPT_IN and basis is Basis.NONE:
        raise InputRejected("an opt_in needs a basis: implied, express or express_written")
    fields: dict[str, Any] = given.model_dump(mode="json", exclude={"number", "at", "evidence"})
    when = at.astimezone(UTC).isoformat()
    identity = repr((tenant, number, when, sorted(fields.items(), key=lambda i: i[0])))
    return ConsentEvent(
        id=sha256(identity.encode()).hexdigest()[:24],
        act=given.event,
        at=at,
        basis=basis,
        scope=Scope(given.channel, given.purpose, given.campaign, given.brand),
        expires=given.expires,
        seller=given.seller,
        source=given.source,
        missing=given.missing,
        about=given.about,
        pending=given.pending,
    )
