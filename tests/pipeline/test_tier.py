"""Does a question about the tier see the tenant's own registry and people, and nobody else's?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gatekeeper.domain.consent import Basis
from gatekeeper.domain.registry import Campaign, Posture, Sender, Tenant
from gatekeeper.domain.standing import Exemption
from gatekeeper.domain.words import Purpose, SenderKind, Technology
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.changes import document_entry
from gatekeeper.pipeline.snapshot import Snapshot
from gatekeeper.pipeline.tier import tier_of
from gatekeeper.rollout.tier import TierAnswer, TierQuestion
from tests.support.acme import ANA, FRIENDS, STOPPED, STRANGER, TENANT
from tests.support.gate import Stand
from tests.support.spine import rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")

FRIEND = FRIENDS["America/New_York"]
PARCELS, FREE = "parcels", "28888"


async def told(stand: Stand, tenant: str = TENANT, **fields: Any) -> TierAnswer:
    question = TierQuestion.model_validate({"channel": "sms", **fields})
    return await tier_of(rooms(stand), tenant, question)


async def test_it_knows_the_person(acme: Stand) -> None:
    assert (await told(acme, number=FRIEND)).sufficient
    assert (await told(acme, number=STOPPED)).reason == "consent.revoked"
    assert (await told(acme, number=STRANGER)).reason == "consent.missing"


async def test_another_tenant_knows_nothing_of_ours(acme: Stand) -> None:
    ground = acme.gate.ground
    rival = Tenant("rival", "Rival", posture=Posture.STATUTE)
    await ground.ledger.commit(ground.store, [document_entry(rival)])
    answer = await told(acme, "rival", number=FRIEND)
    assert (answer.held, answer.posture, answer.needed) == ("none", "statute", "express")
    with pytest.raises(InputRejected, match="campaign"):
        await told(acme, "rival", number=FRIEND, campaign="offers")


async def test_the_campaign_tells_purpose_and_technology(acme: Stand) -> None:
    news = await told(acme, number=ANA, campaign="news")
    assert (news.purpose, news.technology, news.needed) == (
        "transactional",
        "autodialed",
        "express",
    )
    said = await told(acme, number=ANA, campaign="news", purpose="marketing", technology="manual")
    assert (said.purpose, said.needed) == ("marketing", "none")


async def test_an_exempt_campaign_needs_a_sender_that_is_free(acme: Stand) -> None:
    """Both were registered a moment ago: the newest registry answers."""
    purposes = (Purpose.TRANSACTIONAL,)
    campaign = Campaign(PARCELS, TENANT, purposes, Technology.AUTODIALED, "Acme")
    documents = (
        type(campaign)(**{**_fields(campaign), "exemption": Exemption.PACKAGE}),
        Sender(FREE, TENANT, SenderKind.SHORT_CODE, registration="S", free_to_end_user=True),
    )
    ground = acme.gate.ground
    await ground.ledger.commit(ground.store, [document_entry(each) for each in documents])
    free = {"number": STRANGER, "campaign": PARCELS, "from": FREE}
    assert (await told(acme, **free)).needed == "none"
    assert (await told(acme, number=STRANGER, campaign=PARCELS)).needed == "express"


def _fields(campaign: Campaign) -> dict[str, Any]:
    return {name: getattr(campaign, name) for name in campaign.__dataclass_fields__}


async def test_a_place_alone_tells_what_is_needed_there(acme: Stand) -> None:
    assert (await told(acme, jurisdiction="CA")).needed == "implied"
    assert (await told(acme, jurisdiction="US-CT", technology="live")).needed == "express_written"
    both = await told(acme, number=FRIEND, jurisdiction="CA-ON")
    assert {rule.rule for rule in both.rules} >= {"ca.consent", "us.consent_marketing"}


async def test_the_instant_asked_for_is_the_one_judged(acme: Stand) -> None:
    before = datetime.now(UTC) - timedelta(days=60)
    assert (await told(acme, number=FRIEND, at=before)).reason == "consent.missing"


async def test_emergency_is_only_for_whom_it_was_granted(acme: Stand) -> None:
    assert (await told(acme, number=STRANGER, purpose="emergency")).purpose == "marketing"


async def test_a_question_about_nobody_and_nowhere_is_refused(acme: Stand) -> None:
    with pytest.raises(InputRejected, match="which number"):
        await told(acme)
    with pytest.raises(InputRejected) as caught:
        await told(acme, number="+12125550")
    assert "2125550" not in str(caught.value)


class _Configured:
    """A configuration whose policy has one rule more."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.current = snapshot

    async def catch_up(self, _version: int) -> None:
        """It is of the newest version."""


async def test_a_stricter_rule_of_the_tenants_own_is_told_to_that_tenant(acme: Stand) -> None:
    base = acme.gate.configuration.current
    floor = base.policy.rule("us.consent_service")
    assert floor is not None
    stricter = replace(
        floor,
        id=f"{TENANT}.us.consent_service",
        params=floor.params.model_copy(update={"need": Basis.EXPRESS_WRITTEN}),
        applies=replace(floor.applies, tenants=frozenset({TENANT})),
    )
    policy = replace(base.policy, rules=(*base.policy.rules, stricter), by_check={})
    configured = _Configured(replace(base, policy=policy))
    asked = TierQuestion.model_validate(
        {"channel": "sms", "number": ANA, "purpose": "transactional"}
    )
    room = replace(rooms(acme), configured=configured)
    assert (await tier_of(room, TENANT, asked)).needed == "express_written"
    others = replace(stricter, applies=replace(floor.applies, tenants=frozenset({"rival"})))
    policy = replace(base.policy, rules=(*base.policy.rules, others), by_check={})
    room = replace(room, configured=_Configured(replace(base, policy=policy)))
    assert (await tier_of(room, TENANT, asked)).needed == "express"
