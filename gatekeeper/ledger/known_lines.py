"""Which lines of a file say something new, and which were recorded before?

A file that is imported twice changes nothing the second time, and a line that stands in it twice
counts once. What may not stand beside the person's history is a bad line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Protocol

from msgspec.structs import replace as changed

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.admission import admit
from gatekeeper.ledger.changes import Entry
from gatekeeper.ledger.consent_lines import GoodLine
from gatekeeper.ledger.erasure import erased_at
from gatekeeper.ledger.import_words import BadLine
from gatekeeper.store.changes import ConsentChange
from gatekeeper.store.events import History


class Remembers(Protocol):
    """What it needs of the store."""

    async def histories(self, subjects: Sequence[bytes]) -> list[History]:
        """What is kept of many persons, in their order."""


@dataclass(slots=True)
class Sifted:
    """A batch of lines, sifted."""

    fresh: list[GoodLine] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)
    known: int = 0
    """How many lines say what is on record already."""


async def sift(store: Remembers, lines: Sequence[GoodLine]) -> Sifted:
    """Sift a batch by what is on record of its people now."""
    subjects = [line.subject for line in lines]
    histories = await _histories(store, subjects)
    sifted, seen = Sifted(), set[str]()
    for line, subject in zip(lines, subjects, strict=True):
        told = _again(line, histories[subject])
        if told is None or told.event.id in seen:
            sifted.known += 1
            continue
        try:
            admit(told.event, histories[subject].events)
        except InputRejected as error:
            sifted.bad.append(BadLine(line.line, str(error)))
            continue
        seen.add(told.event.id)
        sifted.fresh.append(_bare(told, histories[subject].events))
    return sifted


async def unknown(store: Remembers, entries: Sequence[Entry]) -> list[Entry]:
    """The changes that the store does not have yet, each once; other kinds always."""
    subjects = [e.change.subject for e in entries if isinstance(e.change, ConsentChange)]
    return list(_once_each(entries, await _histories(store, subjects)))


def _once_each(entries: Iterable[Entry], histories: Mapping[bytes, History]) -> Iterator[Entry]:
    seen = set[str]()
    for entry in entries:
        if not isinstance(entry.change, ConsentChange):
            yield entry
        elif entry.id not in seen and not histories[entry.change.subject].has(entry.id):
            seen.add(entry.id)
            yield entry


async def _histories(store: Remembers, subjects: Iterable[bytes]) -> dict[bytes, History]:
    people = list(dict.fromkeys(subjects))
    return dict(zip(people, await store.histories(people), strict=True)) if people else {}


def _again(line: GoodLine, history: History) -> GoodLine | None:
    """The line as it is to be recorded; None if that was done before.

    A line without a time that ends consent says so anew whenever something was granted since.
    """
    if not history.has(line.event.id):
        return line
    if line.dated or not _ends(line.event):
        return None
    told = max((e.at for e in history.events if e.id == line.event.id), default=None)
    if told and not any(_grants(event) and event.at > told for event in history.events):
        return None
    name = f"{line.event.id} {line.event.at.isoformat()}"
    return replace(line, event=changed(line.event, id=sha256(name.encode()).hexdigest()[:24]))


def _bare(line: GoodLine, events: Sequence[ConsentEvent]) -> GoodLine:
    """Without its evidence, if that is of before the person's data were erased."""
    erased = erased_at(events) if line.evidence is not None else None
    if erased is None or line.event.at > erased:
        return line
    return replace(line, event=changed(line.event, evidence=False), evidence=None)


def _ends(event: ConsentEvent) -> bool:
    return event.basis is Basis.NONE and event.act is not ConsentAct.EVIDENCE


def _grants(event: ConsentEvent) -> bool:
    return event.basis is not Basis.NONE or event.act is ConsentAct.RESTART
