"""A question is judged as a send would be, from the tenant's own registry, and uses nothing up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gatekeeper.domain.registry import Caller, Sender
from gatekeeper.domain.words import SenderKind
from gatekeeper.ledger.changes import document_entry
from gatekeeper.pipeline.whatif import what_if
from gatekeeper.rollout.whatif import CheckRequest, CheckResponse
from tests.support.acme import ANA, NEWS, OFFERS, STOPPED, TENANT
from tests.support.gate import Stand
from tests.support.spine import CALLER, NOON, rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")

OFFER = "Acme: 20% off today. Reply STOP to opt out."


async def ask(stand: Stand, fields: dict[str, Any], caller: Caller = CALLER) -> CheckResponse:
    question = {"channel": "sms", "from": NEWS, "to": ANA, "text": "Your order is ready."}
    return await what_if(rooms(stand), caller, CheckRequest.model_validate(question | fields))


async def test_it_knows_the_tenants_consent(acme: Stand) -> None:
    assert (await ask(acme, {})).verdict == "allow"
    assert (await ask(acme, {"to": STOPPED})).reason == "consent.revoked"


async def test_another_tenant_has_neither_our_sender_nor_our_consent(acme: Stand) -> None:
    rival = Caller(CALLER.application, type(CALLER.tenant)("rival", "Rival"))
    reasons = {finding.reason for finding in (await ask(acme, {}, rival)).findings}
    assert {"sender.not_owned", "consent.missing"} <= reasons


async def test_the_instant_is_the_one_that_was_asked_for(acme: Stand) -> None:
    night = (NOON + timedelta(hours=12)).isoformat()
    noon, late = {"from": OFFERS, "text": OFFER, "at": NOON.isoformat()}, {"at": night}
    at_night = await ask(acme, noon | late)
    assert "quiet_hours" in {finding.reason for finding in at_night.findings}
    at_noon = await ask(acme, noon)
    assert "quiet_hours" not in {finding.reason for finding in at_noon.findings}


async def test_a_stated_place_counts_beside_the_area_code(acme: Stand) -> None:
    """One o'clock in the afternoon in New York is eight in the morning in Honolulu."""
    at = (NOON + timedelta(minutes=30)).isoformat()
    asked: dict[str, Any] = {"from": OFFERS, "text": OFFER, "at": at}
    stated = await ask(acme, asked | {"recipient": {"region": "US-HI"}})
    assert "quiet_hours" in {finding.reason for finding in stated.findings}


async def test_a_sender_registered_a_moment_ago_is_known(acme: Stand) -> None:
    ground = acme.gate.ground
    sender = Sender(
        "+13122000296", TENANT, SenderKind.LONG_CODE, registration="C1", campaign="news"
    )
    assert (await ask(acme, {"from": sender.id})).reason == "sender.not_owned"
    await ground.ledger.commit(ground.store, [document_entry(sender)])
    assert (await ask(acme, {"from": sender.id})).verdict == "flag", "unproven"


async def test_it_never_takes_the_place_of_a_send(acme: Stand) -> None:
    for _ in range(30):
        assert (await ask(acme, {})).verdict == "allow"
    assert acme.carrier.requests == []


async def test_it_says_where_the_recipient_may_be_and_what_that_rests_on(acme: Stand) -> None:
    asked: dict[str, Any] = {"from": OFFERS, "text": OFFER, "at": NOON.isoformat()}
    plain = (await ask(acme, asked)).places
    assert (plain.regions, plain.confidence) == (("US-NY",), "area_code")
    said = {"region": "US-TX", "timezone": "America/Chicago", "source": "billing_address"}
    dated = said | {"as_of": f"{NOON:%Y-%m-%d}"}
    there = (await ask(acme, asked | {"recipient": dated})).places
    assert (there.regions, there.zones) == (("US-TX",), ("America/Chicago",))
    assert there.confidence == "narrowed"
    assert (await ask(acme, asked | {"recipient": said})).places.confidence == "area_code"


async def test_the_lists_of_a_stated_place_are_asked(acme: Stand) -> None:
    """They were not, as long as the place was added after the trip to the store."""
    asked: dict[str, Any] = {"from": OFFERS, "text": OFFER, "at": NOON.isoformat()}
    asked |= {"recipient": {"region": "US-CO"}}
    assert (await ask(acme, asked)).places.regions == ("US-CO", "US-NY")
