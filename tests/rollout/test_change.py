"""Does what is proposed really let the message go, and would nothing less?"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatekeeper.domain.facts import Facts
from gatekeeper.evaluate import evaluate
from gatekeeper.policy.row import overlay
from gatekeeper.rollout.change import RemedyShape, every_offer, made, remedy, search, tried
from gatekeeper.rollout.given import facts_of
from tests.support.shipped import CLEAN, facts, shipped

SMALL = 3
"""Sets up to this size are all tried again."""


def proposed(**row: Any) -> RemedyShape:
    found = remedy(facts(**row), shipped().policy)
    assert found is not None
    return found


def sentences(found: RemedyShape) -> list[list[str]]:
    return [[change.sentence for change in way.changes] for way in found.ways]


def test_a_message_that_goes_needs_no_change() -> None:
    assert remedy(facts(), shipped().policy) is None


def test_at_night_it_takes_waiting() -> None:
    found = proposed(at="2026-11-20T21:00:00-05:00")
    assert sentences(found) == [
        ["Wait until 2026-11-21T13:00:00+00:00 (Sat 08:00 in America/New_York)."]
    ]
    assert found.ways[0].at.isoformat() == "2026-11-21T13:00:00+00:00"


def test_several_things_are_told_together() -> None:
    found = proposed(at="2026-11-20T21:00:00-05:00", consent="none", sender="not_owned",
                     listings={})  # fmt: skip
    ids = {change.id for change in found.ways[0].changes}
    assert ids == {"wait", "sender.owned", "list.us-national", "consent.express_written"}
    assert [c.depends for c in found.ways[0].changes if c.id == "list.us-national"] == [
        "the number is not on us-national"
    ]


def test_the_weakest_consent_that_suffices_is_asked_for() -> None:
    found = proposed(consent="implied", message={"purpose": "transactional"})
    assert sentences(found)[0] == ["Obtain express consent from the recipient."]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"consent": "revoked"}, "The recipient opted out: only an opt-in of the recipient's own"),
        ({"to": "911"}, "No message may go to that destination. It rings an emergency service."),
        ({"suspended": "tenant"}, "Whoever suspended it has to lift the suspension."),
        ({"listings": {"us-reassigned": "hit"}}, "The number is no longer that person's"),
    ],
)
def test_where_nothing_helps_it_is_said_why(row: Any, told: str) -> None:
    found = proposed(**row)
    assert found.ways == ()
    assert found.hopeless[0].startswith(told)


ROWS: list[dict[str, Any]] = [
    {"to": st.sampled_from(["+12122000123", "+13052000123", "+12082000123", "+14162200123",
                            "+18002200123", "+442079460123", "911"])},
    {"at": st.sampled_from(["2026-11-20T12:00:00-05:00", "2026-11-20T21:00:00-05:00",
                            "2026-11-22T09:30:00-05:00"])},
    {"consent": st.sampled_from(["none", "implied", "express", "express_written", "revoked"])},
    {"sender": st.sampled_from(["owned", "not_owned", {"registration": None}])},
    {"listings": st.sampled_from([{"us-national": "clear"}, {"us-national": "hit"},
                                  {"us-national": "stale"}, {}])},
    {"message": st.sampled_from([{"purpose": "marketing"}, {"purpose": "transactional"},
                                 {"channel": "voice"}, {"text": "Your card 4111 1111 1111 1111"}])},
]  # fmt: skip


@st.composite
def messages(draw: Any) -> Facts:
    row: dict[str, Any] = {}
    for choice in ROWS:
        for key, values in choice.items():
            row[key] = draw(values)
    clean = {**CLEAN, "listings": {}}
    return facts_of(overlay(clean, row), shipped().screener)


@settings(max_examples=150, deadline=None)
@given(messages())
def test_what_is_proposed_lets_the_message_go_and_no_smaller_set_does(message: Facts) -> None:
    policy = shipped().policy
    offered = every_offer(message, policy)
    ways, smallest = search(message, policy, offered)
    if evaluate(message, policy).verdict.forwards:
        assert remedy(message, policy) is None
        return
    for way in ways:
        again = made(way.offers, message)
        assert evaluate(again, policy).verdict.forwards
    size = len(ways[0].offers) if ways else SMALL + 1
    if smallest:
        for less in range(1, min(size, SMALL + 1)):
            for chosen in combinations(offered, less):
                if len({offer.group for offer in chosen}) == less:
                    assert tried(chosen, message, policy) is None


def test_beyond_the_bound_a_set_is_made_smaller_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gatekeeper.rollout.change.MOST_TRIES", 3)
    found = proposed(at="2026-11-20T21:00:00-05:00", consent="none", sender="not_owned",
                     listings={})  # fmt: skip
    assert not found.smallest
    assert {change.id for change in found.ways[0].changes} == {
        "wait", "sender.owned", "list.us-national", "consent.express_written",
    }  # fmt: skip
