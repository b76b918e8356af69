"""Does an author see which rules nothing shows at work?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gatekeeper.cli.policy_coverage import coverage_said, show_coverage
from gatekeeper.rollout.coverage import Count, Covered
from tests.support.author import answer, run, table

GOOD = Covered("us.a", Count(1, 1), Count(2, 0), Count(9, 9), 4, ("need",), ("elements",))
BAD = Covered("us.b", Count(1, 0), Count(), Count(), 0, (), ())


def test_rules_are_shown_with_their_counts_and_the_lacking_ones_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_coverage((GOOD, BAD))
    told = capsys.readouterr().out
    assert "1 / 1" in told
    assert "elements" in told
    assert "never fires or is never silent: us.b" in told
    assert "1 rule of 2 fire somewhere and stay silent somewhere" in told


def test_machines_get_the_same() -> None:
    good, bad = coverage_said((GOOD, BAD))
    assert (good["whole"], bad["whole"]) == (True, False)
    assert good["near_misses"] == {"fires": 9, "silent": 9}
    assert (good["crossed"], good["not_crossed"]) == (["need"], ["elements"])


def test_coverage_is_shown_beside_the_results(folder: Path) -> None:
    result = run("test", folder, "--coverage")
    assert result.exit_code == 0
    assert "1 rule of 1 fire somewhere and stay silent somewhere" in result.stdout
    [covered] = answer("test", folder, "--coverage")["coverage"]
    assert covered["rule"] == "us.consent"
    assert "coverage" not in answer("test", folder)


def test_a_rule_that_is_never_silent_ends_the_run_with_1(folder: Path) -> None:
    """The one row holds; of the rule it only shows that it fires."""
    rows = table(folder, "[us.consent]")
    assert run("test", folder, "--tables", rows).exit_code == 0
    result = run("test", folder, "--tables", rows, "--coverage")
    assert result.exit_code == 1
    assert "never fires or is never silent: us.consent" in result.stdout
