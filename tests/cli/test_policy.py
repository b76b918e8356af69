"""Do the commands of policy authors say what is wrong, and end with a status for scripts?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from typer.testing import CliRunner, Result

from gatekeeper.cli.policy import app
from gatekeeper.policy.yamlfile import read
from tests.support.shipped import FOLDER

DATA = Path(__file__).parent.parent / "rollout" / "data"
SMALL = DATA / "small"


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def answer(*words: object) -> Any:
    return json.loads(run(*words, "--json").stdout)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    return tmp_path


def write(folder: Path, old: str, new: str) -> None:
    file = folder / "floor" / "us.yaml"
    file.write_text(file.read_text().replace(old, new))


def table(folder: Path, findings: str) -> Path:
    """A table of one row in the folder, which expects these findings."""
    (folder / "tests").mkdir(exist_ok=True)
    path = folder / "tests" / "consent.yaml"
    path.write_text(
        "rows:\n"
        "  - name: no consent\n"
        '    to: "+12122000123"\n'
        "    at: 2026-11-20T12:00:00-05:00\n"
        "    message: {channel: sms}\n"
        f"    expect: {{verdict: block, findings: {findings}}}\n"
    )
    return path


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


def test_test_runs_the_examples_and_the_folders_own_tables(folder: Path) -> None:
    table(folder, "[us.consent]")
    result = run("test", folder)
    assert result.exit_code == 0
    assert "12 of 12 examples hold" in result.stdout
    assert "1 of 1 rows of tables hold" in result.stdout


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


def test_explain_shows_the_law_behind_a_rule() -> None:
    result = run("explain", "us.quiet_hours")
    assert result.exit_code == 0
    for told in ("47 CFR 64.1200(c)(1)", "quiet_hours", "floor/us.yaml:", "fires:", "silent:"):
        assert told in result.stdout
    found = answer("explain", "us.quiet_hours")
    assert (found["id"], found["verdict"], found["mode"]) == ("us.quiet_hours", "defer", "enforce")
    assert {test["fires"] for test in found["tests"]} == {True, False}


def test_explain_offers_the_rule_that_was_meant() -> None:
    result = run("explain", "us.quiet_hour")
    assert result.exit_code == 1
    assert (
        "there is no rule or detector us.quiet_hour (did you mean us.quiet_hours?)" in result.stderr
    )


def test_explain_shows_a_detector() -> None:
    found = answer("explain", "card")
    assert (found["family"], found["tests"]) == ("payment", [])
    assert "content/payment/card.yaml:1:1" in run("explain", "card").stdout


def test_list_shows_every_rule() -> None:
    assert "us.consent" in run("list", SMALL).stdout
    assert [rule["id"] for rule in answer("list", SMALL)["rules"]] == ["us.consent"]


def test_list_shows_how_replies_are_read() -> None:
    assert "how replies are read" in run("list", SMALL).stdout
    (told,) = answer("list", SMALL)["replies"]
    assert (told["id"], told["means"], told["words"][4]) == ("en.stop", "stop", "opt out")


def test_explain_shows_a_rule_of_replies_with_its_words_and_place() -> None:
    shown = run("explain", "en.stop", SMALL).stdout
    assert "unsubscribe" in shown
    assert "replies/en.yaml:4:5" in shown


def test_a_folder_that_does_not_load_is_told_by_every_command(folder: Path) -> None:
    write(folder, "verdict: block", "verdict: blok")
    for words in (("test", folder), ("list", folder), ("explain", "us.consent", folder)):
        result = run(*words)
        assert result.exit_code == 1
        assert "floor/us.yaml:17:14: blok is not one of" in result.stderr


@pytest.mark.parametrize("kind", ["pack", "detector", "replies", "table"])
def test_the_schemas_are_printed_for_editors(kind: str) -> None:
    Draft7Validator.check_schema(json.loads(run("schema", kind).stdout))


@pytest.mark.parametrize("kind", ["pack", "detector", "replies", "table"])
def test_every_shipped_file_is_valid_by_its_schema(kind: str) -> None:
    """As an editor sees it: days and instants are texts."""
    validator = Draft7Validator(json.loads(run("schema", kind).stdout))
    found = 0
    for path in FOLDER.rglob("*.yaml"):
        if kind_of(path) == kind:
            located = read(path.read_bytes(), PurePosixPath(path.name), [])
            assert located is not None
            value = json.loads(json.dumps(located.value, default=lambda day: day.isoformat()))
            assert [error.message for error in validator.iter_errors(value)] == [], path.name
            found += 1
    assert found


def kind_of(path: Path) -> str:
    parts = path.relative_to(FOLDER).parts
    if parts[0] == "tests":
        return "table"
    if parts[0] == "replies":
        return "replies"
    return "detector" if len(parts) == 3 else "pack"


def test_an_unknown_schema_is_told() -> None:
    result = run("schema", "rule")
    assert result.exit_code == 1
    assert "one of pack, detector, replies, table" in result.stderr
