"""Which replies does a person still have to look at, and what did they find?

A reply that may be a stop has ended marketing at once; whether it meant more is for a person to
say, who reads it where it was kept: at the provider, by its message id. The journal alone holds
the items: what was opened and not closed is open.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from gatekeeper.domain.consent import ConsentAct, ConsentEvent
from gatekeeper.errors import InputRejected
from gatekeeper.journal.record import Line
from gatekeeper.journal.scan import Scan
from gatekeeper.ledger.changes import Entry, consent_entry

REVIEW, CLOSED = "review", "review_closed"
"""The kinds of journal records: an item, and its end."""
_WORDS = tuple(f'"kind":"{kind}"'.encode() for kind in (REVIEW, CLOSED))


class Found(StrEnum):
    """What a reviewer found in a reply."""

    OPT_OUT = "opt_out"
    """It meant to stop: an opt-out from everything is recorded."""
    NO_OPT_OUT = "no_opt_out"
    """It did not. What was recorded for it stays: only the person's own later word undoes it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One reply to look at; nothing in it tells the text or the number."""

    id: str
    tenant: str
    at: str
    application: str
    provider: str
    message: str
    """The provider's id of the message, by which its text is found there."""
    channel: str
    rule: str
    language: str
    person: str
    """The journal's name for the person."""
    subject: str
    found: str | None = None
    """What a reviewer found; None while it is open."""


class Appends(Protocol):
    """What closing an item needs of the journal."""

    async def append(self, kind: str, record_id: str, tenant: str, body: dict[str, Any]) -> Any:
        """Returns when the record is durable."""


Commit = Callable[[list[Entry]], Awaitable[None]]


def items(folder: Path, *, tenant: str | None = None) -> list[Item]:
    """All items of the journal in `folder`, or of one tenant, the oldest first. It blocks."""
    known: dict[str, Item] = {}
    for line in _lines(folder):
        if tenant not in (None, line.tenant):
            continue
        if line.kind == REVIEW:
            known.setdefault(line.id, _item(line))
        elif line.id in known:
            known[line.id] = replace(known[line.id], found=line.content["found"])
    return list(known.values())


@dataclass(frozen=True, slots=True)
class Reviews:
    """Closes items: what a person found is recorded, and binds before it is acknowledged."""

    folder: Path
    journal: Appends
    commit: Commit
    clock: Callable[[], datetime]

    async def close(self, item: Item, found: Found, reason: str, by: str) -> Item:
        """Close an open item; InputRejected if it is closed already."""
        if item.found is not None:
            raise InputRejected(f"that item is closed already: {item.found}")
        if found is Found.OPT_OUT:
            await self.commit([self._opt_out(item)])
        body = {"found": found, "reason": reason, "by": by}
        await self.journal.append(CLOSED, item.id, item.tenant, body)
        return replace(item, found=found)

    def _opt_out(self, item: Item) -> Entry:
        """From everything: the reviewer speaks for what the person meant."""
        event = ConsentEvent(
            id=sha256(f"review\x00{item.tenant}\x00{item.id}".encode()).hexdigest()[:24],
            act=ConsentAct.OPT_OUT,
            at=self.clock(),
            source="review",
        )
        return consent_entry(item.tenant, bytes.fromhex(item.subject), event)


def _lines(folder: Path) -> Iterator[Line]:
    return (line for line in Scan(folder, _WORDS).lines() if line.kind in (REVIEW, CLOSED))


def _item(line: Line) -> Item:
    body = line.content
    told = {name: body[name] for name in _TOLD}
    person = body["pseudonym"]
    return Item(id=line.id, tenant=line.tenant, at=line.at, person=person, **told)


_TOLD = (
    "application", "provider", "message", "channel", "rule", "language", "subject",
)  # fmt: skip
