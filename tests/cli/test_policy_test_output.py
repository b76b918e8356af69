"""Is everything that does not hold shown, as it is written, and the same told to machines?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from gatekeeper.cli.policy_test_output import ran
from gatekeeper.cli.policy_watch import outcomes
from gatekeeper.policy.model import Source
from gatekeeper.rollout.prove import Proved
from gatekeeper.rollout.suite import Suite
from tests.support.shipped import shipped

PLACE = Source(PurePosixPath("floor/us.yaml"), 7, 9)
GOOD = Proved("us.rule", "late", PLACE)
BAD = Proved("us.rule", "early [bold]", PLACE, "does not fire")


def result(*proved: Proved, faults: tuple[str, ...] = ()) -> Suite:
    return Suite(shipped().policy, proved, faults=faults)


def test_what_failed_is_shown_as_it_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    """Square brackets of a name are no markup, and a long line is not broken."""
    ran(result(GOOD, BAD), as_json=False)
    shown = capsys.readouterr().out
    assert "FAIL floor/us.yaml:7:9: us.rule: early [bold]: does not fire" in shown
    assert "1 of 2 examples hold" in shown


def test_what_has_changed_since_the_last_run_comes_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = outcomes(result(GOOD, replace(BAD, problem="")))
    ran(result(GOOD, BAD), as_json=False, known=before)
    assert capsys.readouterr().out.startswith("now fails: example us.rule: early [bold]\nFAIL ")
