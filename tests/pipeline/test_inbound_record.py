"""Is a word recorded before it is acknowledged, once, and without its text?"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from gatekeeper.domain.consent import ConsentAct, ConsentEvent
from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.registry import Caller, Tenant
from gatekeeper.domain.reply import ReplyKind, ReplyReading
from gatekeeper.domain.words import Channel
from gatekeeper.errors import DependencyUnavailable
from gatekeeper.ledger.changes import Entry
from gatekeeper.pipeline import inbound_record
from gatekeeper.pipeline.inbound_record import Recorder, commitment, person_key
from gatekeeper.pipeline.inbound_will import Addressee, Word
from gatekeeper.providers.webhook import InboundEvent, Meaning
from gatekeeper.proxy.books import Books
from tests.store.asks import person, question
from tests.support.acme import ANA, NEWS, TENANT
from tests.support.gate import WORD, Stand
from tests.support.spine import CALLER, rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")

TO = Addressee(Tenant(TENANT, "Acme"), NEWS)
STOP = ReplyReading(ReplyKind.STOP, True, "en.stop", "en")
MAYBE = ReplyReading(ReplyKind.STOP, False, "en.perhaps", "en")


def word(reading: ReplyReading = STOP, **more: Any) -> Word:
    said: dict[str, Any] = {
        "id": "SM" + secrets.token_hex(16),
        "meaning": Meaning.MESSAGE,
        "channel": Channel.SMS,
        "person": Address(AddressKind.PHONE, f"+1212220{secrets.randbelow(9000) + 1000}", "From"),
        "senders": (Address(AddressKind.PHONE, NEWS, "To"),),
        "text": f"stop {WORD}",
    }
    return Word(InboundEvent(**(said | more)), reading, "twilio", "AC1")


def recorder(stand: Stand, **changes: Any) -> Recorder:
    ground = stand.gate.ground
    return Recorder(rooms(stand, **changes), Books(ground.ledger, ground.store))


async def test_a_stop_is_in_the_journal_and_in_the_store_when_it_returns(acme: Stand) -> None:
    said = word()
    heard = await recorder(acme).hear(CALLER, said, TO, "webhook")
    (event,) = heard.recorded
    record = next(each for each in acme.records("inbound") if each.id == said.event.id)
    assert record.content["consents"] == [event.id]
    assert record.content["rule"] == "en.stop"
    assert event.id in {each.id for each in acme.records("consent")}
    assert event in await acme.gate.ground.store.events_of(heard.subject)


async def test_the_same_word_twice_is_recorded_once(acme: Stand) -> None:
    said, records = word(), recorder(acme)
    first = await records.hear(CALLER, said, TO, "webhook")
    again = await records.hear(CALLER, said, TO, "webhook")
    assert (len(first.recorded), again.recorded, again.again) == (1, (), True)
    assert len([each for each in acme.records("inbound") if each.id == said.event.id]) == 1


async def test_the_same_word_twice_at_once_is_one_event(acme: Stand) -> None:
    said, records = word(), recorder(acme)
    pair = [records.hear(CALLER, said, TO, "webhook") for _ in range(2)]
    heard = await asyncio.gather(*pair)
    kept = await acme.gate.ground.store.events_of(heard[0].subject)
    assert len(kept) == 1


async def test_a_request_for_help_is_recorded_and_changes_nothing(acme: Stand) -> None:
    said, records = word(ReplyReading(ReplyKind.HELP, True, "en.help", "en")), recorder(acme)
    heard = [await records.hear(CALLER, said, TO, "webhook") for _ in range(2)]
    assert [(each.recorded, each.again) for each in heard] == [((), False), ((), True)]
    (record,) = [each for each in acme.records("inbound") if each.id == said.event.id]
    assert (record.content["said"], record.content["consents"]) == ("help", [])
    assert await acme.gate.ground.store.events_of(heard[0].subject) == ()


async def test_only_the_newest_requests_for_help_are_known_again(
    acme: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbound_record, "RECENT", 1)
    records, help_ = recorder(acme), ReplyReading(ReplyKind.HELP, True, "en.help", "en")
    first, second = word(help_), word(help_)
    for said, again in ((first, False), (second, False), (second, True), (first, False)):
        assert (await records.hear(CALLER, said, TO, "webhook")).again is again


async def test_a_doubtful_word_is_for_a_person_to_look_at(acme: Stand) -> None:
    said = word(MAYBE)
    heard = await recorder(acme).hear(CALLER, said, TO, "webhook")
    (review,) = [each for each in acme.records("review") if each.id == heard.recorded[0].id]
    assert review.content["message"] == said.event.id
    assert review.content["subject"] == heard.subject.hex()


async def test_what_says_nothing_is_not_recorded(acme: Stand) -> None:
    for said in (word(ReplyReading()), word(STOP, meaning=Meaning.OTHER)):
        heard = await recorder(acme).hear(CALLER, said, TO, "webhook")
        assert heard.recorded == ()
        assert said.event.id not in {each.id for each in acme.records("inbound")}


@dataclass
class Away:
    """A ledger whose store is away."""

    asked: list[Sequence[Entry]] = field(default_factory=list)

    async def commit(self, entries: Sequence[Entry]) -> None:
        self.asked.append(entries)
        raise DependencyUnavailable("store", "away")

    async def events_of(self, _subject: bytes) -> tuple[ConsentEvent, ...]:
        return ()

    async def dropped(self, _subject: bytes) -> frozenset[str]:
        return frozenset()


async def test_nothing_is_acknowledged_while_the_ledger_is_away(acme: Stand) -> None:
    away = Away()
    records = Recorder(rooms(acme), away)
    with pytest.raises(DependencyUnavailable):
        await records.hear(CALLER, word(), TO, "webhook")
    assert len(away.asked) == 1


class Forgetful(Away):
    """A store that has dropped every event of the past."""

    async def commit(self, entries: Sequence[Entry]) -> None:
        self.asked.append(entries)

    async def dropped(self, _subject: bytes) -> frozenset[str]:
        return frozenset(entry.id[:16] for entries in self.asked for entry in entries)


async def test_what_was_dropped_from_the_history_is_known_all_the_same(acme: Stand) -> None:
    books, said = Forgetful(), word()
    records = Recorder(rooms(acme), books)
    await records.hear(CALLER, said, TO, "webhook")
    assert (await records.hear(CALLER, said, TO, "webhook")).again
    assert len(books.asked) == 1


async def test_a_time_that_the_provider_signs_counts_unless_it_lies_ahead(acme: Stand) -> None:
    now = acme.gate.ground.consent.clock()
    past, ahead = now.replace(year=now.year - 1), now.replace(year=now.year + 1)
    heard = await recorder(acme).hear(CALLER, word(at=past), TO, "webhook")
    assert heard.recorded[0].at == past
    heard = await recorder(acme).hear(CALLER, word(at=ahead), TO, "webhook")
    assert now <= heard.recorded[0].at < ahead


def _event(value: str, kind: AddressKind = AddressKind.PHONE) -> InboundEvent:
    return word(person=Address(kind, value, "From")).event


async def test_a_person_is_named_as_a_send_would(acme: Stand) -> None:
    assert person_key(_event("+1 (212) 200-0211")) == ANA
    assert person_key(_event("1234567890123456", AddressKind.PSID)) == "1234567890123456"
    assert person_key(_event("short")) == "short"


async def test_a_commitment_is_the_tenants_own(acme: Stand) -> None:
    keys = acme.gate.ground.keyring
    made = commitment(keys, TENANT, "STOP")
    assert made == commitment(keys, TENANT, "STOP")
    assert made != commitment(keys, "rival", "STOP")
    assert made != commitment(keys, TENANT, "stop")


async def test_an_opt_out_from_each_way_is_counted_by_its_way(acme: Stand) -> None:
    said = word(ReplyReading(), meaning=Meaning.OPTED_OUT)
    heard = await recorder(acme).hear(Caller(CALLER.application, CALLER.tenant), said, TO, "pull")
    assert heard.recorded[0].act is ConsentAct.OPT_OUT
    assert 'gatekeeper_opt_out_lag_seconds_count{way="pull"} 1.0' in await acme.metrics()


async def test_who_writes_on_whatsapp_may_be_answered_by_every_name_of_the_sender(
    acme: Stand,
) -> None:
    names = ("whatsapp:+13122000203", "whatsapp:106540352242922")
    said = word(ReplyReading(), channel=Channel.WHATSAPP, text="hello")
    to = Addressee(Tenant(TENANT, "Acme"), names[0], names=names)
    for _ in range(2):
        heard = await recorder(acme).hear(CALLER, said, to, "webhook")
    assert heard.recorded == ()
    store = acme.gate.ground.store
    for name in (*names, "whatsapp:+13122000299"):
        answer = await store.gather(question(person(heard.subject), heard_by=name, reserve=False))
        assert (answer.persons[0].heard_at is not None) is (name in names)
    assert {each.content["sender"] for each in acme.records("heard")} >= set(names)


@pytest.mark.parametrize(
    "more",
    [
        {"channel": Channel.SMS},
        {"channel": Channel.WHATSAPP, "meaning": Meaning.OTHER},
        {"channel": Channel.WHATSAPP, "weak": True},
    ],
)
async def test_nothing_else_opens_a_window(acme: Stand, more: dict[str, Any]) -> None:
    said = word(ReplyReading(), **more)
    await recorder(acme).hear(CALLER, said, TO, "webhook")
    assert said.event.id not in {each.id for each in acme.records("heard")}


async def test_an_id_that_looks_like_a_number_is_none() -> None:
    event = word(person=Address(AddressKind.PSID, "2122000211", "sender")).event
    assert person_key(event) == "2122000211"
