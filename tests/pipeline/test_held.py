"""Can any change of the registry bring back somebody who opted out?"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatekeeper.domain.consent import Basis, Consent, ConsentAct, ConsentEvent, Scope, Topic
from gatekeeper.domain.facts import Listing
from gatekeeper.domain.registry import Brand, Caller, Campaign, Registry, Sender, Tenant
from gatekeeper.domain.words import Channel, ListAnswer, Purpose, SenderKind
from gatekeeper.errors import InputRejected
from gatekeeper.evaluate import evaluate
from gatekeeper.ledger.changes import Entry
from gatekeeper.ledger.documents import Document, registry_of
from gatekeeper.ledger.registrar import Registrar
from gatekeeper.pipeline import gather
from gatekeeper.pipeline.case import Case, Hints, open_case
from gatekeeper.pipeline.held import Former, consent_of, former_topics, topic_of
from gatekeeper.pipeline.snapshot import Snapshot, take
from gatekeeper.store.changes import PutDocument
from gatekeeper.store.contract import Answer, PersonAnswer, Turn
from tests.support.acme import ANA, TENANT
from tests.support.journal import KEYRING
from tests.support.shipped import shipped
from tests.support.spine import NOON, SHOP
from tests.support.twilio_requests import message

P = Purpose
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BY = "user:olga"
CAMPAIGNS = ("c1", "c2", "c3", "c4")
BRANDS = ("b1", "b2")
SENDERS = ("+13122000101", "+13122000102", "+13122000103")
LISTED = {"us-national": Listing(ListAnswer.CLEAR, "v1", NOON)}
NEVER_EMERGENCY = (P.MARKETING, P.INFORMATIONAL, P.TRANSACTIONAL)


@dataclass
class House:
    """A registry that only the real registrar changes, and a clock that only we move."""

    at: datetime = NOON
    documents: dict[str, bytes] = field(default_factory=dict)
    expected_applied: int = 0

    async def commit(self, _store: Any, entries: Sequence[Entry]) -> int:
        """What the ledger and the store do of it: the document stands there afterwards."""
        for entry in entries:
            assert isinstance(entry.change, PutDocument)
            self.documents[entry.change.key] = entry.change.document
        return len(entries)

    @property
    def registry(self) -> Registry:
        return registry_of(1, self.documents)

    @property
    def registrar(self) -> Registrar:
        store: Any = self
        return Registrar(self, store, KEYRING, secrets.token_bytes, lambda: self.at)

    def put(self, document: Document) -> None:
        _run(self.registrar.put(document, self.registry, by=BY))

    def suspend(self, key: str, *, stop: bool) -> None:
        if stop:
            _run(self.registrar.suspend("campaign", key, "x", self.registry, by=BY))
        else:
            _run(self.registrar.resume("campaign", key, self.registry, by=BY))


def _run(coroutine: Coroutine[Any, Any, object]) -> None:
    """Run what never waits for anything."""
    with contextlib.suppress(StopIteration):
        coroutine.send(None)
        raise AssertionError("it waited")


class Send(NamedTuple):
    """One request, the same whatever is registered."""

    sender: str
    hint: str | None
    claim: str | None


def opened(house: House, send: Send) -> tuple[Case, Snapshot]:
    """The case of a send under what is registered now."""
    judge, registry = shipped(), house.registry
    seen = take(registry, judge.policy, judge.screener, judge.replies, sandbox=False)
    caller = Caller(registry.applications["shop"], registry.tenants[TENANT])
    request, hints = message(To=ANA, From=send.sender), Hints(send.hint, send.claim)
    return open_case("r", house.at, caller, request, hints, seen), seen


def judged(house: House, send: Send, events: tuple[ConsentEvent, ...]) -> tuple[bool, bool]:
    """Whether the send is refused for the person's own will, and whether it would go out."""
    case, seen = opened(house, send)
    people = gather.targets(case, KEYRING)
    answer = Answer(1, 1, Turn.MINE, (PersonAnswer(events, LISTED, ()),), ())
    (facts,) = gather.facts_of(case, people, answer, gather.Seen(()), seen)
    decision = evaluate(facts, seen.policy)
    refused = "gate.own_will" in {finding.rule for finding in decision.findings}
    return refused, decision.verdict.forwards


purposes = st.lists(st.sampled_from(NEVER_EMERGENCY), min_size=1, max_size=2, unique=True)
campaign_or_none = st.sampled_from((None, *CAMPAIGNS))
scopes = st.one_of(
    st.just(Scope()),
    st.sampled_from(CAMPAIGNS).map(lambda name: Scope(campaign=name)),
    st.sampled_from(BRANDS).map(lambda name: Scope(brand=name)),
    st.sampled_from(NEVER_EMERGENCY).map(lambda purpose: Scope(purpose=purpose)),
    st.sampled_from((Channel.SMS, Channel.VOICE)).map(lambda channel: Scope(channel=channel)),
)
sends = st.builds(
    Send, st.sampled_from(SENDERS), campaign_or_none, st.sampled_from((None, *NEVER_EMERGENCY))
)


@st.composite
def houses(draw: Any) -> House:
    house = House()
    house.put(Tenant(TENANT, "Acme"))
    for name in BRANDS:
        house.put(Brand(name, TENANT, name))
    for name in CAMPAIGNS:
        brand = draw(st.sampled_from((None, *BRANDS)))
        house.put(Campaign(name, TENANT, tuple(draw(purposes)), brand=brand))
    for address in SENDERS:
        house.put(sender(address, draw(campaign_or_none)))
    house.put(replace(SHOP, campaign=draw(campaign_or_none)))
    return house


def sender(address: str, campaign: str | None) -> Sender:
    return Sender(address, TENANT, SenderKind.LONG_CODE, registration="C1", campaign=campaign)


@st.composite
def changes(draw: Any) -> Document | tuple[str, bool]:
    """A change of the registry that somebody might ask for."""
    name = draw(st.sampled_from((*CAMPAIGNS, "new")))
    match draw(st.sampled_from(("sender", "app", "campaign", "campaign", "list", "suspension"))):
        case "sender":
            return sender(draw(st.sampled_from(SENDERS)), draw(campaign_or_none))
        case "app":
            return replace(SHOP, campaign=draw(campaign_or_none))
        case "campaign":
            brand = draw(st.sampled_from((None, *BRANDS)))
            return Campaign(name, TENANT, tuple(draw(purposes)), brand=brand)
        case "list":
            allowed = draw(st.lists(st.sampled_from(SENDERS), unique=True))
            return Campaign(name, TENANT, tuple(draw(purposes)), senders=tuple(allowed))
        case _:
            return f"{TENANT}/{draw(st.sampled_from(CAMPAIGNS))}", draw(st.booleans())


def apply(house: House, change: Document | tuple[str, bool]) -> None:
    """Do it, if the registrar lets it be done."""
    house.at += HOUR
    try:
        if isinstance(change, tuple):
            house.suspend(change[0], stop=change[1])
        else:
            house.put(change)
    except InputRejected:
        house.at += HOUR


histories = st.lists(
    st.tuples(
        st.sampled_from((ConsentAct.OPT_OUT, ConsentAct.OPT_OUT, ConsentAct.SCOPE_CHANGE)), scopes
    ),
    min_size=1,
    max_size=2,
)


@settings(max_examples=200)
@given(
    houses(), histories, st.lists(sends, min_size=4, max_size=8), st.lists(changes(), max_size=6)
)
def test_no_change_of_the_registry_lets_a_send_through_that_an_opt_out_stopped(
    house: House,
    endings: list[tuple[ConsentAct, Scope]],
    asked: list[Send],
    made: list[Document | tuple[str, bool]],
) -> None:
    """Of any scope: all, brand, purpose, campaign, channel, or a narrowing to one of them."""
    house.at += HOUR
    events = (
        ConsentEvent("in", ConsentAct.OPT_IN, NOON - DAY, Basis.EXPRESS_WRITTEN),
        *[ConsentEvent(f"e{n}", act, house.at, scope=s) for n, (act, s) in enumerate(endings)],
    )
    stopped = {send for send in asked if judged(house, send, events)[0]}
    for change in made:
        apply(house, change)
        now = {send: judged(house, send, events) for send in asked}
        assert [send for send in stopped if not now[send][0]] == []
        assert [send for send in stopped if now[send][1]] == []
        stopped |= {send for send, (refused, _) in now.items() if refused}


def consent(house: House, events: tuple[ConsentEvent, ...], address: str = SENDERS[0]) -> Consent:
    """What holds for a plain send from a sender."""
    case, seen = opened(house, Send(address, None, None))
    return consent_of(case, events, former_topics(case, seen.registry), seen.registry)


def event(act: ConsentAct, at: datetime, **scope: Any) -> ConsentEvent:
    basis = Basis.EXPRESS_WRITTEN if act is ConsentAct.OPT_IN else Basis.NONE
    return ConsentEvent(f"{act}{at}", act, at, basis, Scope(**scope))


@pytest.fixture
def house() -> House:
    """Two campaigns, one sender of the first."""
    opened = House()
    opened.put(Tenant(TENANT, "Acme"))
    opened.put(Campaign("c1", TENANT, (P.MARKETING,)))
    opened.put(Campaign("c2", TENANT, (P.TRANSACTIONAL,)))
    opened.put(sender(SENDERS[0], "c1"))
    opened.put(SHOP)
    opened.at += HOUR
    return opened


GRANT = event(ConsentAct.OPT_IN, NOON - DAY)


def test_where_nothing_changed_there_is_nothing_former(house: House) -> None:
    """So an opt-out of one campaign leaves the other as it is."""
    left = event(ConsentAct.OPT_OUT, house.at, campaign="c2")
    assert consent(house, (GRANT, left)).basis is Basis.EXPRESS_WRITTEN


def test_who_left_a_campaign_is_not_reached_by_its_sender_in_another(house: House) -> None:
    left = event(ConsentAct.OPT_OUT, house.at, campaign="c1")
    house.at += HOUR
    house.put(sender(SENDERS[0], "c2"))
    assert consent(house, (GRANT, left)).ended_by is ConsentAct.OPT_OUT
    later = event(ConsentAct.OPT_OUT, house.at + HOUR, campaign="c1")
    assert consent(house, (GRANT, later)).basis is Basis.EXPRESS_WRITTEN, "it had moved by then"


def test_an_opt_in_to_what_it_is_about_now_starts_anew(house: House) -> None:
    left = event(ConsentAct.OPT_OUT, house.at, campaign="c1")
    house.at += HOUR
    house.put(sender(SENDERS[0], "c2"))
    anew = event(ConsentAct.OPT_IN, house.at, campaign="c2")
    assert consent(house, (GRANT, left, anew)).given_at == house.at
    elsewhere = event(ConsentAct.OPT_IN, house.at, campaign="c1")
    assert consent(house, (GRANT, left, elsewhere)).basis is Basis.EXPRESS_WRITTEN, "taken back"


def test_an_opt_out_dated_ahead_of_our_clock_binds_over_the_change_too(house: House) -> None:
    left = event(ConsentAct.OPT_OUT, house.at + timedelta(minutes=4), campaign="c1")
    house.put(sender(SENDERS[0], "c2"))
    assert consent(house, (GRANT, left)).revoked


def test_another_purpose_of_the_same_campaign_does_not_bring_anybody_back(house: House) -> None:
    left = event(ConsentAct.OPT_OUT, house.at, purpose=P.MARKETING)
    house.at += HOUR
    house.put(Campaign("c1", TENANT, (P.TRANSACTIONAL,)))
    assert consent(house, (GRANT, left)).revoked
    untouched = event(ConsentAct.OPT_OUT, house.at, purpose=P.DEBT)
    assert not consent(house, (GRANT, untouched)).revoked


def test_a_campaign_under_another_name_does_not_bring_anybody_back(house: House) -> None:
    """Registered after somebody left one for the same purpose, it is closed to them."""
    left = event(ConsentAct.OPT_OUT, house.at, campaign="c1")
    house.at += HOUR
    house.put(Campaign("c1-again", TENANT, (P.MARKETING,)))
    house.put(Campaign("codes", TENANT, (P.AUTHENTICATION,)))
    house.put(sender(SENDERS[1], "c1-again"))
    house.put(sender(SENDERS[2], "codes"))
    assert consent(house, (GRANT, left), SENDERS[1]).revoked
    assert not consent(house, (GRANT, left), SENDERS[2]).revoked
    anew = event(ConsentAct.OPT_IN, house.at, campaign="c1-again")
    assert not consent(house, (GRANT, left, anew), SENDERS[1]).revoked


def test_a_campaign_of_another_brand_is_another_matter(house: House) -> None:
    for name in BRANDS:
        house.put(Brand(name, TENANT, name))
    house.put(Campaign("red", TENANT, (P.MARKETING,), brand="b1"))
    left = event(ConsentAct.OPT_OUT, house.at, campaign="red")
    house.at += HOUR
    house.put(Campaign("blue", TENANT, (P.MARKETING,), brand="b2"))
    house.put(sender(SENDERS[1], "blue"))
    assert not consent(house, (GRANT, left), SENDERS[1]).revoked


def test_the_default_campaign_of_an_application_counts_like_a_senders(house: House) -> None:
    house.put(replace(SHOP, campaign="c1"))
    house.put(sender(SENDERS[1], None))
    left = event(ConsentAct.OPT_OUT, house.at, campaign="c1")
    house.at += HOUR
    house.put(replace(SHOP, campaign="c2"))
    assert consent(house, (GRANT, left), SENDERS[1]).revoked


def test_the_property_speaks_of_sends_that_would_pass(house: House) -> None:
    send = Send(SENDERS[0], None, None)
    assert judged(house, send, (GRANT,)) == (False, True)
    left = event(ConsentAct.OPT_OUT, house.at, campaign="c1")
    assert judged(house, send, (GRANT, left)) == (True, False)


def test_without_endings_the_former_topics_change_nothing(house: House) -> None:
    house.put(sender(SENDERS[0], "c2"))
    assert consent(house, (GRANT,)).basis is Basis.EXPRESS_WRITTEN
    assert consent(house, ()).basis is Basis.NONE


def test_a_former_topic_is_that_of_the_request_until_then(house: House) -> None:
    house.put(sender(SENDERS[0], "c2"))
    case, seen = opened(house, Send(SENDERS[0], None, None))
    (only,) = former_topics(case, seen.registry)
    assert topic_of(case) == Topic(Channel.SMS, P.TRANSACTIONAL, "c2", None)
    assert only == Former(house.at, Topic(Channel.SMS, P.MARKETING, "c1", None))
