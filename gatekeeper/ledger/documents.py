"""How do registered documents look outside (JSON) and inside (domain values)?

A document is named by kind and id; the id of everything below a tenant starts with the tenant's:
`acme/+12122000123`. The kinds are the keys of `KINDS`.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

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
from gatekeeper.errors import InputRejected

Document = Tenant | EndCustomer | Brand | Application | Sender | Campaign | RegisteredContent

KINDS: dict[str, type[Document]] = {
    "tenant": Tenant,
    "end_customer": EndCustomer,
    "brand": Brand,
    "application": Application,
    "sender": Sender,
    "campaign": Campaign,
    "content": RegisteredContent,
}


def key_of(document: Document) -> str:
    """The name of a document within its kind."""
    if isinstance(document, Tenant | Application):
        return document.id
    if isinstance(document, RegisteredContent):
        return f"{document.tenant}/{document.kind}/{document.ref}"
    return f"{document.tenant}/{document.id}"


def kind_of(document: Document) -> str:
    """The kind of a document."""
    return next(kind for kind, cls in KINDS.items() if isinstance(document, cls))


def encode(document: Document) -> bytes:
    """The document as JSON."""
    return msgspec.json.encode(document)


def decode(kind: str, raw: bytes) -> Document:
    """The document of a JSON text; InputRejected names the field that does not fit."""
    try:
        return msgspec.json.decode(raw, type=KINDS[kind])
    except KeyError:
        raise InputRejected(f"no such kind of document: {kind[:40]}") from None
    except msgspec.ValidationError as error:
        raise InputRejected(f"{kind}: {error}") from None
    except msgspec.DecodeError:
        raise InputRejected(f"{kind}: not a JSON document") from None


def tenant_of(document: Document) -> str:
    """The tenant that a document belongs to."""
    return document.id if isinstance(document, Tenant) else document.tenant


def registry_of(version: int, documents: Mapping[str, bytes]) -> Registry:
    """All documents of the store (`kind:key` -> JSON) as one registry."""
    registry = Registry(version=version)
    for name, raw in documents.items():
        _place(registry, decode(name.partition(":")[0], raw))
    return registry


def _place(registry: Registry, document: Document) -> None:
    match document:
        case Tenant():
            registry.tenants[document.id] = document
        case EndCustomer():
            registry.end_customers[document.tenant, document.id] = document
        case Brand():
            registry.brands[document.tenant, document.id] = document
        case Application():
            registry.applications[document.id] = document
        case Sender():
            registry.senders[document.tenant, document.id] = document
        case Campaign():
            registry.campaigns[document.tenant, document.id] = document
        case RegisteredContent():
            registry.contents[document.tenant, document.kind, document.ref] = document
