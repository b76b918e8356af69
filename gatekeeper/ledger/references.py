"""Does everything that a document refers to stand in the registry, of the same tenant?"""

from __future__ import annotations

import re

from gatekeeper.domain.registry import (
    Application,
    Brand,
    Campaign,
    EndCustomer,
    RegisteredContent,
    Registry,
    Sender,
    Tenant,
)
from gatekeeper.domain.standing import AdminKey
from gatekeeper.domain.words import SenderState
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.answer_texts import check_texts
from gatekeeper.ledger.documents import Document

_HELD = frozenset({SenderState.ACTIVE, SenderState.SUSPENDED})
"""States in which a sender is its tenant's: a reclaimed or ported one may become another's."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_KIND = re.compile(r"[a-z][a-z0-9_]{0,39}")


def check(document: Document, registry: Registry) -> None:
    """InputRejected says what is missing, and what to register first."""
    if not isinstance(document, Sender | RegisteredContent) and not _ID.fullmatch(document.id):
        raise InputRejected("an id holds letters, digits, dots, dashes and underscores, up to 100")
    if isinstance(document, Tenant):
        return
    if document.tenant is not None and document.tenant not in registry.tenants:
        raise InputRejected(f"there is no tenant {document.tenant}")
    match document:
        case RegisteredContent() if not _KIND.fullmatch(document.kind):
            raise InputRejected(
                "the kind of a reference is a word as a refusal names it: content_sid, flow"
            )
        case EndCustomer() | RegisteredContent() | AdminKey():
            return
        case Brand():
            check_texts(document)
            _end_customer(document, registry)
        case Application():
            _end_customer(document, registry)
            _campaign(document, registry)
        case Sender():
            _end_customer(document, registry)
            _campaign(document, registry)
            _sole_owner(document, registry)
        case Campaign():
            _end_customer(document, registry)
            _brand(document, registry)
            _senders(document, registry)


def _end_customer(document: Brand | Application | Sender | Campaign, registry: Registry) -> None:
    name = document.end_customer
    if name is not None and (document.tenant, name) not in registry.end_customers:
        raise InputRejected(f"there is no end customer {name} of that tenant: register it first")


def _campaign(document: Application | Sender, registry: Registry) -> None:
    if document.campaign is None:
        return
    campaign = registry.campaigns.get((document.tenant, document.campaign))
    if campaign is None:
        raise InputRejected(f"there is no campaign {document.campaign} of that tenant")
    _same_end_customer("campaign", campaign.end_customer, document.end_customer)


def _sole_owner(document: Sender, registry: Registry) -> None:
    """One address is one tenant's until that one gave it back; it is not told whose it is."""
    others = (known for known in registry.senders.values() if known.id == document.id)
    if not any(s.tenant != document.tenant and s.state in _HELD for s in others):
        return
    mine = (document.tenant, document.id) in registry.senders
    if document.state in _HELD or not mine:
        raise InputRejected("this sender is registered already, not to this tenant")


def _brand(document: Campaign, registry: Registry) -> None:
    if document.brand is None:
        return
    brand = registry.brands.get((document.tenant, document.brand))
    if brand is None:
        raise InputRejected(f"there is no brand {document.brand} of that tenant: register it first")
    _same_end_customer("brand", brand.end_customer, document.end_customer)


def _senders(document: Campaign, registry: Registry) -> None:
    for name in document.senders or ():
        sender = registry.senders.get((document.tenant, name))
        if sender is None:
            raise InputRejected(
                f"sender number {(document.senders or ()).index(name) + 1} of the list is not "
                "registered to that tenant: register it first"
            )


def _same_end_customer(what: str, theirs: str | None, ours: str | None) -> None:
    if theirs is not None and ours is not None and theirs != ours:
        raise InputRejected(f"the {what} belongs to another end customer ({theirs})")
