"""How are the members of a Meta webhook read? What has another form than ours tells nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from gatekeeper.errors import AmbiguousRequest

NOT_READ = "The webhook is not one that the gate can read."
MOST = 1000
"""Elements of one array."""

Fields = Mapping[str, Any]

_DIGITS = re.compile(r"[0-9]{1,13}")
_ID = re.compile(r"[A-Za-z0-9_.:=$/+-]{1,300}")


def objects(fields: Fields, name: str) -> list[Fields]:
    """The objects of an array; none if there is no such array."""
    value = fields.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > MOST:
        raise AmbiguousRequest(NOT_READ)
    return [member(each) for each in value]


def member(value: Any) -> Fields:
    """An object, empty for anything else."""
    return value if isinstance(value, dict) else {}


def word(fields: Fields, name: str) -> str:
    """A string, empty for anything else."""
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def named(fields: Fields, name: str) -> str:
    """An id without which an event cannot be told from another; AmbiguousRequest if it is none."""
    value = word(fields, name)
    if not _ID.fullmatch(value):
        raise AmbiguousRequest(NOT_READ)
    return value


def event_name(*parts: object) -> str:
    """The id of an event by what Meta tells of it: its own ids have the person's number in them."""
    return sha256("\0".join(map(str, parts)).encode()).hexdigest()[:32]


def instant(value: Any, per_second: int = 1) -> datetime | None:
    """A Unix time, which Meta signs with the body; None if it is none, or none that can be."""
    written = str(value) if type(value) is int else value
    if not isinstance(written, str) or not _DIGITS.fullmatch(written):
        return None
    try:
        return datetime.fromtimestamp(int(written) / per_second, UTC)
    except (ValueError, OverflowError, OSError):
        return None
