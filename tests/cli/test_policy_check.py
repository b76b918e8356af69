"""Is an author told all that is wrong in a folder, each with its place?"""

from __future__ import annotations

from pathlib import Path

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
    assert (
        "floor/us.yaml:15:12: GK302 there is no check consnt (did you mean consent?)"
        in result.stdout
    )
    assert "2 faults" in result.stdout
    assert answer("check", folder)["faults"][0] == {
        "file": "floor/us.yaml",
        "line": 15,
        "column": 12,
        "code": "GK302",
        "message": "there is no check consnt (did you mean consent?)",
    }


def test_check_proves_the_rules_by_their_tests(folder: Path) -> None:
    """A policy that loads but does something else than its tests say is not in order."""
    write(folder, "need: express", "need: none")
    result = run("check", folder)
    assert result.exit_code == 1
    assert "floor/us.yaml:19:9: GK502 us.consent: none: does not fire" in result.stdout


def test_check_reads_the_folders_tables_and_does_not_run_them(folder: Path) -> None:
    path = table(folder, "[]")
    assert run("check", folder).exit_code == 0
    path.write_text("rows: []\n")
    result = run("check", folder)
    assert result.exit_code == 1
    assert "tests/consent.yaml:1:7: GK202 rows is empty" in result.stdout


def test_a_warning_is_shown_and_is_no_fault_but_by_strict(folder: Path) -> None:
    write(folder, "2026-11-22", "2020-11-22")
    result = run("check", folder)
    assert result.exit_code == 0
    assert "floor/us.yaml:14:18: GK507 warning: last verified on 2020-11-22" in result.stdout
    assert result.stdout.rstrip().endswith("; 1 warning")
    found = answer("check", folder)
    assert (found["ok"], found["faults"]) == (True, [])
    assert [warning["code"] for warning in found["warnings"]] == ["GK507"]
    assert run("check", folder, "--strict").exit_code == 1


def test_a_fault_of_no_file_has_no_place_for_machines(tmp_path: Path) -> None:
    found = answer("check", tmp_path)
    assert found["faults"] == [
        {
            "file": None,
            "line": None,
            "column": None,
            "code": "GK109",
            "message": "no policy files are there",
        }
    ]


def test_markup_in_a_file_is_shown_as_it_is_written(folder: Path) -> None:
    write(folder, "verdict: block", 'verdict: "[bold]x"')
    assert "[bold]x is not one of" in run("check", folder).stdout
