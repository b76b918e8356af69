"""Is every example and row that does not hold shown, with what was expected and found?"""

from __future__ import annotations

from pathlib import Path

from tests.support.author import DATA, answer, run, table, write


def test_test_runs_the_examples_and_the_folders_own_tables(folder: Path) -> None:
    table(folder, "[us.consent]")
    result = run("test", folder)
    assert result.exit_code == 0
    assert "12 of 12 examples hold" in result.stdout
    assert "1 of 1 rows of tables hold" in result.stdout
    assert "7 of 7 near-misses hold" in result.stdout


def test_what_is_pinned_is_told_when_a_rule_turns_elsewhere(folder: Path) -> None:
    """Its own tests do not notice that less consent will do: the pins do."""
    assert run("test", folder, "--pin").exit_code == 0
    assert "7 of 7 pinned near-misses hold" in run("test", folder).stdout
    write(folder, "need: express", "need: implied")
    result = run("test", folder)
    assert result.exit_code == 1
    assert (
        "FAIL tests/edges/us.yaml:10:11: us.consent: pinned near-miss of none: need: "
        '{"consent": "implied"}: it fired and now is silent; if so it is meant, pin it anew'
    ) in result.stdout
    assert run("test", folder, "--pin").exit_code == 0


def test_pins_that_cannot_be_read_fail_the_run(folder: Path) -> None:
    run("test", folder, "--pin")
    (folder / "tests" / "edges" / "us.yaml").write_text("pack: us\nrules: {us.consent: [1]}\n")
    result = run("test", folder)
    assert result.exit_code == 1
    assert "FAULT tests/edges/us.yaml:2:" in result.stdout


def test_test_shows_of_a_failing_row_what_was_expected_and_found(folder: Path) -> None:
    path = table(folder, "[us.quiet_hours]")
    result = run("test", folder)
    assert result.exit_code == 1
    for told in (
        f"FAIL {path}:2:5: no consent",
        "findings: expected but not found: us.quiet_hours",
        "findings: found but not expected: us.consent",
        "found us.consent: block (enforce), consent.missing: No consent is on record",
        "0 of 1 rows of tables hold",
    ):
        assert told in result.stdout


def test_test_with_tables_runs_those_alone(folder: Path, tmp_path: Path) -> None:
    """By the policy in use if no folder is named."""
    table(folder, "[us.quiet_hours]")
    found = answer("test", "--tables", DATA / "table.yaml")
    assert not found["ok"]
    assert found["examples"] == []
    assert [row["ok"] for row in found["rows"]] == [
        row["name"].startswith("holds") for row in found["rows"]
    ]
    late = found["rows"][2]
    assert (late["verdict"], late["findings"]) == ("defer", ["us.quiet_hours"])
    assert late["next_allowed_at"] == "2026-11-21T13:00:00+00:00"


def test_only_what_has_the_word_is_run(folder: Path) -> None:
    table(folder, "[us.quiet_hours]")
    found = answer("test", folder, "-k", "spam")
    assert found["rows"] == []
    assert run("test", folder, "-k", "en.").exit_code == 0
    assert run("test", folder, "-k", "no consent").exit_code == 1


def test_a_table_that_cannot_be_read_fails_the_run_and_others_are_run(folder: Path) -> None:
    good = table(folder, "[us.consent]")
    bad = folder / "tests" / "bad.yaml"
    bad.write_text("rows: []\n")
    gone = folder / "gone.yaml"
    result = run("test", folder, "--tables", bad, "--tables", good, "--tables", gone)
    assert result.exit_code == 1
    assert f"FAULT {bad}:1:7: rows is empty" in result.stdout
    assert f"FAULT {gone}:1:1: cannot be read" in result.stdout
    assert "1 of 1 rows of tables hold" in result.stdout
