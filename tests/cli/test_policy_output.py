"""Is what a policy command found shown whole, to people and to machines?"""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any

import pytest

from gatekeeper.cli.policy_output import RunResult, checked, explained, ran
from gatekeeper.policy.model import Source
from gatekeeper.policy.replies import all_rules
from gatekeeper.rollout.prove import Proved
from tests.support.shipped import shipped

PLACE = Source(PurePosixPath("floor/us.yaml"), 7, 9)
GOOD = Proved("us.rule", "late", PLACE)
BAD = Proved("us.rule", "early [bold]", PLACE, "does not fire")


def result(*proved: Proved, faults: tuple[str, ...] = ()) -> RunResult:
    return RunResult(shipped().policy, proved, (), faults)


@pytest.mark.parametrize(
    ("run", "holds"),
    [
        (result(GOOD), True),
        (result(GOOD, BAD), False),
        (result(GOOD, faults=("t.yaml:1:1: wrong",)), False),
    ],
)
def test_a_run_holds_only_if_everything_does(run: RunResult, holds: bool) -> None:
    assert run.holds is holds


def test_what_failed_is_shown_as_it_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    """Square brackets of a name are no markup, and a long line is not broken."""
    ran(result(GOOD, BAD), as_json=False)
    shown = capsys.readouterr().out
    assert "FAIL floor/us.yaml:7:9: us.rule: early [bold]: does not fire" in shown
    assert "1 of 2 examples hold" in shown


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a.yaml:3:4: a: b", {"file": "a.yaml", "line": 3, "column": 4, "message": "a: b"}),
        ("C:/a.yaml:3:4: b", {"file": "C:/a.yaml", "line": 3, "column": 4, "message": "b"}),
        ("no place: b", {"file": None, "line": None, "column": None, "message": "no place: b"}),
    ],
)
def test_a_machine_gets_the_parts_of_a_fault(
    line: str, expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    checked(None, (line,), as_json=True)
    assert json.loads(capsys.readouterr().out)["faults"] == [expected]


SUBJECTS = (
    *shipped().policy.rules,
    *shipped().policy.detectors,
    *all_rules(shipped().policy),
)


@pytest.mark.parametrize("rule", SUBJECTS, ids=lambda rule: rule.id)
def test_every_shipped_rule_detector_and_rule_of_replies_can_be_explained(
    rule: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    explained(rule, shipped().policy, as_json=True)
    assert json.loads(capsys.readouterr().out)["citation"] == rule.citation
    explained(rule, shipped().policy, as_json=False)
    assert rule.id in capsys.readouterr().out
