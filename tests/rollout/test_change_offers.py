"""Is a change offered only where somebody on the sender's side can make it?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Mode
from gatekeeper.evaluate import evaluate
from gatekeeper.policy.model import Policy
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
        ({"message": {"text": "Cellar & Co: red wine 25% off today. STOP to opt out"}}, "age_gate"),
    ],
)
def test_what_answers_a_finding_is_offered_and_answers_it(row: Any, wanted: str) -> None:
    before = evaluate(facts(**row), shipped().policy)
    after = evaluate(offered(**row)[wanted].apply(facts(**row)), shipped().policy)
    assert {f.rule for f in after.findings} != {f.rule for f in before.findings}


def test_an_age_gate_is_not_offered_for_what_carriers_take_from_nobody() -> None:
    found = offered(message={"text": "Acme: disposable vapes 3 for $30. STOP to opt out"})
    assert list(found) == ["text.forbidden"]


@pytest.mark.parametrize("row", [{"consent": "revoked"}, {"to": "911"}, {"suspended": "tenant"}])
def test_the_recipients_will_and_an_emergency_are_not_for_the_sender_to_change(row: Any) -> None:
    assert offered(**row) == {}


def test_a_hit_on_a_list_is_never_offered_away() -> None:
    found = offered(consent="none", listings={"us-national": "hit"},
                    message={"technology": "manual"})  # fmt: skip
    assert not any(name.startswith("list.") for name in found)


@pytest.mark.parametrize(
    ("rule_id", "to", "offers_made"),
    [
        ("us.tells_opt_out", "+12122000123", ["disclosure.opt_out"]),
        ("ca-qc.french_first", "+14182200123", ["language.fr"]),
    ],
)
def test_of_a_text_what_the_rule_needs_is_to_be_changed(
    rule_id: str, to: str, offers_made: list[str]
) -> None:
    """By a tenant who is stricter: as they are shipped these rules stop nothing."""
    shipped_rule = shipped().policy.rule(rule_id)
    assert shipped_rule is not None
    strict = replace(shipped_rule, verdict=Verdict.BLOCK, mode=Mode.ENFORCE)
    policy = Policy("strict", (strict,))
    given = facts(to=to, message={"text": "Good news from Acme: all our shoes are cheaper today."})
    found = tuple(offers(given, evaluate(given, policy), policy))
    assert [offer.id for offer in found] == offers_made
    assert evaluate(found[0].apply(given), policy).findings == ()


def test_a_record_that_lacks_something_is_completed() -> None:
    found = offered(consent={"basis": "express_written", "missing": ["signature"]})
    assert found["consent.express_written"].sentence == (
        "Complete the record of the express written consent: it lacks signature."
    )


def test_waiting_where_there_is_nothing_to_wait_for_changes_nothing() -> None:
    given = facts(consent="none")
    assert waited(given, shipped().policy) is given
