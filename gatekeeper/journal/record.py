"""What is one line of the journal, and how is it chained to the one before?

A line is one JSON object; `prev` is the SHA-256 (hex) of the line before, over its exact bytes
without the newline; the first line of a stream has 64 zeros there. A new segment goes on with
the chain of the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal, NamedTuple

import msgspec

from gatekeeper.errors import JournalError

GENESIS = "0" * 64
MAX_LINE = 4 << 20
"""Bytes; a longer record is refused when written and a fault when read."""


class Position(NamedTuple):
    """Where a record stands: the stream, and its sequence number there (from 1)."""

    stream: str
    seq: int


class Head(NamedTuple):
    """The end of a chain: the newest sequence number and the hash of its line."""

    seq: int = 0
    hash: str = GENESIS


class Record(NamedTuple):
    """What a room hands in to be recorded."""

    kind: str
    """decision, outcome, consent, registry, list, policy, import, ..."""
    id: str
    """What it is about: the records of one request share the request id."""
    tenant: str
    """The tenant's id; empty for what concerns the installation."""
    body: Mapping[str, Any]
    """No body, secret or number in the clear: pseudonyms, commitments and facts."""


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line as read back."""

    v: Literal[1]
    stream: str
    seq: int
    prev: str
    at: str
    """UTC, RFC 3339 with microseconds and `Z`: sorts as text."""
    kind: str
    id: str
    tenant: str
    body: msgspec.Raw

    @property
    def content(self) -> dict[str, Any]:
        """The body, decoded."""
        decoded: dict[str, Any] = msgspec.json.decode(self.body)
        return decoded

    @property
    def position(self) -> Position:
        """Where it stands."""
        return Position(self.stream, self.seq)


class _Draft(msgspec.Struct, frozen=True, gc=False):
    at: datetime | str
    kind: str
    id: str
    tenant: str
    body: Mapping[str, Any]


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Line).decode


def stamp(at: datetime) -> str:
    """An aware instant as the journal writes it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def draft(record: Record, at: datetime) -> bytes:
    """The part of a line that does not depend on its place; JournalError if it cannot be one."""
    utc = at.astimezone(UTC)
    try:
        # the encoder is 30 times faster than isoformat, and leaves out a fraction of zero
        encoded = _encode(_Draft(utc if utc.microsecond else stamp(utc), *record))
    except (TypeError, ValueError, msgspec.MsgspecError) as error:
        raise JournalError(f"a {record.kind} record cannot be written as JSON") from error
    if len(encoded) > MAX_LINE - 512:
        raise JournalError(f"a {record.kind} record is larger than {MAX_LINE} bytes")
    return encoded


def link(stream: str, head: Head, drafts: Iterable[bytes]) -> tuple[list[bytes], Head]:
    """Whole lines for the drafts, chained after `head`, and the new head."""
    lines = []
    seq, hash_ = head
    name = stream.encode("ascii")
    for part in drafts:
        seq += 1
        line = b'{"v":1,"stream":"%b","seq":%d,"prev":"%b",%b' % (
            name,
            seq,
            hash_.encode("ascii"),
            part[1:],
        )
        hash_ = digest(line)
        lines.append(line)
    return lines, Head(seq, hash_)


def digest(line: bytes) -> str:
    """The hash by which the next line names this one (given without its newline)."""
    return sha256(line).hexdigest()


def parse(line: bytes) -> Line | None:
    """Read a line; None if it is not one of ours."""
    try:
        return _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
