"""Is an author told all that is wrong in a folder, each with its place?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.cli.policy_check import checked
from tests.support.author import SMALL, answer, run, table, write


def test_check_says_that_a_folder_is_in_order() -> None:
    result = run("check", SMALL)
    assert result.exit_code == 0
    assert result.stdout.startswith("in order: 1 rule, 0 detectors and 1 rule of replies, policy ")
    found = answer("check", SMALL)
    assert (found["ok"], found["faults"], len(found["policy"])) == (True, [], 64)


def test_check_tells_the_places_of_all_faults(folder: Path) -> None:
    write(folder, "verdict: block", "verdict: blok")
    write(folder, "check: consent", "check: consnt")
    result = run("check", folder)
    assert result.exit_code == 1
    assert "floor/us.yaml:15:12: there is no check consnt (did you mean consent?)" in result.stdout
    assert "2 faults" in result.stdout
    assert answer("check", folder)["faults"][0] == {
        "file": "floor/us.yaml",
        "line": 15,
        "column": 12,
        "message": "there is no check consnt (did you mean consent?)",
    }


def test_check_proves_the_rules_by_their_tests(folder: Path) -> None:
    """A policy that loads but does something else than its tests say is not in order."""
    write(folder, "need: express", "need: none")
    result = run("check", folder)
    assert result.exit_code == 1
    assert "floor/us.yaml:19:9: us.consent: none: does not fire" in result.stdout


def test_check_reads_the_folders_tables_and_does_not_run_them(folder: Path) -> None:
    path = table(folder, "[us.quiet_hours]")
    assert run("check", folder).exit_code == 0
    path.write_text("rows: []\n")
    result = run("check", folder)
    assert result.exit_code == 1
    assert f"{path}:1:7: rows is empty" in result.stdout


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
