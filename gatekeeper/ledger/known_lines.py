"""Which lines of a file say something new, and which were recorded before?

A file that is imported twice changes nothing the second time, and a line that stands in it twice
counts once. What may not stand beside the person's history is a bad line.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Protocol

from msgspec.structs import replace as changed

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.admission import admit
from gatekeeper.ledger.changes import Entry
from gatekeeper.ledger.consent import ConsentDesk
from gatekeeper.ledger.consent_lines import GoodLine
from gatekeeper.ledger.erasure import erased_at
from gatekeeper.ledger.import_words import BadLine
from gatekeeper.store.changes import ConsentChange

History = Sequence[ConsentEvent]


class Remembers(Protocol):
    """What it needs of the store."""

    async def events_of(self, subject: bytes) -> tuple[ConsentEvent, ...]:
        """A person's kept events, newest first."""


@dataclass(slots=True)
class Sifted:
    """A batch of lines, sifted."""

    fresh: list[GoodLine] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)
    known: int = 0
    """How many lines say what is on record already."""


async def sift(desk: ConsentDesk, tenant: str, lines: Sequence[GoodLine]) -> Sifted:
    """Sift a batch by what is on record of its people now."""
    subjects = [desk.names.subject(tenant, line.number) for line in lines]
    histories = await _histories(desk.store, subjects)
    sifted, seen = Sifted(), set[str]()
    for line, subject in zip(lines, subjects, strict=True):
        told = _again(line, histories[subject])
        if told is None or told.event.id in seen:
            sifted.known += 1
            continue
        try:
            admit(told.event, histories[subject])
        except InputRejected as error:
            sifted.bad.append(BadLine(line.line, str(error)))
            continue
        seen.add(told.event.id)
        sifted.fresh.append(_bare(told, histories[subject]))
    return sifted


async def unknown(store: Remembers, entries: Sequence[Entry]) -> list[Entry]:
    """The changes that the store does not have yet, each once; other kinds always."""
    subjects = [e.change.subject for e in entries if isinstance(e.change, ConsentChange)]
    histories = await _histories(store, subjects)
    known = {event.id for history in histories.values() for event in history}
    return list(_once_each(entries, known))


def _once_each(entries: Iterable[Entry], known: set[str]) -> Iterator[Entry]:
    for entry in entries:
        if not isinstance(entry.change, ConsentChange):
            yield entry
        elif entry.id not in known:
            known.add(entry.id)
            yield entry


async def _histories(store: Remembers, subjects: Iterable[bytes]) -> dict[bytes, History]:
    people = list(dict.fromkeys(subjects))
    told = await asyncio.gather(*map(store.events_of, people))
    return dict(zip(people, told, strict=True))


def _again(line: GoodLine, history: History) -> GoodLine | None:
    """The line as it is to be recorded; None if that was done before.

    A line without a time that ends consent says so anew whenever something was granted since.
    """
    known = next((event for event in history if event.id == line.event.id), None)
    if known is None:
        return line
    if line.dated or not _ends(line.event):
        return None
    if not any(_grants(event) and event.at > known.at for event in history):
        return None
    name = f"{line.event.id} {line.event.at.isoformat()}"
    return replace(line, event=changed(line.event, id=sha256(name.encode()).hexdigest()[:24]))


def _bare(line: GoodLine, history: History) -> GoodLine:
    """Without its evidence, if that is of before the person's data were erased."""
    erased = erased_at(history)
    if erased is None or line.event.at > erased or line.evidence is None:
        return line
    return replace(line, event=changed(line.event, evidence=False), evidence=None)


def _ends(event: ConsentEvent) -> bool:
    return event.basis is Basis.NONE and event.act is not ConsentAct.EVIDENCE


def _grants(event: ConsentEvent) -> bool:
    return event.basis is not Basis.NONE or event.act is ConsentAct.RESTART
