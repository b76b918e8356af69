"""Does the middle of the spine decide, with the decision on record when it returns?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gatekeeper.domain.consent import ConsentAct, ConsentEvent
from gatekeeper.domain.decision import Decision
from gatekeeper.domain.verdict import Verdict
from gatekeeper.errors import CredentialInvalid
from gatekeeper.ledger.changes import consent_entry
from gatekeeper.pipeline.inbound_texts import stop_text
from gatekeeper.pipeline.judge import judge
from gatekeeper.pipeline.settle import settle_answer
from tests.support.acme import ANA, NEWS, STOPPED, TENANT
from tests.support.gate import Stand
from tests.support.spine import CALLER, flight, raw, rooms
from tests.support.twilio_requests import message

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(("person", "forwards"), [(ANA, True), (STOPPED, False)])
async def test_a_decision_is_on_record_when_it_returns(
    acme: Stand, person: str, forwards: bool
) -> None:
    under_way = flight(rooms(acme), raw(acme))
    under_way.caller = CALLER
    decision = await judge(under_way, message(To=person, From=NEWS, Body="Your order."))
    assert isinstance(decision, Decision)
    assert decision.verdict.forwards is forwards
    (record,) = [each for each in acme.records("decision") if each.id == under_way.id]
    assert record.content["verdict"] == decision.verdict.label
    assert decision.verdict is not Verdict.ALLOW or not decision.findings
    assert acme.carrier.requests == []


async def test_nobody_unknown_is_judged(acme: Stand) -> None:
    with pytest.raises(CredentialInvalid):
        await judge(flight(rooms(acme), raw(acme)), message(To=ANA, From=NEWS, Body="x"))


STOPPED_TEXT = stop_text("Acme", None, "en")


async def stopped_at(stand: Stand, person: str, when: datetime) -> None:
    """An opt-out of that instant is on record."""
    ground = stand.gate.ground
    subject = ground.keyring.subject(TENANT, person)
    event = ConsentEvent(f"stop-{person}", ConsentAct.OPT_OUT, when)
    await ground.ledger.commit(ground.store, [consent_entry(TENANT, subject, event)])


async def decided(stand: Stand, person: str, when: datetime, text: str = STOPPED_TEXT) -> str:
    """The verdict of a send of this text at that instant."""
    parts = rooms(stand, clock=lambda: when)
    under_way = flight(parts, raw(stand))
    under_way.caller = CALLER
    decision = await judge(under_way, message(To=person, From=NEWS, Body=text))
    assert isinstance(decision, Decision)
    return decision.verdict.label


@pytest.mark.parametrize(("after", "verdict"), [(0, "flag"), (300, "flag"), (301, "block")])
async def test_a_confirmation_may_leave_up_to_five_minutes_after(
    acme: Stand, after: int, verdict: str
) -> None:
    person, when = f"+1212200{4000 + after}", datetime.now(UTC) - timedelta(minutes=30)
    await stopped_at(acme, person, when)
    at = when + timedelta(seconds=after)
    assert await decided(acme, person, at, "Acme: 20% off if you stay.") == "block"
    assert await decided(acme, person, at) == verdict
    assert await decided(acme, person, at) == "block", "a second time"


async def test_a_confirmation_that_was_held_back_is_not_used_up(acme: Stand) -> None:
    """The token is drawn with the other reservations, and given back with them."""
    person, when = "+12122004999", datetime.now(UTC) - timedelta(minutes=20)
    await stopped_at(acme, person, when)
    parts = rooms(acme, clock=lambda: when)
    under_way = flight(parts, raw(acme))
    under_way.caller = CALLER
    decision = await judge(under_way, message(To=person, From=NEWS, Body=STOPPED_TEXT))
    assert isinstance(decision, Decision)
    settle_answer(under_way, decision, sent=False)
    await acme.settled()
    assert await decided(acme, person, when) == "flag"
