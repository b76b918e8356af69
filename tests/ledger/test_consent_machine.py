"""Does consent behave as documented, whatever happens in whatever order?

A machine takes steps: every act with scopes and brands, pending and unproven, corrections and
later proof, time that goes on and events that arrive late. After each step the fold is held
against the model (`tests/support/consent_model.py`), and for a part of the runs so is what a real
store keeps. `CONSENT_RUNS` sets the number of runs of 50 steps.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from gatekeeper.domain.consent import Basis, Consent, ConsentAct, ConsentEvent, Scope, Topic
from gatekeeper.domain.fold import fold
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.store.changes import ConsentChange
from gatekeeper.store.events import KEPT
from gatekeeper.store.store import Store
from tests.support.consent_model import Held, Model

RUNS = int(os.environ.get("CONSENT_RUNS", "500"))
STEPS = 50
STORED = 20
"""One run in so many drives the real store as well."""
T0 = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
TOPICS = (
    Topic(Channel.SMS, Purpose.MARKETING, "c1", "b1"),
    Topic(Channel.SMS, Purpose.MARKETING),
    Topic(Channel.VOICE, Purpose.MARKETING, "c2", "b2"),
    Topic(Channel.SMS, Purpose.TRANSACTIONAL, "c1", "b2"),
)
ENDINGS = (
    ConsentAct.OPT_OUT,
    ConsentAct.OPT_OUT,
    ConsentAct.REASSIGNED,
    ConsentAct.WRONG_NUMBER,
    ConsentAct.DECEASED,
)
TURNS = (ConsentAct.CONFIRMATION, ConsentAct.EXPIRY, ConsentAct.SCOPE_CHANGE)
GRANTS = (Basis.IMPLIED, Basis.EXPRESS, Basis.EXPRESS_WRITTEN)

scopes = st.just(Scope()) | st.builds(
    Scope,
    st.sampled_from([None, Channel.SMS, Channel.VOICE]),
    st.sampled_from([None, Purpose.MARKETING]),
    st.sampled_from([None, "c1", "c2"]),
    st.sampled_from([None, "b1", "b2"]),
)
narrow = st.one_of(
    scopes, *(st.just(Scope(purpose=Purpose.MARKETING, brand=b)) for b in ("b1", "b2"))
)
"""Endings of a part, mostly: where everything is ended there is little left to compare."""
late = st.sampled_from([0, 0, 0, 0, 1, 2, 5, 20])
"""Hours by which an event arrives late."""
which = st.integers(0, 1000)
"""Chooses among the events so far."""


def settings_for(runs: int) -> settings:
    return settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )


class ConsentMachine(RuleBasedStateMachine):
    """One person's history; what each step leads to is compared for some topics and instants."""

    def __init__(self) -> None:
        super().__init__()
        self.now = T0
        self.events: list[ConsentEvent] = []
        self._names = count()

    @rule(
        basis=st.sampled_from(GRANTS),
        scope=scopes,
        late=late,
        lasts=st.sampled_from([None, None, 1, 3, 10]),
        marks=st.sampled_from([(False, False)] * 3 + [(True, False), (False, True), (True, True)]),
    )
    def opt_in(
        self,
        basis: Basis,
        scope: Scope,
        late: int,
        lasts: int | None,
        marks: tuple[bool, bool],
    ) -> None:
        at = self.now - late * HOUR
        event = ConsentEvent(
            self.name(),
            ConsentAct.OPT_IN,
            at,
            basis,
            scope,
            expires=at + lasts * HOUR if lasts else None,
            pending=marks[0],
            unproven=marks[1],
        )
        self.add(event)

    @rule(act=st.sampled_from([ConsentAct.PURCHASE, ConsentAct.INQUIRY]), scope=scopes, late=late)
    def act_that_implies(self, act: ConsentAct, scope: Scope, late: int) -> None:
        at = self.now - late * HOUR
        self.add(ConsentEvent(self.name(), act, at, Basis.IMPLIED, scope, at + 8 * HOUR))

    @rule(act=st.sampled_from(ENDINGS), scope=narrow, late=late)
    def ending(self, act: ConsentAct, scope: Scope, late: int) -> None:
        self.add(ConsentEvent(self.name(), act, self.now - late * HOUR, scope=scope))

    @rule(
        act=st.sampled_from(
            [ConsentAct.RESTART, ConsentAct.RESTART, *TURNS],
        ),
        scope=scopes,
        late=late,
    )
    def turn(self, act: ConsentAct, scope: Scope, late: int) -> None:
        self.add(ConsentEvent(self.name(), act, self.now - late * HOUR, scope=scope))

    @rule(act=st.sampled_from([ConsentAct.EVIDENCE, ConsentAct.CORRECTION]), about=which, late=late)
    def remark(self, act: ConsentAct, about: int, late: int) -> None:
        """Half of all remarks are about one of the newest events."""
        if self.events:
            among = self.events[-4:] if about % 2 else self.events
            meant = among[about // 2 % len(among)].id
            self.add(ConsentEvent(self.name(), act, self.now - late * HOUR, about=meant))

    @rule(again=which)
    def duplicate(self, again: int) -> None:
        """The same event arrives once more."""
        if self.events:
            self.arrive(self.events[again % len(self.events)])

    @rule(hours=st.sampled_from([0, 1, 1, 2, 7]))
    def time_goes_on(self, hours: int) -> None:
        self.now += hours * HOUR
        self.compare()

    def name(self) -> str:
        return f"e{next(self._names):03}"

    def add(self, event: ConsentEvent) -> None:
        self.events.append(event)
        self.arrive(event)
        self.compare()

    def arrive(self, event: ConsentEvent) -> None:
        """An event reaches the store: here there is none."""

    def compare(self) -> None:
        """One topic now, in turn, and another one some hours ago or ahead."""
        step = len(self.events)
        instants = ((0, self.now), (1, self.now + (step % 9 - 5) * HOUR))
        for shift, at in instants:
            self.compare_at(TOPICS[(step + shift) % len(TOPICS)], at)

    def compare_at(self, topic: Topic, at: datetime) -> None:
        assert held(fold(self.events, topic, at)) == Model(self.events, topic, at).held()

    def teardown(self) -> None:
        """At the end every topic, and the same events in another order."""
        shuffled = self.events[:]
        Random(len(self.events)).shuffle(shuffled)
        for topic in TOPICS:
            told = fold(self.events, topic, self.now)
            assert told == fold(shuffled, topic, self.now)
            self.compare_at(topic, self.now)


def held(told: Consent) -> Held:
    return Held(told.basis, told.given_at, told.ended_by)


def test_the_fold_holds_as_documented_whatever_happens() -> None:
    run_state_machine_as_test(ConsentMachine, settings=settings_for(RUNS))


# The same with a real store, which keeps a part of a long history


@pytest.fixture
def loop() -> Iterator[asyncio.Runner]:
    """Runs the store's calls between the machine's steps."""
    with asyncio.Runner() as runner:
        yield runner


def test_a_store_never_permits_more_than_the_whole_history(
    loop: asyncio.Runner, store_url: str
) -> None:
    """And just as much, as long as no kind of event has come more often than it keeps."""
    store = loop.run(Store.open(store_url))
    people = count(1)

    class StoredMachine(ConsentMachine):
        def __init__(self) -> None:
            super().__init__()
            self.subject = next(people).to_bytes(16, "big")

        def apply(self, subject: bytes, events: list[ConsentEvent]) -> None:
            async def applied() -> None:
                number = await store.applied() + 1
                changes = [ConsentChange(subject, event) for event in events]
                await store.apply(changes, first=number, last=number)

            loop.run(applied())

        def kept(self, subject: bytes) -> tuple[ConsentEvent, ...]:
            return loop.run(store.events_of(subject))

        def arrive(self, event: ConsentEvent) -> None:
            self.apply(self.subject, [event])

        def compare_at(self, topic: Topic, at: datetime) -> None:
            model = Model(self.events, topic, at).held()
            told = held(fold(self.kept(self.subject), topic, at))
            if not crowded(self.events):
                assert told == model
            elif at >= self.now:  # the store is asked about now; the journal about the past
                assert told.ended_by == model.ended_by
                assert told.basis.rank <= model.basis.rank

        def teardown(self) -> None:
            """Whoever had the same events in another order, some twice, is kept alike."""
            super().teardown()
            shuffled = self.events + self.events[:5]
            Random(len(shuffled)).shuffle(shuffled)
            other = next(people).to_bytes(16, "big")
            for event in shuffled:
                self.apply(other, [event])
            assert self.kept(other) == self.kept(self.subject)

    run_state_machine_as_test(StoredMachine, settings=settings_for(max(RUNS // STORED, 5)))
    loop.run(store.close())


def crowded(events: list[ConsentEvent]) -> bool:
    """Whether some kind has come so often that the store may have dropped one."""
    kinds = Counter((e.act, e.basis, e.scope, e.pending, e.unproven) for e in events)
    return max(kinds.values(), default=0) >= KEPT


def test_the_model_knows_what_the_readme_says() -> None:
    """A second opinion that always agreed would be none: it is held against plain cases."""
    topic, written = TOPICS[0], Basis.EXPRESS_WRITTEN
    told = [
        ConsentEvent("a", ConsentAct.OPT_IN, T0, written),
        ConsentEvent("b", ConsentAct.OPT_OUT, T0 + HOUR),
        ConsentEvent("c", ConsentAct.OPT_IN, T0 + 2 * HOUR, Basis.EXPRESS, unproven=True),
        ConsentEvent("d", ConsentAct.RESTART, T0 + 3 * HOUR),
        ConsentEvent("e", ConsentAct.REASSIGNED, T0 + 4 * HOUR),
        ConsentEvent("f", ConsentAct.CORRECTION, T0 + 5 * HOUR, about="e"),
    ]
    states = [Model(told, topic, T0 + n * HOUR).held() for n in range(6)]
    assert [state.basis for state in states] == [written, "none", "none", written, "none", "none"]
    assert [state.ended_by for state in states][-1] is ConsentAct.REASSIGNED
