"""What does a command send to the private socket, and what is it shown of a document?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec

from gatekeeper.domain.registry import Application
from gatekeeper.domain.standing import AdminKey, Key
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.documents import Document
from gatekeeper.ledger.list_import import ListFile

T = TypeVar("T")

HIDDEN = frozenset(
    {"secret", "webhook_secret", "provider_webhook_secret", "fingerprint", "keys", "key"}
)
"""Fields of documents that nobody is shown: sealed secrets, fingerprint, hashes of keys."""

Label = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+\Z")]
"""What an operator says of a list: one line of text."""
ListId = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_.-]{0,63}\Z")]


Aware = Annotated[datetime, msgspec.Meta(tz=True)]


class Rotation(msgspec.Struct, forbid_unknown_fields=True):
    """An application gets a new key."""

    keep_old: bool = False
    expires: Aware | None = None


class Suspension(msgspec.Struct, forbid_unknown_fields=True):
    """A tenant, application, or what is a tenant's (`tenant/id`) stops; it resumes with None."""

    kind: str
    key: str
    reason: str | None
    until: Aware | None = None


class NewAdminKey(msgspec.Struct, forbid_unknown_fields=True):
    """A key to the registry over HTTP, of one tenant or of the whole installation."""

    id: str
    tenant: str | None = None
    expires: Aware | None = None


class FileImport(msgspec.Struct, forbid_unknown_fields=True):
    """A file of consent events of one tenant."""

    tenant: str
    path: str
    """Where it lies, as the gate sees it."""
    format: str | None = None
    encoding: str | None = None


class ListImport(msgspec.Struct, forbid_unknown_fields=True):
    """A file of numbers: a new version of a common list, or more of a tenant's own."""

    list: ListId
    path: str
    as_of: Annotated[datetime, msgspec.Meta(tz=True)]
    tenant: str | None = None
    holder: Label | None = None
    san: Label | None = None
    by: Label | None = None
    delta: bool = False
    removals: str | None = None
    base: str | None = None
    allow_empty: bool = False
    allow_shrink: bool = False

    @property
    def file(self) -> ListFile:
        """What it says, for the importer; the path is as the gate sees it."""
        return ListFile(
            list_id=self.list,
            path=Path(self.path),
            as_of=self.as_of,
            tenant=self.tenant,
            holder=self.holder,
            san=self.san,
            by=self.by,
            delta=self.delta or self.removals is not None,
            removals=Path(self.removals) if self.removals else None,
            base=self.base,
            allow_empty=self.allow_empty,
            allow_shrink=self.allow_shrink,
        )


class Rollback(msgspec.Struct, forbid_unknown_fields=True):
    """An earlier version of a list is to be asked again: the one before, if none is named."""

    tenant: str | None = None
    version: str | None = None
    by: Label | None = None


class Listed(msgspec.Struct, forbid_unknown_fields=True):
    """A person goes on, or off, a tenant's own list."""

    tenant: str
    list: ListId
    number: str
    listed: bool = True


def body_as(model: type[T], raw: bytes) -> T:
    """The JSON body as its model; InputRejected names what does not fit."""
    try:
        return msgspec.json.decode(raw, type=model)
    except msgspec.ValidationError as error:
        raise InputRejected(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise InputRejected("the body is not a JSON document") from None


def shown(document: Document) -> dict[str, Any]:
    """A document without what is hidden; of keys their ids, and who made them until when."""
    whole: dict[str, Any] = msgspec.to_builtins(document)
    seen = {key: value for key, value in whole.items() if key not in HIDDEN}
    if isinstance(document, Application):
        seen["keys"] = [_shown_key(key) for key in document.keys]
    if isinstance(document, AdminKey):
        seen |= _shown_key(document.key) | {"id": document.id}
    return seen


def _shown_key(key: Key) -> dict[str, Any]:
    return {"id": key.id, "by": key.by, "at": key.at, "expires": key.expires}
