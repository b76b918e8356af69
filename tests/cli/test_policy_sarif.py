"""Can code scanning services read what they are told?"""

from __future__ import annotations

import gzip
import json
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]

from gatekeeper.cli.policy_sarif import sarif
from gatekeeper.domain.fault_codes import Code
from gatekeeper.policy.faults import Fault
from gatekeeper.policy.model import Source
from gatekeeper.rollout.lint import Report
from tests.support.author import run, write

SCHEMA = Path(__file__).parent / "data" / "sarif-2.1.0-rtm.5.json.gz"
"""The standard's own schema, as the npm package @microsoft/jest-sarif 1.0.0-beta.0 (MIT) has it."""
FAULTS = tuple(
    Fault(Source(PurePosixPath("floor/a b.yaml"), 3, 7), f'A "fault" of {code}.', code)
    for code in Code
)


def valid(log: Any) -> None:
    schema = json.loads(gzip.decompress(SCHEMA.read_bytes()))
    assert [error.message for error in Draft7Validator(schema).iter_errors(log)] == []


def result(fault: Fault, folder: str = "/repository/policies") -> Any:
    log = sarif(Report(None, (fault,)), Path(folder), Path("/repository"))
    valid(log)
    return log["runs"][0]["results"][0]


def test_a_log_with_every_kind_of_fault_is_valid_by_the_standard_s_schema() -> None:
    log = sarif(Report(None, FAULTS), Path("/repository/policies"), Path("/repository"))
    valid(log)
    run = log["runs"][0]
    assert len(run["results"]) == len(run["tool"]["driver"]["rules"]) == len(Code)
    for found in run["results"]:
        rule = run["tool"]["driver"]["rules"][found["ruleIndex"]]
        assert (rule["id"], rule["defaultConfiguration"]["level"]) == (
            found["ruleId"],
            found["level"],
        )


def test_the_schema_would_notice_a_log_that_is_none() -> None:
    log = sarif(Report(None, FAULTS), Path("/repository"), Path("/repository"))
    log["runs"][0]["results"][0]["place"] = "here"
    with pytest.raises(AssertionError, match="place"):
        valid(log)


def test_a_place_is_told_relative_to_where_the_command_was_run() -> None:
    place = result(FAULTS[0])["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "policies/floor/a%20b.yaml"
    assert place["region"] == {"startLine": 3, "startColumn": 7}
    elsewhere = result(FAULTS[0], "/elsewhere")["locations"][0]["physicalLocation"]
    assert elsewhere["artifactLocation"]["uri"] == "file:///elsewhere/floor/a%20b.yaml"


def test_a_fault_of_the_whole_folder_stands_at_the_folder() -> None:
    place = result(Fault(Source(PurePosixPath("-")), "Nothing is there.", Code.EMPTY))
    uri = place["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "policies"


def test_a_fault_that_has_moved_is_still_the_same() -> None:
    moved = Fault(Source(PurePosixPath("floor/a b.yaml"), 9, 1), FAULTS[0].message, FAULTS[0].code)
    assert result(moved)["partialFingerprints"] == result(FAULTS[0])["partialFingerprints"]
    assert result(FAULTS[1])["partialFingerprints"] != result(FAULTS[0])["partialFingerprints"]


def test_the_command_prints_the_log_and_ends_as_ever(folder: Path) -> None:
    write(folder, "verdict: block", "verdict: blok")
    shown = run("check", folder, "--sarif")
    valid(json.loads(shown.stdout))
    assert shown.exit_code == 1
    write(folder, "verdict: blok", "verdict: block")
    shown = run("check", folder, "--sarif")
    assert json.loads(shown.stdout)["runs"][0]["results"] == []
    assert shown.exit_code == 0
