"""Is a change offered only where somebody on the sender's side can make it?"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.evaluate import evaluate
from gatekeeper.rollout.change_offers import Offer, offers, waited
from tests.support.shipped import facts, shipped


def offered(**row: Any) -> dict[str, Offer]:
    given = facts(**row)
    policy = shipped().policy
    return {offer.id: offer for offer in offers(given, evaluate(given, policy), policy)}


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ({"at": "2026-11-20T22:00:00-05:00"}, "wait"),
        ({"consent": "express"}, "consent.express_written"),
        ({"sender": "not_owned"}, "sender.owned"),
        ({"sender": {"registration": None}}, "sender.registered"),
        ({"listings": {"us-national": "stale"}}, "list.us-national"),
        ({"matches": [{"family": "payment", "likelihood": "very_likely"}]}, "text.payment"),
        ({"opaque": ["twiml_url"]}, "content"),
        ({"component": "disabled"}, "channel"),
        ({"terms": "missing"}, "terms"),
        ({"to": "+18002200123"}, "place.US-NY"),
    ],
)
def test_what_answers_a_finding_is_offered_and_answers_it(row: Any, wanted: str) -> None:
    before = evaluate(facts(**row), shipped().policy)
    after = evaluate(offered(**row)[wanted].apply(facts(**row)), shipped().policy)
    assert {f.rule for f in after.findings} != {f.rule for f in before.findings}


@pytest.mark.parametrize("row", [{"consent": "revoked"}, {"to": "911"}, {"suspended": "tenant"}])
def test_the_recipients_will_and_an_emergency_are_not_for_the_sender_to_change(row: Any) -> None:
    assert offered(**row) == {}


def test_a_hit_on_a_list_is_never_offered_away() -> None:
    found = offered(consent="none", listings={"us-national": "hit"},
                    message={"technology": "manual"})  # fmt: skip
    assert not any(name.startswith("list.") for name in found)


def test_a_record_that_lacks_something_is_completed() -> None:
    found = offered(consent={"basis": "express_written", "missing": ["signature"]})
    assert found["consent.express_written"].sentence == (
        "Complete the record of the express written consent: it lacks signature."
    )


def test_waiting_where_there_is_nothing_to_wait_for_changes_nothing() -> None:
    given = facts(consent="none")
    assert waited(given, shipped().policy) is given
