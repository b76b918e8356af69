"""Is a text read where it could contradict its campaign, and what follows from it?"""

from __future__ import annotations

import pytest
from msgspec.structs import replace as altered

from gatekeeper.domain.registry import Campaign
from gatekeeper.domain.words import Purpose
from gatekeeper.evaluate import evaluate
from gatekeeper.pipeline import gather
from gatekeeper.pipeline.case import Hints
from gatekeeper.pipeline.reads_as import reads_as
from gatekeeper.rollout.tables import rule_ids
from gatekeeper.store.contract import Answer, PersonAnswer, Turn
from gatekeeper.vault.keyfile import generate
from gatekeeper.vault.keyring import Keyring
from tests.support.acme import ANA, NEWS, TENANT
from tests.support.spine import case, snapshot
from tests.support.twilio_requests import message

KEYS = Keyring(generate())
OFFER = "Flash sale! Save 30% on all shoes today only. Shop now and get free shipping."


@pytest.mark.parametrize(
    ("purposes", "kind"),
    [((Purpose.TRANSACTIONAL,), "marketing"), ((Purpose.MARKETING,), None), ((), None)],
)
def test_what_a_text_reads_like_is_a_fact_where_it_could_contradict_the_campaign(
    purposes: tuple[Purpose, ...], kind: str | None
) -> None:
    campaign = Campaign(TENANT, "alerts", purposes) if purposes else None
    seen = snapshot(*([campaign] if campaign else []))
    hints = Hints(campaign="alerts") if campaign else Hints()
    opened = altered(case(message(To=ANA, From=NEWS, Body=OFFER), hints, seen), campaign=campaign)
    opened = altered(opened, purpose=purposes[0] if purposes else Purpose.MARKETING)
    read = reads_as(opened, opened.request.parts, seen)
    assert (read and read.kind) == kind
    people = gather.targets(opened, KEYS)
    answer = Answer(1, 1, Turn.MINE, (PersonAnswer((), {}, ()),), ())
    (only,) = gather.facts_of(opened, people, answer, gather.Seen((), reads_as=read), seen)
    assert only.reads_as == read
    assert ("gate.reads_as_marketing" in rule_ids(evaluate(only, seen.policy).findings)) is bool(
        kind
    )
