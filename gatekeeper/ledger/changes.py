"""Which changes of state are there, and how does each stand in the journal?

Every change has a number `n`, counted from 1 over the installation's life. The store knows the
number that it has applied; if that is lower than what the journal tells, the gate stays closed
until the rest is replayed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from gatekeeper.domain.consent import ConsentEvent
from gatekeeper.ledger.documents import Document, encode, key_of, kind_of, tenant_of
from gatekeeper.store.changes import (
    Change,
    ConsentChange,
    HeardChange,
    ListPerson,
    Method,
    Origin,
    PutDocument,
    SwapList,
)

CONSENT, REGISTRY, LISTED, LIST_VERSION = "consent", "registry", "listed", "list_version"
HEARD = "heard"
CHANGES = frozenset({CONSENT, REGISTRY, LISTED, LIST_VERSION, HEARD})
"""The kinds of journal records that change state."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: what the journal says of it, and what the store is to do."""

    kind: str
    id: str
    tenant: str
    body: dict[str, Any]
    change: Change


def consent_entry(
    tenant: str, subject: bytes, event: ConsentEvent, evidence: str | None = None
) -> Entry:
    """One consent event of one person; `evidence` is the SHA-256 (hex) of what was sealed."""
    body = {
        "subject": subject.hex(),
        "event": msgspec.to_builtins(event),
        "evidence": evidence,
    }
    return Entry(CONSENT, event.id, tenant, body, ConsentChange(subject, event))


GATE = "gate"
"""Who did what no person asked for."""


def document_entry(document: Document, by: str = GATE) -> Entry:
    """A registered document, new or in place of the one with its key, and who registered it."""
    key = f"{kind_of(document)}:{key_of(document)}"
    body = {"key": key, "by": by, "document": msgspec.to_builtins(document)}
    return Entry(REGISTRY, key, tenant_of(document), body, PutDocument(key, encode(document)))


def listed_entry(tenant: str, list_id: str, subject: bytes, *, listed: bool) -> Entry:
    """A person goes on, or off, a tenant's own list."""
    body = {"list": list_id, "subject": subject.hex(), "listed": listed}
    change = ListPerson(tenant, list_id, subject, listed)
    return Entry(LISTED, list_id, tenant, body, change)


def heard_entry(tenant: str, subject: bytes, sender: str, at: datetime, message: str) -> Entry:
    """A person wrote to a sender; of what they wrote nothing is kept."""
    body = {
        "subject": subject.hex(),
        "sender": sender,
        "at": at.isoformat(),
        "message": message,
    }
    return Entry(HEARD, message, tenant, body, HeardChange(subject, sender, at, message))


def version_entry(swap: SwapList) -> Entry:
    """A staged version of a list becomes the active one; where it comes from stands beside."""
    body = {
        "list": swap.list_id,
        "method": swap.method,
        "version": swap.version,
        "as_of": swap.as_of.isoformat(),
        "count": swap.count,
        **msgspec.to_builtins(swap.origin),
    }
    return Entry(LIST_VERSION, swap.list_id, swap.tenant or "", body, swap)


def change_of(kind: str, tenant: str, body: Mapping[str, Any]) -> Change:
    """What the store is to do for a record of the journal; LookupError for another kind."""
    match kind:
        case "consent":
            event = msgspec.convert(body["event"], ConsentEvent)
            return ConsentChange(bytes.fromhex(body["subject"]), event)
        case "registry":
            return PutDocument(body["key"], msgspec.json.encode(body["document"]))
        case "listed":
            subject = bytes.fromhex(body["subject"])
            return ListPerson(tenant, body["list"], subject, body["listed"])
        case "heard":
            subject, at = bytes.fromhex(body["subject"]), datetime.fromisoformat(body["at"])
            return HeardChange(subject, body["sender"], at, body["message"])
        case "list_version":
            return SwapList(
                tenant=tenant or None,
                list_id=body["list"],
                method=Method(body["method"]),
                version=body["version"],
                as_of=datetime.fromisoformat(body["as_of"]),
                count=body["count"],
                origin=msgspec.convert(body, Origin),
            )
        case _:
            raise LookupError(f"no change of kind {kind}")
