"""How do registered documents look outside (JSON) and inside (domain values)?

A document is named by kind and id; the id of everything below a tenant starts with the tenant's:
`acme/+12122000123`. The kinds are the keys of `KINDS`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

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
from gatekeeper.domain.standing import AdminKey
from gatekeeper.errors import InputRejected

Document = (
    Tenant | EndCustomer | Brand | Application | Sender | Campaign | RegisteredContent | AdminKey
)

KINDS: dict[str, type[Document]] = {
    "tenant": Tenant,
    "end_customer": EndCustomer,
    "brand": Brand,
    "application": Application,
    "sender": Sender,
    "campaign": Campaign,
    "content": RegisteredContent,
    "admin_key": AdminKey,
}

_OLD = re.compile(rb'"key_hashes"|"suspended":\s*"')
"""Stands in a document only of an earlier version, as it was written then."""

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""When a suspension began of which only the reason is on record."""


def key_of(document: Document) -> str:
    """The name of a document within its kind."""
    if isinstance(document, Tenant | Application | AdminKey):
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
        if _OLD.search(raw):
            return msgspec.convert(_as_now(msgspec.json.decode(raw)), KINDS[kind])
        return msgspec.json.decode(raw, type=KINDS[kind])
    except KeyError:
        raise InputRejected(f"no such kind of document: {kind[:40]}") from None
    except msgspec.ValidationError as error:
        raise InputRejected(f"{kind}: {error}") from None
    except msgspec.DecodeError:
        raise InputRejected(f"{kind}: not a JSON document") from None


def _as_now(value: Any) -> Any:
    """A document as it is written today: a suspension was once its reason alone, a key its hash."""
    if not isinstance(value, dict):
        return value
    if isinstance(reason := value.get("suspended"), str):
        value["suspended"] = {"reason": reason, "by": "", "at": LONG_AGO.isoformat()}
    if (hashes := value.pop("key_hashes", None)) is not None:
        value["keys"] = [{"hash": each} for each in hashes]
    return value


def tenant_of(document: Document) -> str:
    """The tenant that a document belongs to, empty for what belongs to the installation."""
    if isinstance(document, Tenant):
        return document.id
    return document.tenant or ""


def find(registry: Registry, kind: str, key: str) -> Document | None:
    """The document of this kind and name; None if there is none."""
    tenant, _, rest = key.partition("/")
    match kind:
        case "tenant":
            return registry.tenants.get(key)
        case "end_customer":
            return registry.end_customers.get((tenant, rest))
        case "brand":
            return registry.brands.get((tenant, rest))
        case "application":
            return registry.applications.get(key)
        case "sender":
            return registry.senders.get((tenant, rest))
        case "campaign":
            return registry.campaigns.get((tenant, rest))
        case "content":
            named, _, ref = rest.partition("/")
            return registry.contents.get((tenant, named, ref))
        case "admin_key":
            return registry.admin_keys.get(key)
        case _:
            return None


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
        case AdminKey():
            registry.admin_keys[document.id] = document
