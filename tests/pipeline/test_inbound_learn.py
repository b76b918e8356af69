"""Is a refusal that means "opted out" learned, off the reply path, and nothing else?"""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from gatekeeper.domain.consent import ConsentAct
from gatekeeper.errors import DependencyUnavailable
from gatekeeper.pipeline import inbound_learn
from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.inbound_learn import Learner
from gatekeeper.providers.contract import Reply
from tests.support.acme import ANA
from tests.support.gate import Stand
from tests.support.spine import CALLER, case, flight, raw, rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")

REFUSED = Reply(400, (), json.dumps({"code": 21610}).encode())


class Hears:
    """In place of a recorder: fails so many times, then remembers."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.heard: list[tuple[Any, ...]] = []

    async def hear(self, *said: Any) -> None:
        if self.failures:
            self.failures -= 1
            raise DependencyUnavailable("store", "away")
        self.heard.append(said)


def learner(hears: Hears) -> Learner:
    made = Learner()
    made.recorder = hears  # type: ignore[assignment]
    return made


def under_way(stand: Stand) -> Flight:
    made = flight(rooms(stand), raw(stand))
    made.caller, made.case = CALLER, case()
    return made


async def test_the_one_recipient_of_a_refused_send_is_learned(acme: Stand) -> None:
    hears = Hears()
    learns, sent = learner(hears), under_way(acme)
    learns.learn_soon(sent, REFUSED)
    await learns.close()
    ((caller, word, to, way),) = hears.heard
    assert (caller, way) == (CALLER, "answer")
    assert (word.event.id, word.event.person.value) == (sent.id, ANA)
    assert to.tenant == CALLER.tenant


async def test_other_answers_teach_nothing(acme: Stand) -> None:
    hears = Hears()
    learns = learner(hears)
    for reply in (Reply(201, (), b"{}"), Reply(400, (), b'{"code": 21211}')):
        learns.learn_soon(under_way(acme), reply)
    bare = flight(rooms(acme), raw(acme))
    learns.learn_soon(bare, REFUSED)
    await learns.close()
    assert hears.heard == []


async def test_it_is_tried_again_while_the_ledger_is_away(
    acme: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbound_learn, "PAUSES_S", (0.0, 0.01, 0.01))
    hears = Hears(failures=2)
    learns = learner(hears)
    learns.learn_soon(under_way(acme), REFUSED)
    await learns.close()
    assert len(hears.heard) == 1


async def test_it_is_bounded_and_says_what_it_gives_up(
    acme: Stand, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(inbound_learn, "PAUSES_S", (5.0,))
    monkeypatch.setattr(inbound_learn, "DRAIN_S", 0.01)
    monkeypatch.setattr(inbound_learn, "MAX_WAITING", 1)
    learns = learner(Hears())
    for _ in range(2):
        learns.learn_soon(under_way(acme), REFUSED)
    await learns.close()
    told = capsys.readouterr().out
    assert "too many wait" in told and "the gate stopped" in told
    Learner().learn_soon(under_way(acme), REFUSED)
    await asyncio.sleep(0)


async def test_on_a_whole_gate_the_next_send_is_refused_here(acme: Stand) -> None:
    recorded = rooms(acme)
    recorded.learner.learn_soon(under_way(acme), REFUSED)
    keys = acme.gate.ground.keyring
    async with asyncio.timeout(5):
        subject = keys.subject(CALLER.tenant.id, ANA)
        while True:
            events = await acme.gate.ground.store.events_of(subject)
            if any(event.act is ConsentAct.OPT_OUT for event in events):
                break
            await asyncio.sleep(0.01)
    assert [event.source for event in events if event.act is ConsentAct.OPT_OUT] == ["provider"]
