"""The law of tenants' files: whatever they say, nothing passes that the rules of all stop."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gatekeeper.domain.verdict import Verdict
from gatekeeper.evaluate import evaluate
from gatekeeper.policy.load import PolicyFile, compile_files, policy_files
from gatekeeper.policy.model import Policy
from gatekeeper.rollout.floor import loosened
from gatekeeper.rollout.given import facts_of
from gatekeeper.rollout.ready import check_kinds
from tests.support.shipped import FOLDER, shipped

FILES = tuple(policy_files(FOLDER))
SMALL = tuple(
    file for file in FILES if file.name.name in ("us.yaml", "us-fl.yaml", "gate.yaml", "world.yaml")
)
KINDS = check_kinds()
FLOOR = compile_files(SMALL, KINDS)
ROWS = [facts_of({**case.given, "tenant": "acme"}, shipped().screener) for case in FLOOR.cases]

hour = st.integers(0, 23)
windows = st.tuples(hour, hour).filter(lambda pair: pair[0] < pair[1]).map(
    lambda pair: {"mon-sun": f"{pair[0]:02}:00-{pair[1]:02}:00"}
)  # fmt: skip
PARAMETERS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "quiet_hours": st.fixed_dictionaries({"windows": windows}),
    "frequency": st.fixed_dictionaries(
        {"max": st.integers(1, 9), "window_hours": st.sampled_from([12, 24, 48])}
    ),
    "consent": st.fixed_dictionaries(
        {"need": st.sampled_from(["none", "implied", "express", "express_written"])}
    ),
    "dnc": st.fixed_dictionaries({"max_age_days": st.sampled_from([1, 31, 90])}),
}
TESTS = [{"name": "one", "fires": True}, {"name": "two", "fires": False}]
verdicts = st.sampled_from([verdict.label for verdict in Verdict])
modes = st.sampled_from(["off", "shadow", "enforce"])


@st.composite
def tightening(draw: st.DrawFn) -> dict[str, Any]:
    rule = draw(st.sampled_from([r for r in FLOOR.rules if r.check in PARAMETERS]))
    said: dict[str, Any] = {"rule": rule.id, "reason": "ours", "tests": TESTS}
    said["with"] = draw(PARAMETERS[rule.check])
    if draw(st.booleans()):
        said["verdict"] = draw(verdicts)
    if draw(st.booleans()):
        said["mode"] = draw(modes)
    if draw(st.booleans()):
        said["applies"] = {"purposes": draw(st.sampled_from([[], ["debt"], ["marketing"]]))}
    return said


@st.composite
def own_rule(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "id": f"acme.r{draw(st.integers(0, 99))}",
        "title": "ours",
        "citation": "ours",
        "verified_on": "2026-11-01",
        "check": "quiet_hours",
        "with": {"windows": draw(windows)},
        "verdict": draw(verdicts),
        "mode": draw(modes),
        "rollout": {"percent": draw(st.sampled_from([0, 10, 100]))},
        "tests": TESTS,
    }


def _id(said: Any) -> str:
    return str(said["id"])


def _rule(said: Any) -> str:
    return str(said["rule"])


tenants = st.fixed_dictionaries(
    {
        "tenant": st.just("acme"),
        "title": st.just("Acme"),
        "given": st.just(
            {
                "to": "+12122000123",
                "at": "2026-11-20T12:00:00-05:00",
                "message": {"channel": "sms"},
            }
        ),
        "rules": st.lists(own_rule(), max_size=2, unique_by=_id),
        "tighten": st.lists(tightening(), max_size=3, unique_by=_rule),
    }
)


def with_tenant(said: dict[str, Any]) -> Policy:
    file = PolicyFile(PurePosixPath("tenants/acme.yaml"), json.dumps(said).encode())
    return compile_files((*SMALL, file), KINDS)


@settings(max_examples=60)
@given(tenants, st.data())
def test_a_tenants_verdict_is_never_below_that_of_the_floor(
    said: dict[str, Any], data: st.DataObject
) -> None:
    """Also where the file would be refused as loosening: it could not loosen anything."""
    policy = with_tenant(said)
    for facts in data.draw(st.lists(st.sampled_from(ROWS), min_size=5, max_size=10)):
        ours, theirs = evaluate(facts, policy), evaluate(facts, FLOOR)
        assert ours.verdict >= theirs.verdict
        assert {found.rule for found in theirs.findings} <= {found.rule for found in ours.findings}


@settings(max_examples=60)
@given(tenants, st.data())
def test_what_is_not_refused_as_loosening_stops_all_that_the_rule_of_all_stops(
    said: dict[str, Any], data: st.DataObject
) -> None:
    """The rule of the tenant alone, in the place of the rule that it tightens."""
    policy = with_tenant(said)
    refused = {str(fault.source) for fault in loosened(policy)}
    for rule in policy.rules:
        if rule.tightens is None or str(rule.source) in refused or rule.mode != "enforce":
            continue
        floor = policy.rule(rule.tightens)
        assert floor is not None
        was, now = Policy("was", (floor,)), Policy("now", (replace(rule, tightens=None),))
        for facts in data.draw(st.lists(st.sampled_from(ROWS), min_size=5, max_size=10)):
            assert evaluate(facts, now).verdict >= evaluate(facts, was).verdict
