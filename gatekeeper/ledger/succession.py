"""What stays when a document takes the place of an older one, and what may never change?

A suspension, keys and proof are not lost by leaving them out. What a sender, an application or a
campaign was registered for is kept, since opt-outs of that time bind what is sent from it later.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from gatekeeper.domain.registry import Application, Brand, Campaign, EndCustomer, Sender, Tenant
from gatekeeper.domain.standing import FormerCampaign, FormerUse
from gatekeeper.domain.words import Purpose
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.documents import Document
from gatekeeper.ledger.observing import observing

Former = TypeVar("Former", FormerCampaign, FormerUse)

MAX_FORMER = 50
"""Changes of campaign or purpose that one document remembers; then it takes no further one."""


def succeed(document: Document, known: Document | None, at: datetime) -> Document:
    """The document as it is to be registered at this instant; InputRejected for what is fixed."""
    match document, known:
        case Tenant(), None:
            return replace(document, suspended=None, observe=observing(document.observe, None, at))
        case EndCustomer(), None:
            return replace(document, suspended=None)
        case Tenant(), Tenant():
            observe = observing(document.observe, known.observe, at)
            return replace(document, suspended=known.suspended, observe=observe)
        case EndCustomer(), EndCustomer():
            return replace(document, suspended=known.suspended)
        case Brand(), Brand():
            _fixed("end customer", known.end_customer, document.end_customer)
            return document
        case Application(), _:
            return _application(document, known if isinstance(known, Application) else None, at)
        case Sender(), _:
            return _sender(document, known if isinstance(known, Sender) else None, at)
        case Campaign(), _:
            return _campaign(document, known if isinstance(known, Campaign) else None, at)
        case _:
            return document


def _application(new: Application, known: Application | None, at: datetime) -> Application:
    if known is None:
        return replace(new, suspended=None, was=())
    _fixed("tenant", known.tenant, new.tenant)
    _fixed("end customer", known.end_customer, new.end_customer)
    return replace(new, suspended=known.suspended, was=_moved(new, known, at))


def _sender(new: Sender, known: Sender | None, at: datetime) -> Sender:
    if known is None:
        return replace(new, suspended=None, was=())
    _fixed("end customer", known.end_customer, new.end_customer)
    was, proof = _moved(new, known, at), new.proof or known.proof
    return replace(new, suspended=known.suspended, was=was, proof=proof)


def _campaign(new: Campaign, known: Campaign | None, at: datetime) -> Campaign:
    if known is None:
        return replace(new, suspended=None, was=(), since=at)
    _fixed("brand", known.brand, new.brand)
    _fixed("end customer", known.end_customer, new.end_customer)
    if Purpose.EMERGENCY in set(new.purposes) - set(known.purposes):
        raise InputRejected(
            "a campaign cannot become one for emergencies, whose messages pass an opt-out: "
            "register another campaign for them"
        )
    was = known.was
    if (new.purposes, new.brand) != (known.purposes, known.brand):
        was = _within((*known.was, FormerUse(known.purposes, known.brand, at)))
    return replace(new, suspended=known.suspended, was=was, since=known.since)


def _moved(
    new: Application | Sender, known: Application | Sender, at: datetime
) -> tuple[FormerCampaign, ...]:
    if new.campaign == known.campaign:
        return known.was
    return _within((*known.was, FormerCampaign(known.campaign, at)))


def _within(was: tuple[Former, ...]) -> tuple[Former, ...]:
    if len(was) > MAX_FORMER:
        raise InputRejected(
            f"it changed {MAX_FORMER} times already; opt-outs of each time still bind it, so "
            "register another instead"
        )
    return was


def _fixed(what: str, known: str | None, new: str | None) -> None:
    if known is not None and new != known:
        raise InputRejected(
            f"the {what} ({known}) never changes once it is set: people's opt-outs and the terms "
            "rest on it. Register another instead"
        )
