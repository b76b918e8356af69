"""What follows from a word: how wide a STOP is, what a START gives back, and never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent, Scope, Topic
from gatekeeper.domain.fold import fold
from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.registry import Brand, Campaign, Revocation, Tenant
from gatekeeper.domain.reply import ReplyKind, ReplyReading
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.pipeline.inbound_will import (
    Addressee,
    Word,
    follow,
    reading_of,
    widened,
)
from gatekeeper.providers.webhook import InboundEvent, Meaning

T0 = datetime(2026, 11, 20, 12, tzinfo=UTC)
MARKETING, NEWS = Purpose.MARKETING, Purpose.INFORMATIONAL
OFFERS = Campaign("offers", "acme", (MARKETING,), brand="a")
BOTH = Campaign("both", "acme", (MARKETING, NEWS), brand="a")
OTHER = Campaign("other", "acme", (MARKETING,), brand="b")
STOP = ReplyReading(ReplyKind.STOP, True, "en.stop", "en")
START = ReplyReading(ReplyKind.START, True, "en.start", "en")
MAYBE = ReplyReading(ReplyKind.STOP, False, "en.perhaps", "en")


def to(campaign: Campaign | None = OFFERS, width: Revocation = Revocation.ALL) -> Addressee:
    brand = Brand("a", "acme", "Acme Shoes") if campaign and campaign.brand == "a" else None
    return Addressee(Tenant("acme", "Acme"), "+13122000200", campaign, brand, width)


def word(
    reading: ReplyReading = STOP, number: int = 1, meaning: Meaning = Meaning.MESSAGE, **more: Any
) -> Word:
    event = InboundEvent(
        id=f"SM{number}",
        meaning=meaning,
        channel=Channel.SMS,
        person=Address(AddressKind.PHONE, "+12122000111", "From"),
        senders=(Address(AddressKind.PHONE, "+13122000200", "To"),),
        **more,
    )
    return Word(event, reading, "twilio", "AC1")


def at(minutes: int) -> datetime:
    return T0 + timedelta(minutes=minutes)


def opted_in(minutes: int = 0, **more: object) -> ConsentEvent:
    return ConsentEvent("in", ConsentAct.OPT_IN, at(minutes), Basis.EXPRESS_WRITTEN, **more)  # type: ignore[arg-type]


def holds(history: list[ConsentEvent], campaign: Campaign, minutes: int = 60) -> bool:
    topic = Topic(Channel.SMS, campaign.purposes[0], campaign.id, campaign.brand)
    return fold(history, topic, at(minutes)).basis is not Basis.NONE


@pytest.mark.parametrize(
    ("campaign", "width", "scope"),
    [
        (OFFERS, Revocation.ALL, Scope()),
        (OFFERS, Revocation.BRAND, Scope(brand="a")),
        (OFFERS, Revocation.PURPOSE, Scope(purpose=MARKETING, brand="a")),
        (BOTH, Revocation.PURPOSE, Scope(brand="a")),
        (None, Revocation.PURPOSE, Scope()),
        (replace(OFFERS, brand=None), Revocation.BRAND, Scope()),
    ],
)
def test_a_stop_is_as_wide_as_it_is_taken_and_what_is_not_known_widens_it(
    campaign: Campaign | None, width: Revocation, scope: Scope
) -> None:
    (event,) = follow(word(), to(campaign, width), (), T0)
    assert (event.act, event.scope, event.at) == (ConsentAct.OPT_OUT, scope, T0)


def test_a_doubtful_stop_ends_marketing_alone() -> None:
    (event,) = follow(word(MAYBE), to(), (), T0)
    assert (event.act, event.scope) == (ConsentAct.OPT_OUT, Scope(purpose=MARKETING))


def test_a_wrong_number_is_told_as_one() -> None:
    reading = ReplyReading(ReplyKind.STOP, True, "es.wrong_number", "es")
    (event,) = follow(word(reading), to(), (), T0)
    assert (event.act, event.scope) == (ConsentAct.WRONG_NUMBER, Scope())


def test_the_law_of_the_day_only_widens() -> None:
    narrow = replace(to(), revocation=Revocation.PURPOSE)
    assert widened(narrow, Revocation.PURPOSE).revocation is Revocation.PURPOSE
    assert widened(narrow, Revocation.ALL).revocation is Revocation.ALL
    assert widened(to(), Revocation.PURPOSE).revocation is Revocation.ALL


def test_the_providers_word_stands_beside_the_text() -> None:
    none, held = ReplyReading(), word(said=ReplyKind.STOP).event
    assert reading_of(held, none).kind is ReplyKind.STOP
    asked = word(said=ReplyKind.START).event
    assert reading_of(asked, STOP) is STOP, "a certain STOP in the text wins"
    assert reading_of(asked, MAYBE).kind is ReplyKind.START
    assert reading_of(word().event, MAYBE) is MAYBE


def test_a_start_restores_the_scope_that_was_left_and_no_more() -> None:
    """The person left brand A, then brand B; a START to brand A's number brings back A alone."""
    history = [opted_in()]
    history += follow(word(number=1), to(OFFERS, Revocation.BRAND), history, at(1))
    history += follow(word(number=2), to(OTHER, Revocation.BRAND), history, at(2))
    assert not holds(history, OFFERS) and not holds(history, OTHER)
    history += follow(word(START, 3), to(OFFERS), history, at(3))
    assert history[-1].act is ConsentAct.RESTART
    assert history[-1].scope == Scope(brand="a")
    assert holds(history, OFFERS) and not holds(history, OTHER)


def test_a_start_with_nothing_left_restores_nothing_and_grants_nothing() -> None:
    (event,) = follow(word(START), to(), (), T0)
    assert event.act is ConsentAct.EVIDENCE
    assert not holds([event], OFFERS)
    older = ConsentEvent("out", ConsentAct.OPT_OUT, at(-5))
    assert not holds([opted_in(-9), older, event], OFFERS), "also beside what is told later"


def test_a_doubtful_start_restores_nothing() -> None:
    history = [opted_in(), *follow(word(), to(), (), at(1))]
    (event,) = follow(word(replace_certain(START), 2), to(), history, at(2))
    assert event.act is ConsentAct.EVIDENCE


def replace_certain(reading: ReplyReading) -> ReplyReading:
    return ReplyReading(reading.kind, False, reading.rule, reading.language)


def test_a_start_under_a_weak_signature_gives_nothing_but_a_stop_takes() -> None:
    left = follow(word(), to(), (), at(0))
    (event,) = follow(word(START, 2, weak=True), to(), left, at(10))
    assert event.act is ConsentAct.EVIDENCE
    pending = (opted_in(pending=True),)
    (event,) = follow(word(START, 2, weak=True), to(), pending, at(10))
    assert event.act is ConsentAct.EVIDENCE
    (event,) = follow(word(STOP, 3, weak=True), to(), (), at(10))
    assert event.act is ConsentAct.OPT_OUT


def test_a_start_confirms_a_pending_opt_in() -> None:
    history = [opted_in(pending=True)]
    assert not holds(history, OFFERS)
    history += follow(word(START), to(), history, at(1))
    assert [event.act for event in history[1:]] == [ConsentAct.CONFIRMATION, ConsentAct.EVIDENCE]
    assert holds(history, OFFERS)


def test_a_start_confirms_no_opt_in_that_the_person_left_since() -> None:
    history = [opted_in(pending=True)]
    history += follow(word(number=1), to(), history, at(1))
    history += follow(word(START, 2), to(), history, at(2))
    assert [event.act for event in history[1:]] == [ConsentAct.OPT_OUT, ConsentAct.RESTART]
    assert not holds(history, OFFERS)


def test_a_delivery_error_that_means_opted_out_is_one() -> None:
    (event,) = follow(word(ReplyReading(), meaning=Meaning.OPTED_OUT), to(), (), T0)
    assert (event.act, event.source) == (ConsentAct.OPT_OUT, "provider")
    (event,) = follow(word(ReplyReading(), meaning=Meaning.REASSIGNED), to(), (), T0)
    assert event.act is ConsentAct.REASSIGNED
    assert follow(word(ReplyReading(), meaning=Meaning.OTHER), to(), (), T0) == ()
    assert follow(word(ReplyReading()), to(), (), T0) == ()


def test_the_same_message_is_the_same_event_whenever_it_is_told() -> None:
    (first,), (again,) = (follow(word(), to(), (), when) for when in (at(0), at(9)))
    assert first.id == again.id
    assert follow(word(number=2), to(), (), T0)[0].id != first.id
    other = replace(to(), tenant=Tenant("rival", "Rival"))
    assert follow(word(), other, (), T0)[0].id != first.id, "tenants have nothing in common"


def test_whatever_a_start_does_its_mark_is_the_same() -> None:
    """Told again after a later STOP it would restore, but the mark says that it was heard."""
    bare = follow(word(START), to(), (), at(0))
    history = [opted_in(), *follow(word(number=2), to(), (), at(1))]
    assert follow(word(START), to(), history, at(2))[-1].id == bare[-1].id


def marketing(meaning: Meaning, minutes: int, history: list[ConsentEvent]) -> list[ConsentEvent]:
    """What a person chose of marketing messages at the provider itself."""
    said = word(ReplyReading(), minutes, meaning, purpose=MARKETING)
    return history + list(follow(said, to(BOTH), history, at(minutes)))


def test_who_stops_marketing_at_the_provider_gets_no_more_of_it_until_they_resume() -> None:
    history = marketing(Meaning.OPTED_OUT, 1, [opted_in()])
    assert history[-1].scope == Scope(purpose=MARKETING)
    assert not holds(history, BOTH)
    history = marketing(Meaning.RESUMED, 2, history)
    assert history[-1].act is ConsentAct.RESTART
    assert holds(history, BOTH)


@pytest.mark.parametrize("reading", [STOP, MAYBE])
def test_resuming_marketing_at_the_provider_lifts_no_stop_that_was_said_to_us(
    reading: ReplyReading,
) -> None:
    history = [opted_in(), *follow(word(reading), to(BOTH), (), at(1))]
    history = marketing(Meaning.RESUMED, 2, history)
    assert history[-1].act is ConsentAct.EVIDENCE
    assert not holds(history, BOTH)
