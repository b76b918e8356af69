"""Which changes of state does the ledger hand to the store, each once it is in the journal?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Any

import msgspec

from gatekeeper.domain.consent import ConsentEvent
from gatekeeper.store.events import event_row, microseconds
from gatekeeper.store.keys import scope_name, tag_and_field

MARK_BYTES = 8
"""By which the store knows a message again that a person wrote."""


@dataclass(frozen=True, slots=True)
class ConsentChange:
    """An act in one person's consent history."""

    subject: bytes
    event: ConsentEvent


@dataclass(frozen=True, slots=True)
class HeardChange:
    """A person wrote to one of our senders: from then on they may be answered."""

    subject: bytes
    sender: str
    """Its canonical id."""
    at: datetime
    message: str
    """The provider's id: the same message told again is no newer one."""


@dataclass(frozen=True, slots=True)
class PutDocument:
    """A registry document, new or in place of the one with its key (`sender/t1/+1...`)."""

    key: str
    document: bytes


@dataclass(frozen=True, slots=True)
class DeleteDocument:
    """A registry document is gone."""

    key: str


@dataclass(frozen=True, slots=True)
class ListPerson:
    """One person goes on (or, with `listed=False`, off) a tenant's private list."""

    tenant: str
    list_id: str
    subject: bytes
    listed: bool = True


class Method(StrEnum):
    """How a list knows a person."""

    NUMBER = "number"
    """Clear bitmaps by number prefix: licensed lists of the North American plan."""
    SUBJECT = "subject"
    """Keyed pseudonyms: lists of one tenant."""


class Kind(StrEnum):
    """How a version became the one that is asked."""

    FULL = "full"
    DELTA = "delta"
    """The version before, with additions and removals."""
    ROLLBACK = "rollback"
    """A version of earlier, asked again as it was."""


class Origin(msgspec.Struct, frozen=True):
    """Where a version comes from: what shows later that the list was bought, and used fresh."""

    kind: Kind = Kind.FULL
    digest: str = ""
    """SHA-256 (hex) of the file that was imported; after a rollback, of the version's own file."""
    removals: str = ""
    """SHA-256 (hex) of the second file of a delta."""
    base: str | None = None
    """The version that was asked until then."""
    holder: str | None = None
    """Who holds the licence."""
    san: str | None = None
    """The subscription account number: evidence that access to the list was paid for."""
    by: str | None = None
    """The operator's account, as the command told it."""
    imported_at: datetime | None = None
    """When it became the version that is asked; None in records of older gates."""
    bad_lines: int = 0
    """Lines of the file that were left out."""
    added: int = 0
    removed: int = 0
    """Numbers that a delta brought, and took away."""
    content: str = ""
    """SHA-256 (hex) of the version's numbers as they lie in its copy."""


@dataclass(frozen=True, slots=True)
class SwapList:
    """A staged version becomes the one that is asked; `tenant` None is common to all tenants."""

    tenant: str | None
    list_id: str
    method: Method
    version: str
    as_of: datetime
    """The instant that the list speaks for, not that of its import."""
    count: int
    origin: Origin = Origin()


Change = ConsentChange | HeardChange | PutDocument | DeleteDocument | ListPerson | SwapList


def pack_changes(changes: Iterable[Change], first: int, last: int) -> list[bytes]:
    """The arguments of `apply`: ledger events `first` to `last`, both included, as one step."""
    rows = [_row(change) for change in changes]
    head = msgspec.msgpack.encode((first, last, [row for row, _ in rows]))
    return [head, *(data for _, data in rows)]


def _row(change: Change) -> tuple[tuple[Any, ...], bytes]:
    """The change in text and numbers, and its one piece of binary data."""
    match change:
        case ConsentChange(subject, event):
            tag, field = tag_and_field(subject)
            return ("consent", tag, event_row(event)), field
        case HeardChange(subject, sender, at, message):
            tag, field = tag_and_field(subject)
            mark = blake2b(message.encode(), digest_size=MARK_BYTES).digest()
            return ("heard", tag, sender, microseconds(at) // 1000), field + mark
        case PutDocument(key, document):
            return ("put", key), document
        case DeleteDocument(key):
            return ("delete", key), b""
        case ListPerson(tenant, list_id, subject, listed):
            tag, field = tag_and_field(subject)
            return ("list" if listed else "unlist", scope_name(tenant, list_id), tag), field
        case SwapList():
            as_of = microseconds(change.as_of) // 1000
            pointer = (change.method.value, change.version, as_of, change.count)
            told = msgspec.json.encode(change.origin)
            return ("swap", scope_name(change.tenant, change.list_id), pointer), told
