"""Which lists are active, of which version, speaking for which instant?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gatekeeper.store.events import EPOCH
from gatekeeper.store.packing import read_pointer

_FIELD = "list:"


@dataclass(frozen=True, slots=True)
class ListStatus:
    """The active version of one list; `tenant` is None for one common to all."""

    list_id: str
    tenant: str | None
    method: str
    version: str
    as_of: datetime
    count: int


def read_statuses(flat: Sequence[bytes]) -> tuple[ListStatus, ...]:
    """The lists among the fields and values of the store's meta hash, by name."""
    pairs = zip(flat[::2], flat[1::2], strict=True)
    named = ((field.decode(), value) for field, value in pairs)
    found = [_status(field[len(_FIELD) :], v) for field, v in named if field.startswith(_FIELD)]
    return tuple(sorted(found, key=lambda status: (status.list_id, status.tenant or "")))


def _status(scope: str, pointer: bytes) -> ListStatus:
    """`scope` is as `keys.scope_name` makes it: length, tenant, list."""
    length, _, rest = scope.partition(":")
    tenant, list_id = rest[: int(length)], rest[int(length) + 1 :]
    method, version, as_of, count = read_pointer(pointer)
    at = EPOCH + timedelta(milliseconds=as_of)
    return ListStatus(list_id, tenant or None, method, version, at, count)
