"""Which lists are active, of which version, speaking for which instant, and which were before?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from gatekeeper.store.changes import Origin
from gatekeeper.store.events import EPOCH
from gatekeeper.store.keys import split_scope
from gatekeeper.store.packing import read_pointer

_FIELD = "list:"
_read_swap = msgspec.msgpack.Decoder(tuple[tuple[str, str, int, int], str]).decode
_read_origin = msgspec.json.Decoder(Origin).decode


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


@dataclass(frozen=True, slots=True)
class Swap:
    """One change of a list's active version; `number` is the change's own in the journal."""

    number: int
    method: str
    version: str
    as_of: datetime
    count: int
    origin: Origin


def read_history(flat: Mapping[bytes, bytes]) -> tuple[Swap, ...]:
    """Every swap of one list that the store knows of, oldest first."""
    return tuple(sorted((_swap(*item) for item in flat.items()), key=lambda swap: swap.number))


def _swap(number: bytes, packed: bytes) -> Swap:
    (method, version, as_of, count), origin = _read_swap(packed)
    at = EPOCH + timedelta(milliseconds=as_of)
    return Swap(int(number), method, version, at, count, _read_origin(origin))


def _status(scope: str, pointer: bytes) -> ListStatus:
    tenant, list_id = split_scope(scope)
    method, version, as_of, count = read_pointer(pointer)
    at = EPOCH + timedelta(milliseconds=as_of)
    return ListStatus(list_id, tenant, method, version, at, count)
