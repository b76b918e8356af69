"""What does a list say of a number, now or as of an earlier version, with its evidence?

Now, the store is asked as for a send. Of earlier, the copy of the version that was asked then
answers; a version that is no longer kept was not checked, whatever it may have said.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from gatekeeper.domain.facts import Listing
from gatekeeper.domain.words import ListAnswer, Purpose
from gatekeeper.errors import InputRejected
from gatekeeper.journal.scan import Scan
from gatekeeper.ledger.changes import LISTED
from gatekeeper.ledger.consent_input import canonical_number
from gatekeeper.ledger.list_versions import ListVersions
from gatekeeper.policy.lists import kept_by_person
from gatekeeper.store.contract import Answer, Ask, IdempotencyAsk, Person
from gatekeeper.store.copies import Copy
from gatekeeper.store.entries import HIT, NO, UNDATED, day_of
from gatekeeper.store.status import Swap

_SAID = {NO: ListAnswer.CLEAR, HIT: ListAnswer.HIT}


class Asks(Protocol):
    """What looking up lists needs of the store."""

    async def gather(self, ask: Ask) -> Answer:
        """The answers to one question; nothing is reserved in it."""


class Names(Protocol):
    """What looking up lists needs of the keyring."""

    def subject(self, tenant: str, address: str) -> bytes:
        """The store's name for a recipient."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a list says, and on what that rests."""

    answer: ListAnswer
    since: date | None = None
    version: str | None = None
    evidence: Swap | None = None
    """How that version came in: file, day, licence."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """Which version is asked: the one of this name or of this instant; now, if none is said."""

    version: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListAnswers:
    """Asks lists for evidence; `journal` is the folder of the records."""

    versions: ListVersions
    store: Asks
    names: Names
    journal: Path
    clock: Callable[[], datetime]

    async def ask(self, list_id: str, tenant: str | None, number: str, when: When) -> Told:
        """What a list says of a number; InputRejected if the number is none."""
        e164 = canonical_number(number)
        if when.at is not None and when.at > self.clock():
            raise InputRejected("nobody knows yet what a list will say")
        if when == When():
            return await self._now(list_id, tenant, e164)
        subject = self.names.subject(tenant or "", e164)
        by_hand = None
        if tenant is not None and when.at is not None:
            scan = (self.journal, tenant, list_id, when.at)
            by_hand = await asyncio.to_thread(_listed_by_hand, scan, subject)
        if by_hand or (kept_by_person(list_id) and tenant is not None):
            return _by_hand(by_hand, when)
        return await self._then(list_id, tenant, int(e164[1:]), when)

    async def _now(self, list_id: str, tenant: str | None, number: str) -> Told:
        person = Person(self.names.subject(tenant or "", number), number, (list_id,))
        ask = Ask(
            request="lists",
            tenant=tenant or "",
            now_ms=int(self.clock().timestamp() * 1000),
            purpose=Purpose.MARKETING,
            persons=(person,),
            buckets=(),
            idempotency=IdempotencyAsk(None, ""),
            reserve=False,
        )
        listing: Listing = (await self.store.gather(ask)).persons[0].listings[list_id]
        swaps = (await self.versions.history(list_id, None)) + (
            await self.versions.history(list_id, tenant) if tenant is not None else ()
        )
        evidence = next((s for s in reversed(swaps) if s.version == listing.version), None)
        return Told(listing.answer, listing.since, listing.version, evidence)

    async def _then(self, list_id: str, tenant: str | None, number: int, when: When) -> Told:
        swap = _asked_then(await self.versions.history(list_id, tenant), when)
        if swap is None:
            return Told(ListAnswer.NOT_CHECKED, detail="no such version was asked")
        copy = self.versions.copies.open(tenant, list_id, swap.version)
        if copy is None:
            gone = "that version is no longer kept: only its record is left"
            return Told(ListAnswer.NOT_CHECKED, None, swap.version, swap, gone)
        if await asyncio.to_thread(copy.digest) != swap.origin.content:
            changed = "the copy of that version was changed since its import"
            return Told(ListAnswer.ERROR, None, swap.version, swap, changed)
        answer, since, detail = await asyncio.to_thread(_of_copy, copy, number)
        return Told(answer, since, swap.version, swap, detail)


def _asked_then(history: tuple[Swap, ...], when: When) -> Swap | None:
    """The swap by which the version came in: by its name, or the last before the instant."""
    if when.version is not None:
        return next((swap for swap in history if swap.version == when.version), None)
    then = [s for s in history if _before(s.origin.imported_at, when.at)]
    return then[-1] if then else None


def _before(imported_at: datetime | None, at: datetime | None) -> bool:
    """Older gates did not tell when: their versions count as older than anything told."""
    return imported_at is None or at is None or imported_at <= at


def _of_copy(copy: Copy, number: int) -> tuple[ListAnswer, date | None, str]:
    if not str(number).startswith(copy.form.plan) or (
        copy.form.plan == "1" and len(str(number)) != 11
    ):
        return ListAnswer.NOT_CHECKED, None, "the list holds no numbers of that country"
    value = copy.find(number)
    if value is None:
        absent = ListAnswer.NOT_CHECKED if copy.form.partial else ListAnswer.CLEAR
        return absent, None, "not on it"
    day = value & UNDATED
    since = None if day == UNDATED else day_of(day)
    return _SAID.get(value >> 16, ListAnswer.NOT_CHECKED), since, "on it"


def _listed_by_hand(scan: tuple[Path, str, str, datetime], subject: bytes) -> bool | None:
    """Whether a person stood on a tenant's list, None if there was no such list by then."""
    folder, tenant, list_id, at = scan
    newest: tuple[int, bool] | None = None
    for words in ((subject.hex().encode(),), (f'"list":"{list_id}"'.encode(),)):
        for line in Scan(folder, words).lines():
            told = line.content if line.kind == LISTED and line.tenant == tenant else {}
            if told.get("list") != list_id or datetime.fromisoformat(line.at) > at:
                continue
            if told["subject"] != subject.hex():
                return False
            newest = max(newest or (0, False), (told["n"], told["listed"]))
        if newest is not None:
            return newest[1]
    return None


def _by_hand(listed: bool | None, when: When) -> Told:
    if when.version is not None:
        raise InputRejected("the tenant keeps this list person by person: ask with --at")
    if listed is None:
        return Told(ListAnswer.NOT_CHECKED, detail="nobody stood on such a list then")
    answer = ListAnswer.HIT if listed else ListAnswer.CLEAR
    return Told(answer, None, "own", None, "as the journal tells")
