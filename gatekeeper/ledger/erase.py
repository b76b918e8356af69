"""How are a person's data erased?

The key of the person's evidence is destroyed and what was granted is ended. What protects the
person stays: opt-outs and deny lists, as keyed hashes. The journal's record comes before the
deed: a crash in between is made good at the next start.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gatekeeper.domain.consent import ENDINGS, Basis, ConsentEvent
from gatekeeper.domain.facts import Listing
from gatekeeper.domain.words import ListAnswer
from gatekeeper.errors import InputRejected
from gatekeeper.journal.scan import Scan
from gatekeeper.journal.sealed import Kept
from gatekeeper.ledger.changes import CONSENT, Entry, consent_entry, listed_entry
from gatekeeper.ledger.erasure import ending
from gatekeeper.ledger.holds import in_force
from gatekeeper.ledger.listings import is_allow, standing
from gatekeeper.ledger.rights_book import ERASED, Note
from gatekeeper.ledger.rights_desk import Known, RightsDesk, Why
from gatekeeper.vault.personkeys import key_of

_BASIS = re.compile(r"[a-z0-9][a-z0-9.()-]{0,39}")


@dataclass(frozen=True, slots=True)
class _Found:
    """What there is of a person before the erasure."""

    events: Sequence[ConsentEvent]
    lists: Mapping[str, Listing]
    holds: Sequence[Note]
    evidence: Sequence[Kept]
    old: Sequence[Kept]
    """Evidence that was sealed before persons had keys."""
    key: str | None


async def erase(desk: RightsDesk, person: Known, why: Why, basis: str | None = None) -> Note:
    """Erase what may be erased; the note says what was done, what was kept, and why.

    `complete` in it is false if a legal hold kept the evidence.
    """
    if basis is not None and not _BASIS.fullmatch(basis):
        raise InputRejected("`basis` is a word such as gdpr-17 or ccpa")
    async with desk.turn:
        found = await _found(desk, person)
        await desk.ledger.commit(desk.store, list(_endings(desk, person, found)))
        body = _body(person, found, why, basis)
        note = await desk.note(ERASED, desk.new_id(), person.tenant, body)
        await asyncio.to_thread(_destroy, desk, person, body)
    return note


async def _found(desk: RightsDesk, person: Known) -> _Found:
    events = await desk.store.events_of(person.owner.subject)
    lists = await standing(desk.store, person.owner, person.number, desk.clock())
    holds = await in_force(desk, person.tenant, person)
    key = await asyncio.to_thread(desk.keys.id_of, person.owner)
    evidence, old = await asyncio.to_thread(_evidence, desk, person, key)
    return _Found(events, lists, holds, evidence, old, key)


def _evidence(desk: RightsDesk, person: Known, key: str | None) -> tuple[list[Kept], list[Kept]]:
    """All evidence of the person that can be read, and what of it no key of its own protects."""
    word = person.owner.subject.hex().encode()
    kept: dict[Kept, None] = {}
    for line in Scan(desk.folder, [word]).lines():
        digest = line.content.get("evidence") if line.kind == CONSENT else None
        if digest is not None and line.tenant == person.tenant:
            kept[Kept(line.id, digest)] = None
    found = desk.sealed.find(kept)
    sealed = {name: key_of(blob.sealed) for name, blob in found}
    readable = [name for name, under in sealed.items() if under in (None, key)]
    return readable, [name for name in readable if sealed[name] is None]


def _endings(desk: RightsDesk, person: Known, found: _Found) -> Iterator[Entry]:
    subject = person.owner.subject
    yield consent_entry(person.tenant, subject, ending(subject, found.events, desk.clock()))
    for list_id in _hits(found):
        if is_allow(list_id):
            yield listed_entry(person.tenant, list_id, subject, listed=False)


def _hits(found: _Found) -> list[str]:
    return [name for name, told in found.lists.items() if told.answer is ListAnswer.HIT]


def _body(person: Known, found: _Found, why: Why, basis: str | None) -> dict[str, Any]:
    held = bool(found.holds)
    return {
        "pseudonym": person.pseudonym,
        "reason": why.reason,
        "basis": basis,
        "by": why.by,
        "complete": not held,
        "keys": [found.key] if found.key and not held else [],
        "pieces": [] if held else [list(kept) for kept in found.old],
        "erased": _erased(found, held=held),
        "kept": [{"what": what, "why": reason} for what, reason in _kept(found)],
    }


def _erased(found: _Found, *, held: bool) -> dict[str, Any]:
    return {
        "evidence": 0 if held else len(found.evidence),
        "grants": sum(event.basis is not Basis.NONE for event in found.events),
        "lists": [name for name in _hits(found) if is_allow(name)],
    }


def _kept(found: _Found) -> Iterator[tuple[str, str]]:
    for note in found.holds:
        whole = "" if note.pseudonym else " on the whole tenant"
        yield "evidence", f"legal hold {note.id}{whole}"
    for act in dict.fromkeys(e.act for e in found.events if e.act in ENDINGS):
        yield act, "a keyed hash keeps this person from being messaged again"
    for name in _hits(found):
        if not is_allow(name):
            yield f"list {name}", "a keyed hash keeps this person from being messaged again"
    yield "records", "the audit log knows the person only by a keyed hash"


def _destroy(desk: RightsDesk, person: Known, body: Mapping[str, Any]) -> None:
    for key in body["keys"]:
        desk.keys.destroy(person.owner, key)
    if body["pieces"]:
        desk.sealed.scrub([Kept(*piece) for piece in body["pieces"]])
