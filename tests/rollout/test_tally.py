"""Are outcomes counted by what changes, for whom, and by which rule?"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from gatekeeper.domain.verdict import Verdict
from gatekeeper.rollout.rejudge import Outcome, Rejudged
from gatekeeper.rollout.tally import SHOWN, Share, Tally
from gatekeeper.rollout.traffic import Told
from tests.rollout.test_recording import decode, written
from tests.support.shipped import facts

BODY = decode(written(facts()))
ALLOW, FLAG, DEFER, BLOCK = Verdict.ALLOW, Verdict.FLAG, Verdict.DEFER, Verdict.BLOCK


def told(name: str = "r1", tenant: str = "acme", campaign: str | None = "news") -> Told:
    return Told("2026-11-20T12:00:00Z", name, tenant, replace(BODY, campaign=campaign))


def became(old: Verdict | None, new: Verdict | None, *why: str) -> Rejudged:
    """Decided by rule `old` under the one and by `new` under the other."""
    sides = [Outcome(v, n if v else None, why) for v, n in ((old, "old"), (new, "new"))]
    return Rejudged(*sides)


def tallied(*found: Rejudged, **of: Any) -> Tally:
    tally = Tally()
    for n, each in enumerate(found):
        message = told(f"r{n}", **of)
        tally.decision(message)
        tally.message(message, each)
    return tally


def test_what_no_longer_goes_out_is_newly_blocked_and_the_reverse_newly_allowed() -> None:
    tally = tallied(
        became(ALLOW, ALLOW), became(ALLOW, DEFER), became(FLAG, BLOCK), became(BLOCK, FLAG)
    )
    assert tally.total == Share(judged=4, newly_blocked=2, newly_allowed=1)
    assert tally.matrix[ALLOW, DEFER] == tally.matrix[FLAG, BLOCK] == tally.matrix[BLOCK, FLAG] == 1


def test_another_verdict_to_the_same_end_is_another_change() -> None:
    tally = tallied(became(ALLOW, FLAG), became(DEFER, BLOCK))
    assert (tally.total.other, tally.total.changed) == (2, 2)


def test_the_rule_of_the_stricter_verdict_is_told() -> None:
    tally = tallied(became(ALLOW, DEFER), became(BLOCK, ALLOW), became(ALLOW, ALLOW))
    assert tally.by_rule() == {
        "new": Share(judged=1, newly_blocked=1),
        "old": Share(judged=1, newly_allowed=1),
    }


def test_of_what_cannot_be_told_the_reasons_are_counted() -> None:
    tally = tallied(became(ALLOW, None, "a", "b"), became(None, None, "a"))
    assert tally.total == Share(unjudged=2)
    assert tally.why == {"a": 2, "b": 1}
    assert tally.matrix == {}


def test_tenants_and_campaigns_have_figures_of_their_own() -> None:
    tally = tallied(became(ALLOW, DEFER))
    tally.join(
        tallied(became(ALLOW, ALLOW), became(None, None, "a"), tenant="rival", campaign=None)
    )
    assert tally.by_tenant() == {
        "acme": Share(judged=1, newly_blocked=1),
        "rival": Share(judged=1, unjudged=1),
    }
    assert set(tally.by_campaign()) == {("acme", "news"), ("rival", "")}
    assert tally.decisions == 3


def test_a_few_examples_of_each_change_are_kept() -> None:
    many = tallied(*[became(ALLOW, DEFER)] * (SHOWN + 2))
    assert [each.decision for each in many.examples[ALLOW, DEFER]] == ["r0", "r1", "r2"]
    many.join(tallied(became(ALLOW, DEFER), became(BLOCK, ALLOW)))
    assert {change: len(found) for change, found in many.examples.items()} == {
        (ALLOW, DEFER): SHOWN,
        (BLOCK, ALLOW): 1,
    }


def test_joining_gives_the_span_of_both() -> None:
    early, late = Tally(), Tally()
    early.decision(replace(told(), at="2026-11-20T01:00:00Z"))
    late.decision(replace(told(), at="2026-11-21T01:00:00Z"))
    late.read.refused, early.read.unreadable = 2, 1
    late.join(early)
    assert (late.first, late.last) == ("2026-11-20T01:00:00Z", "2026-11-21T01:00:00Z")
    assert (late.read.refused, late.read.unreadable) == (2, 1)
    empty = Tally()
    empty.join(Tally())
    assert (empty.first, empty.last) == ("", "")
