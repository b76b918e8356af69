"""Does the middle of the spine decide, with the decision on record when it returns?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.decision import Decision
from gatekeeper.domain.verdict import Verdict
from gatekeeper.errors import CredentialInvalid
from gatekeeper.pipeline.judge import judge
from tests.support.acme import ANA, NEWS, STOPPED
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
