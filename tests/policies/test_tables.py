"""Every row of the shipped decision tables, as a test of its own name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.domain.words import Mode, Override
from gatekeeper.rollout.ready import Judge, loaded, proof
from gatekeeper.rollout.tables import TableRow, read_table, run_table
from gatekeeper.settings import CHECKOUT

POLICIES = CHECKOUT / "policies"
FLOOR = POLICIES / "floor"


def _rows() -> Iterator[Any]:
    for path in sorted((POLICIES / "tests").glob("*.yaml")):
        for row in read_table(path, path.name):
            yield pytest.param(row, id=f"{path.stem}: {row.name}")


ROWS = list(_rows())


@pytest.fixture(scope="module")
def judge() -> Judge:
    return loaded(POLICIES)


@pytest.mark.parametrize("row", ROWS)
def test_the_shipped_policy_decides_the_row_as_it_says(row: TableRow, judge: Judge) -> None:
    [result] = run_table((row,), judge.policy, judge.screener, complete=True)
    assert result.problems == (), f"{row.source}: {', '.join(result.problems)}"


def test_every_rule_fires_in_some_row(judge: Judge) -> None:
    rows = tuple(param.values[0] for param in ROWS)
    results = run_table(rows, judge.policy, judge.screener)
    fired = {finding.rule for result in results for finding in result.decision.findings}
    on = {rule.id for rule in judge.policy.rules if rule.mode is not Mode.OFF}
    assert on - fired == set()


def test_no_two_rows_of_a_file_have_one_name() -> None:
    names = Counter(param.id for param in ROWS)
    assert [name for name, count in names.items() if count > 1] == []


def test_every_example_beside_a_rule_or_detector_holds(judge: Judge) -> None:
    assert [str(each.fault) for each in proof(judge) if not each.holds] == []


def test_every_rule_of_the_floor_cites_a_source_and_says_when_it_was_read(judge: Judge) -> None:
    for rule in judge.policy.rules:
        assert rule.citation.strip()
        assert rule.verified_on is not None
        assert rule.title.strip()


def test_what_is_never_overridable_stays_so(judge: Judge) -> None:
    never = {
        "gate.suspended", "gate.component", "gate.terms", "gate.sender_campaign",
        "gate.emergency_destination", "gate.crisis_destination", "gate.sender",
        "gate.own_will", "gate.internal_list", "us.consent_marketing", "us.consent_service",
        "us-fl.consent", "us-ct.consent", "ca.consent", "world.consent_marketing",
        "us.consent_marketing_statute", "us.revoke_all", "gb.consent_text", "eu.consent_text",
        "eu.consent_call", "au.consent_text", "ca.consent_recorded", "gb.consent_recorded",
        "content.payment", "content.government_id", "content.credential",
    }  # fmt: skip
    rules = {rule.id: rule for rule in judge.policy.rules}
    assert [name for name in sorted(never) if rules[name].override is not Override.NEVER] == []
    assert all(rules[name].verdict.label == "block" for name in never)


def test_a_pack_of_a_place_stands_in_the_floor() -> None:
    assert {path.stem for path in Path(FLOOR).glob("*.yaml")} >= {
        "gate", "us", "us-fl", "us-tx", "us-ct", "ca", "world",
    }  # fmt: skip
