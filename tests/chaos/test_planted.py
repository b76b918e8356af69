"""Are the bugs of the opt-out harness bugs: is what they patch still what runs?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.chaos.planted import BUGS

CHECKOUT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", sorted(BUGS))
def test_a_planted_bug_replaces_what_is_there(name: str) -> None:
    """In a process of its own: this one must stay sound."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.chaos.planted", name, "version"],
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
    )
    assert (told.returncode, told.stderr) == (0, "")


def test_both_kinds_of_controls_are_there() -> None:
    assert {bug.found for bug in BUGS.values()} == {True, False}
