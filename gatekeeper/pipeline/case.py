"""What is this request about? Its campaign, purpose and technology, from what is registered.

A caller's word (a header, Twilio's `MessageIntent`) may only pick among the purposes that the
campaign is registered for; it is recorded as a claim and gives no permission.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from msgspec import Struct

from gatekeeper.domain.message import Address, AddressKind, Claim, OutboundRequest
from gatekeeper.domain.registry import Caller, Campaign, EndCustomer, Registry, Sender, Tenant
from gatekeeper.domain.words import Channel, Purpose, SenderKind, Technology
from gatekeeper.numbering.senders import sender_kind
from gatekeeper.pipeline.recipient import NOTHING_STATED, Statement, read_statement
from gatekeeper.pipeline.snapshot import Snapshot

PURPOSE_CLAIM = "purpose"
"""Name of the claim that the purpose check compares with the campaign's registration."""

_INTENTS = {
    "otp": Purpose.AUTHENTICATION,
    "notifications": Purpose.INFORMATIONAL,
    "fraud": Purpose.TRANSACTIONAL,
    "security": Purpose.TRANSACTIONAL,
    "customercare": Purpose.TRANSACTIONAL,
    "delivery": Purpose.TRANSACTIONAL,
    "education": Purpose.INFORMATIONAL,
    "events": Purpose.INFORMATIONAL,
    "polling": Purpose.MARKETING,
    "announcements": Purpose.MARKETING,
    "marketing": Purpose.MARKETING,
}
"""Twilio's `MessageIntent` values as purposes."""

_PREFIXED = {Channel.WHATSAPP, Channel.MESSENGER, Channel.RCS}


class Hints(Struct, frozen=True, gc=False):
    """What the caller says beside the provider's own fields (`Gatekeeper-*` headers)."""

    campaign: str | None = None
    purpose: str | None = None
    idempotency_key: str | None = None
    consent: str | None = None
    """Evidence of consent that the app presents, as the header's text."""
    recipient: str | None = None
    """What is stated of the recipient, as the header's text (`pipeline.recipient`)."""


class Case(Struct, frozen=True, gc=False):
    """One request under decision."""

    id: str
    at: datetime
    caller: Caller
    request: OutboundRequest
    hints: Hints
    sender_id: str
    sender_kind: SenderKind
    sender: Sender | None
    campaign: Campaign | None
    purpose: Purpose
    technology: Technology
    claims: tuple[Claim, ...]
    end_customers: tuple[EndCustomer, ...] = ()
    """For whom it is sent: those that application, sender, campaign and brand belong to."""
    barred: str | None = None
    """Why the sender may not send for the campaign, None if it may."""
    kind: str | None = None
    """Whether its text is a registered answer to STOP or HELP (`pipeline.inbound_texts`)."""
    heard_at: datetime | None = None
    """When the recipient wrote, for an answer to that."""
    statement: Statement = NOTHING_STATED
    """What is stated of the recipient."""

    @property
    def due(self) -> datetime:
        """When the message leaves the provider: now, or later where the request says so."""
        later = self.request.send_at
        return self.at if later is None else max(self.at, later)


def open_case(
    request_id: str,
    at: datetime,
    caller: Caller,
    request: OutboundRequest,
    hints: Hints,
    snapshot: Snapshot,
) -> Case:
    """Look up sender and campaign, and settle on purpose and technology."""
    registry = snapshot.registry
    kind, sender_id = sender_of(request.sender, request.channel)
    sender = registry.senders.get((caller.tenant.id, sender_id))
    campaign = _campaign(caller, hints, sender, registry)
    end_customers = _end_customers(caller, sender, campaign, registry)
    claims = request.claims
    if claims or hints.purpose:
        claims = (*claims, *_said(hints, claims))
    return Case(
        id=request_id,
        at=at,
        caller=caller,
        request=request,
        hints=hints,
        sender_id=sender_id,
        sender_kind=sender.kind if sender else kind,
        sender=sender,
        campaign=campaign,
        purpose=purpose_of(caller.tenant, campaign.purposes if campaign else (), claims),
        technology=_technology(request, campaign),
        claims=claims,
        end_customers=end_customers,
        barred=_barred(sender, campaign, end_customers, snapshot),
        statement=read_statement(hints.recipient, request.recipients),
    )


def _end_customers(
    caller: Caller, sender: Sender | None, campaign: Campaign | None, registry: Registry
) -> tuple[EndCustomer, ...]:
    """Mostly none: a tenant sends for itself."""
    tenant, named = caller.tenant.id, set()
    if caller.application.end_customer is not None:
        named.add(caller.application.end_customer)
    if sender is not None and sender.end_customer is not None:
        named.add(sender.end_customer)
    if campaign is not None and campaign.end_customer is not None:
        named.add(campaign.end_customer)
    if campaign is not None and campaign.brand is not None:
        brand = registry.brands.get((tenant, campaign.brand))
        if brand is not None and brand.end_customer is not None:
            named.add(brand.end_customer)
    if not named:
        return ()
    known = registry.end_customers
    return tuple(
        [known.get((tenant, each), EndCustomer(each, tenant, each)) for each in sorted(named)]
    )


def _barred(
    sender: Sender | None,
    campaign: Campaign | None,
    end_customers: tuple[EndCustomer, ...],
    snapshot: Snapshot,
) -> str | None:
    """A campaign may name its senders; and what is one end customer's serves no other."""
    if sender is None:
        return None
    if campaign is not None and campaign.senders is not None:
        allowed = snapshot.allowed[campaign.tenant, campaign.id]
        if sender.id not in allowed:
            return "campaign"
    return "end_customer" if len(end_customers) > 1 else None


@lru_cache(maxsize=4096)
def sender_of(address: Address, channel: Channel) -> tuple[SenderKind, str]:
    """The kind and canonical registry id of a sender.

    WhatsApp, Messenger and RCS senders carry their channel as a prefix, so that one number can
    be registered for each of them.
    """
    if address.kind is AddressKind.SERVICE:
        return SenderKind.SERVICE, address.value
    kind, canonical = sender_kind(address.value)
    if channel in _PREFIXED:
        kind = SenderKind.WABA if channel is Channel.WHATSAPP else SenderKind.PAGE
        return kind, f"{channel}:{canonical}"
    return kind, canonical


def _campaign(
    caller: Caller, hints: Hints, sender: Sender | None, registry: Registry
) -> Campaign | None:
    """A sender's registered campaign is its own; the caller's word only fills a gap.

    Otherwise an app could send an offer under the campaign of its one-time codes.
    """
    own = sender.campaign if sender else None
    named = own or hints.campaign or caller.application.campaign
    return registry.campaigns.get((caller.tenant.id, named)) if named else None


def _said(hints: Hints, claims: tuple[Claim, ...]) -> Iterator[Claim]:
    """What the caller says of campaign and purpose: its headers, else Twilio's field."""
    if hints.campaign:
        yield Claim("campaign", hints.campaign)
    if hints.purpose:
        yield Claim(PURPOSE_CLAIM, hints.purpose)
    else:
        intents = (claim.value.lower() for claim in claims if claim.name == "MessageIntent")
        yield from (Claim(PURPOSE_CLAIM, _INTENTS[word]) for word in intents if word in _INTENTS)


def purpose_of(
    tenant: Tenant, registered: tuple[Purpose, ...], claims: tuple[Claim, ...]
) -> Purpose:
    """The purpose that a campaign registered for these gives a message with these claims."""
    if not tenant.emergency_granted and Purpose.EMERGENCY in registered:
        registered = tuple([each for each in registered if each is not Purpose.EMERGENCY])
    claimed = {claim.value for claim in claims if claim.name == PURPOSE_CLAIM} if claims else ()
    for purpose in registered if claimed else ():
        if purpose in claimed:
            return purpose
    if Purpose.MARKETING in registered or not registered:
        return Purpose.MARKETING
    return registered[0]


def _technology(request: OutboundRequest, campaign: Campaign | None) -> Technology:
    if request.technology is not Technology.UNKNOWN:
        return request.technology
    return campaign.technology if campaign else Technology.UNKNOWN
