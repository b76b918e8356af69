"""Can an operator declare an emergency by editing one file of the shipped policy?"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatekeeper.evaluate import evaluate
from gatekeeper.rollout.ready import Judge, ready
from gatekeeper.rollout.tables import read_table, rule_ids, run_table
from gatekeeper.rollout.whatif import CheckRequest, offline_facts
from gatekeeper.settings import CHECKOUT

ORDER = """
orders:
  - id: storm
    region: US-LA
    from: 2026-11-01T06:00:00-05:00
    title: A storm
    citation: A notice
    verified_on: 2026-11-01
"""
"""It has no end yet, and stands over the days of most examples of the shipped rules."""
ASSUMED = {
    "sender": "owned",
    "consent": "express_written",
    "listings": {"us-national": "clear"},
}


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """The shipped policy with the order written into its file."""
    folder = tmp_path_factory.mktemp("policies")
    shutil.copytree(CHECKOUT / "policies", folder, dirs_exist_ok=True)
    file = folder / "floor" / "orders.yaml"
    file.write_text(file.read_text().replace("\norders: []\n", ORDER))
    return ready(folder)


def found(judge: Judge, to: str, at: str) -> tuple[str, ...]:
    question = CheckRequest.model_validate(
        {"channel": "sms", "from": "+13122000100", "to": to, "at": at, "assume": ASSUMED,
         "text": "Acme: 20% off today. Reply STOP to opt out."}
    )  # fmt: skip
    now = datetime(2026, 11, 20, tzinfo=UTC)
    facts = offline_facts(question, now, judge.screener, judge.policy.orders)
    return rule_ids(evaluate(facts, judge.policy).findings)


def test_a_declared_order_stops_what_comes_into_its_region_and_nothing_else(
    declared: Judge,
) -> None:
    assert found(declared, "+15042000123", "2026-11-20T12:00:00-06:00") == (
        "us-la.emergency_order",
    )
    assert found(declared, "+15042000123", "2026-10-30T12:00:00-05:00") == ()
    assert found(declared, "+12122000123", "2026-11-20T12:00:00-05:00") == ()


def test_a_declared_order_breaks_no_table(declared: Judge) -> None:
    """So an operator never has to choose between an order and a policy that is in order."""
    for table in sorted(Path(CHECKOUT, "policies", "tests").glob("us-states-*.yaml")):
        results = run_table(read_table(table), declared.policy, declared.screener)
        assert [result.name for result in results if not result.holds] == []
