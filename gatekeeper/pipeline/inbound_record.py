"""How does a person's word become binding? Recorded first, applied second, then acknowledged.

Nothing is answered to the provider before the journal and the store have confirmed; if either is
away, the provider hears an error and tells it again. The text is not kept: a keyed commitment
stands in the journal, so that who holds the message can prove that it was this one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from time import perf_counter
from typing import Any, Protocol

from gatekeeper.domain.consent import ENDINGS, ConsentEvent
from gatekeeper.domain.registry import Caller
from gatekeeper.domain.reply import ReplyKind, ReplyReading
from gatekeeper.domain.words import WINDOWED
from gatekeeper.ledger.changes import Entry, consent_entry, heard_entry
from gatekeeper.numbering.parse import read
from gatekeeper.pipeline.addresses import WITHOUT_NUMBER
from gatekeeper.pipeline.inbound_will import Addressee, Word, follow
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.providers.webhook import InboundEvent, Meaning

INBOUND, REVIEW = "inbound", "review"
"""Kinds of journal records: a word that was heard, and one that a person should look at."""
REMEMBERED = 16
"""Hex digits of an event's id by which the store remembers one that it no longer keeps."""


RECENT = 4096
"""So many requests for help are known again, the newest."""


class Commits(Protocol):
    """What recording needs of the ledger and its store."""

    async def commit(self, entries: Sequence[Entry]) -> None:
        """Durable and applied on return; DependencyUnavailable if that is not sure."""

    async def events_of(self, subject: bytes) -> tuple[ConsentEvent, ...]:
        """A person's kept events, newest first."""

    async def dropped(self, subject: bytes) -> frozenset[str]:
        """The first digits of the ids of events that were applied and are kept no longer."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One event with how it was read, and what of it is on record now."""

    event: InboundEvent
    to: Addressee
    reading: ReplyReading
    subject: bytes
    at: datetime
    recorded: tuple[ConsentEvent, ...] = ()
    again: bool = False
    """It was on record before: nothing was written."""


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes what people say of their own will, from whichever way it arrives."""

    rooms: Rooms
    books: Commits
    _asked: OrderedDict[str, None] = field(default_factory=OrderedDict, repr=False)
    """Messages that asked for help: nothing of them is in the store, so they are known by this."""

    async def hear(self, caller: Caller, word: Word, to: Addressee, way: str) -> Heard:
        """Record one word and return once it binds; the same word twice is recorded once."""
        began, at = perf_counter(), self.rooms.clock()
        at = min(at, word.event.at or at)
        key = person_key(word.event)
        subject = self.rooms.keys.subject(to.tenant.id, key)
        heard = Heard(word.event, to, word.reading, subject, at)
        if windows := list(_windows(word, to, subject, at)):
            await self.books.commit(windows)
        if _says_nothing(word):
            return heard
        history = await self.books.events_of(subject)
        events = follow(word, to, history, at)
        if await self._known(word, subject, history, events):
            return Heard(word.event, to, word.reading, subject, at, again=True)
        body = self._body(caller, word, to, events)
        await self.rooms.journal.append(INBOUND, word.event.id, to.tenant.id, body)
        if events and not word.reading.certain:
            await self.rooms.journal.append(
                REVIEW, events[-1].id, to.tenant.id, body | {"subject": subject.hex()}
            )
        if events:
            entries = [consent_entry(to.tenant.id, subject, event) for event in events]
            await self.books.commit(entries)
        if any(event.act in ENDINGS for event in events):
            self.rooms.watch.bound(way, perf_counter() - began)
        return Heard(word.event, to, word.reading, subject, at, events)

    async def _known(
        self,
        word: Word,
        subject: bytes,
        history: Sequence[ConsentEvent],
        events: Sequence[ConsentEvent],
    ) -> bool:
        """Whether the word is on record: its mark is kept, or was and is remembered."""
        if not events:
            return self._asked_before(f"{word.provider}:{word.account}:{word.event.id}")
        marker = events[-1].id
        if any(event.id == marker for event in history):
            return True
        return marker[:REMEMBERED] in await self.books.dropped(subject)

    def _asked_before(self, message: str) -> bool:
        """Recently, that is: a request for help that is recorded twice does no harm."""
        if message in self._asked:
            return True
        self._asked[message] = None
        if len(self._asked) > RECENT:
            self._asked.popitem(last=False)
        return False

    def _body(
        self, caller: Caller, word: Word, to: Addressee, events: Sequence[ConsentEvent]
    ) -> dict[str, Any]:
        event, reading, tenant = word.event, word.reading, to.tenant.id
        keys = self.rooms.keys
        return {
            "application": caller.application.id,
            "provider": word.provider,
            "message": event.id,
            "channel": event.channel,
            "meaning": event.meaning,
            "code": event.code,
            "pseudonym": keys.pseudonym(tenant, person_key(event)),
            "sender": {"pseudonym": keys.pseudonym(tenant, to.sender)},
            "said": reading.kind,
            "certain": reading.certain,
            "rule": reading.rule,
            "language": reading.language,
            "commitment": commitment(keys, tenant, event.text) if event.text else None,
            "consents": [each.id for each in events],
        }


class Pseudonyms(Protocol):
    """What a commitment needs of the keyring."""

    def pseudonym(self, tenant: str, value: str) -> str:
        """The journal's name for a value."""


def commitment(keys: Pseudonyms, tenant: str, text: str) -> str:
    """Binds the journal to a text that only the keyring's holder can check, and nobody can read."""
    return keys.pseudonym(tenant, "text:" + sha256(text.encode("utf-8", "replace")).hexdigest())


def person_key(event: InboundEvent) -> str:
    """The canonical address of the person, as a send to them would name it."""
    if event.person.kind in WITHOUT_NUMBER:
        return event.person.value
    number = read(event.person.value).number
    return number.e164 if number is not None else event.person.value


def _windows(word: Word, to: Addressee, subject: bytes, at: datetime) -> Iterator[Entry]:
    """That the person wrote: one who did may be answered for a while, on some channels."""
    event = word.event
    opens = event.meaning is Meaning.MESSAGE and event.channel in WINDOWED and not event.weak
    for sender in (to.names or (to.sender,)) if opens else ():
        yield heard_entry(to.tenant.id, subject, sender, at, event.id)


def _says_nothing(word: Word) -> bool:
    if word.event.meaning is Meaning.OTHER:
        return True
    return word.event.meaning is Meaning.MESSAGE and word.reading.kind is ReplyKind.NONE
