"""How does a consent event come in from outside (HTTP, command line, CSV), and when is it right?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import get_args

import msgspec
from msgspec.structs import replace
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent, Scope
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.elements import Element, missing_elements
from gatekeeper.ledger.evidence import Evidence
from gatekeeper.numbering.parse import read
from gatekeeper.numbering.zones import tellable
from gatekeeper.policy.row import Source

MAX_SKEW = timedelta(minutes=5)
"""An event may lie this far ahead of our clock, no further."""
SOURCES: tuple[str, ...] = get_args(Source)
"""Where implied consent can come from, as far as rules know."""
_A_DAY = timedelta(days=1)
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


__all__ = [
    "ConsentFields",
    "ConsentInput",
    "Evidence",
    "PresentedConsent",
    "canonical_number",
    "event_of",
]


class ConsentFields(BaseModel):
    """What a caller states of one consent event, but for whose it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

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
    missing: tuple[Element, ...] = Field(
        (), description="Elements that a written consent lacks, beside those found to be missing."
    )
    about: str | None = Field(
        None, max_length=64, description="For evidence and correction: the id of that event."
    )
    pending: bool = Field(False, description="An opt_in that waits for its confirmation.")
    evidence: Evidence | None = None


class ConsentInput(ConsentFields):
    """One consent event as a caller states it."""

    number: str = Field(max_length=64, description="Phone number in E.164.")


class PresentedConsent(ConsentFields):
    """A consent that comes with the very send that needs it, from the app's own records."""

    number: str | None = Field(
        None, max_length=64, description="A recipient of the message; absent: the one recipient."
    )


_GRANTS = {
    ConsentAct.OPT_IN: Basis.EXPRESS,
    ConsentAct.PURCHASE: Basis.IMPLIED,
    ConsentAct.INQUIRY: Basis.IMPLIED,
}
_OF_ANOTHER = frozenset({ConsentAct.EVIDENCE, ConsentAct.CORRECTION})
_NEEDS_PROOF = frozenset({ConsentAct.EVIDENCE, ConsentAct.RESTART})


def canonical_number(raw: str) -> str:
    """The number in E.164; InputRejected if it is none (the message does not repeat it)."""
    reading = read(raw)
    if reading.number is None:
        raise InputRejected(reading.detail or "not a phone number")
    return reading.number.e164


def event_of(
    given: ConsentFields, subject: bytes, now: datetime, *, presented: bool = False
) -> ConsentEvent:
    """The domain event, with an id made of its content: the same event twice is one event.

    `subject` is the keyed name of the person, so that no id can be tried out against numbers.
    A `presented` event came with the send that needs it: it never undoes an ending, and without a
    date of its own it is dated by its first presentation.
    """
    at = _instant(given, now)
    basis = _basis(given)
    _fits_its_act(given, basis, at)
    event = ConsentEvent(
        id="",
        act=given.event,
        at=at,
        basis=basis,
        scope=_scope(given),
        expires=given.expires,
        seller=given.seller,
        source=_source(given, basis),
        missing=_missing(given, basis),
        about=given.about,
        pending=given.pending,
        unproven=given.event is ConsentAct.OPT_IN and (presented or not _proven(given)),
        evidence=given.evidence is not None and given.evidence != Evidence(),
    )
    undated = presented and not _dated(given)
    return replace(event, id=_identity(replace(event, at=_UNDATED) if undated else event, subject))


def _scope(given: ConsentFields) -> Scope:
    return Scope(given.channel, given.purpose, given.campaign, given.brand)


def _identity(event: ConsentEvent, subject: bytes) -> str:
    instants = {"at": event.at.astimezone(UTC)}
    if event.expires is not None:
        instants["expires"] = event.expires.astimezone(UTC)
    whole = msgspec.json.encode((subject.hex(), replace(event, **instants)))
    return sha256(whole).hexdigest()[:24]


def _instant(given: ConsentFields, now: datetime) -> datetime:
    """When it happened: as said, else the day of the transaction or inquiry, else now."""
    proof = given.evidence or Evidence()
    dated = proof.transaction_at or proof.inquiry_at
    at = _dated(given) or now
    if not all(map(tellable, (at, given.expires or at, dated or at))):
        raise InputRejected("`at` and `expires` lie between 1970 and 9998")
    if at > now + MAX_SKEW:
        raise InputRejected("`at` lies in the future")
    if dated is not None and abs(dated - at) >= _A_DAY:
        raise InputRejected(
            "`at` and the date of the transaction or inquiry differ by a day or more: implied "
            "consent counts from that date, so leave `at` out"
        )
    return at


def _dated(given: ConsentFields) -> datetime | None:
    proof = given.evidence or Evidence()
    return given.at or proof.transaction_at or proof.inquiry_at


def _basis(given: ConsentFields) -> Basis:
    usual = _GRANTS.get(given.event, Basis.NONE)
    basis = given.basis or usual
    if given.event not in _GRANTS and basis is not Basis.NONE:
        raise InputRejected(f"`basis` does not go with {given.event}")
    if given.event is ConsentAct.OPT_IN and basis is Basis.NONE:
        raise InputRejected("an opt_in needs a basis: implied, express or express_written")
    if usual is Basis.IMPLIED and basis is not Basis.IMPLIED:
        raise InputRejected(
            f"{given.event} gives implied consent; record an opt_in where the person agreed"
        )
    return basis


def _source(given: ConsentFields, basis: Basis) -> str | None:
    """Where implied consent comes from: the act itself, or the date that was given, tells.

    The caller's own word for another source stands, and gets the shortest term.
    """
    proof = given.evidence or Evidence()
    dates = {"purchase": proof.transaction_at, "inquiry": proof.inquiry_at}
    told = {name for name, date in dates.items() if date is not None}
    if given.event in (ConsentAct.PURCHASE, ConsentAct.INQUIRY):
        told.add(str(given.event))
    if told and basis is not Basis.IMPLIED:
        raise InputRejected("`transaction_at` and `inquiry_at` go with implied consent only")
    if given.source in SOURCES:
        told.add(given.source)
    if len(told) > 1:
        raise InputRejected(f"this consent cannot come from {' and '.join(sorted(told))} at once")
    return given.source or (told.pop() if told else None)


def _missing(given: ConsentFields, basis: Basis) -> tuple[Element, ...]:
    written = basis is Basis.EXPRESS_WRITTEN or given.event is ConsentAct.EVIDENCE
    if written:
        return missing_elements(given.evidence, given.seller, given.missing)
    return tuple(dict.fromkeys(given.missing))


def _proven(given: ConsentFields) -> bool:
    return given.evidence is not None and given.evidence.proves


def _fits_its_act(given: ConsentFields, basis: Basis, at: datetime) -> None:
    """InputRejected where a field does not go with what happened."""
    act = given.event
    faults = {
        f"`about` goes with evidence and correction only, not with {act}": (
            given.about is not None and act not in _OF_ANOTHER
        ),
        f"{act} needs `about`: the id of the event that it speaks of": (
            given.about is None and act in _OF_ANOTHER
        ),
        f"{act} needs `evidence` of the recipient's own act": (
            act in _NEEDS_PROOF and not _proven(given)
        ),
        f"`pending` goes with opt_in only, not with {act}": (
            given.pending and act is not ConsentAct.OPT_IN
        ),
        f"`missing` goes with opt_in and evidence only, not with {act}": (
            bool(given.missing) and act not in (ConsentAct.OPT_IN, ConsentAct.EVIDENCE)
        ),
        f"`expires` goes with a grant only, not with {act}": (
            given.expires is not None and basis is Basis.NONE
        ),
        "`expires` lies before `at`": given.expires is not None and given.expires <= at,
        f"`source` goes with implied consent only, not with {act}": (
            given.source is not None and basis is Basis.NONE
        ),
        "a scope_change says what is kept: channel, purpose, campaign or brand": (
            act is ConsentAct.SCOPE_CHANGE and _scope(given) == Scope()
        ),
        f"{act} speaks of an event, not of a scope": (
            act in _OF_ANOTHER and _scope(given) != Scope()
        ),
    }
    for message, so in faults.items():
        if so:
            raise InputRejected(message)
