"""How are all data of one person handed out? As one JSON document, written while it is read.

Every export is on record before its first byte. What the person is in the journal (a keyed hash)
is found by number; evidence is opened where its key still lives.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from gatekeeper.domain.consent import Topic
from gatekeeper.domain.facts import Listing
from gatekeeper.domain.fold import fold
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.errors import InputRejected
from gatekeeper.journal.read import total_bytes
from gatekeeper.journal.record import stamp
from gatekeeper.ledger.imports import Progress
from gatekeeper.ledger.listings import standing
from gatekeeper.ledger.person_reading import Reading
from gatekeeper.ledger.rights_book import ERASED, EXPORTED, HOLD, RELEASED, Note
from gatekeeper.ledger.rights_desk import Known, RightsDesk, Why
from gatekeeper.ledger.threads import streamed

SCHEMA_VERSION = 1
News = bytes | Progress

_TOLD = 8 << 20
"""Bytes read between two words of progress."""


async def export(desk: RightsDesk, people: Sequence[Known], why: Why) -> AsyncGenerator[News]:
    """The document in pieces, with progress in between; `people` are one person's, by tenant.

    A piece that is missing at the end leaves the document open: no reader takes it for whole.
    """
    if not people:
        raise InputRejected("there is no tenant to export from")
    head, tail = await _around(desk, people, why)
    total = await asyncio.to_thread(lambda: total_bytes(desk.folder) + desk.sealed.size)

    def work(give: Callable[[News], None]) -> None:
        reading = Reading(desk, people, _Teller(give, total).read)
        give(b"{" + _members(head) + b',\n"records": [')
        _give_all(reading.records(), give)
        give(b'],\n"consents": [')
        _give_all(reading.consents(), give)
        give(b"],\n" + _members({**tail, "counts": dict(reading.counts)}) + b"}\n")
        give(Progress("read", total, total))

    async with desk.reading:
        async for news in streamed(work):
            yield news


async def _around(
    desk: RightsDesk, people: Sequence[Known], why: Why
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What stands before and after the records; the export itself is recorded in between."""
    sections, tenants = [await _section(desk, person) for person in people], {}
    for person in people:
        body = {"pseudonym": person.pseudonym, "reason": why.reason, "by": why.by}
        note = await desk.note(EXPORTED, desk.new_id(), person.tenant, body)
        tenants[person.tenant] = {"pseudonym": person.pseudonym, "export": note.id}
    head = {
        "schema_version": SCHEMA_VERSION,
        "at": stamp(desk.clock()),
        "number": people[0].number,
        "tenants": tenants,
    }
    names = sections[0].keys()
    return head, {name: [row for each in sections for row in each[name]] for name in names}


async def _section(desk: RightsDesk, person: Known) -> dict[str, list[dict[str, Any]]]:
    """What holds for the person now, and what was done in their name before."""
    events = await desk.store.events_of(person.owner.subject)
    now, tenant = desk.clock(), person.tenant
    lists = await standing(desk.store, person.owner, person.number, now)
    consent = [
        {"tenant": tenant, "channel": channel, "purpose": purpose, **_held(held)}
        for channel in Channel
        for purpose in Purpose
        if (held := fold(events, Topic(channel, purpose), now)).events
    ]
    kinds = {"holds": HOLD, "releases": RELEASED, "erasures": ERASED, "exports": EXPORTED}
    book = {name: await asyncio.to_thread(_notes, desk, person, k) for name, k in kinds.items()}
    return {
        "consent_now": consent,
        "lists": [_list(tenant, *item) for item in lists.items()],
        **book,
    }


def _held(held: Any) -> dict[str, Any]:
    return {
        "basis": held.basis,
        "given_at": held.given_at,
        "expires": held.expires or held.expired_at,
        "ended_by": held.ended_by,
        "ended_at": held.ended_at,
    }


def _list(tenant: str, name: str, listing: Listing) -> dict[str, Any]:
    return {"tenant": tenant, "list": name, "answer": listing.answer, "version": listing.version}


def _notes(desk: RightsDesk, person: Known, kind: str) -> list[dict[str, Any]]:
    notes = desk.book.notes(person.tenant, kind, person.pseudonym)
    return [shown(note) for note in notes]


def shown(note: Note) -> dict[str, Any]:
    """A deed as people see it: without the ids of keys and pieces."""
    body = {k: v for k, v in note.body.items() if k not in ("keys", "pieces")}
    return {"id": note.id, "tenant": note.tenant, "at": note.at, **body}


def _members(values: Mapping[str, Any]) -> bytes:
    """The members of a JSON object, without its braces."""
    return msgspec.json.encode(values)[1:-1]


def _give_all(rows: Iterable[Mapping[str, Any]], give: Callable[[News], None]) -> None:
    comma = b"\n"
    for row in rows:
        give(comma + msgspec.json.encode(row))
        comma = b",\n"


@dataclass(slots=True)
class _Teller:
    """Tells of progress now and then."""

    give: Callable[[News], None]
    total: int
    done: int = 0
    told: int = 0

    def read(self, count: int) -> None:
        """So many bytes more were read."""
        self.done += count
        if self.done - self.told >= _TOLD:
            self.told = self.done
            self.give(Progress("read", self.done, max(self.total, self.done)))
