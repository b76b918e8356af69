"""Can a build server read the results?"""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import parse

from tests.support.author import run, table, write


def read(report: Path) -> Element:
    root = parse(report).getroot()
    assert root is not None
    return root


def test_every_result_is_a_case_and_what_fails_says_why(folder: Path, tmp_path: Path) -> None:
    run("test", folder, "--pin")
    table(folder, "[us.quiet_hours]")
    write(folder, "need: express", "need: implied")
    report = tmp_path / "report.xml"
    assert run("test", folder, "--junit", report).exit_code == 1
    suites = {each.attrib["name"]: each for each in read(report)}
    assert set(suites) == {"examples", "tables", "near-misses", "pinned near-misses", "files"}
    for name, failures in (("tables", 1), ("near-misses", 0), ("pinned near-misses", 1)):
        assert int(suites[name].attrib["failures"]) == failures, name
        assert len(suites[name].findall(".//failure")) == failures
        assert int(suites[name].attrib["tests"]) == len(suites[name]) > 0
    [failure] = suites["tables"].findall(".//failure")
    assert "findings: expected but not found: us.quiet_hours" in failure.attrib["message"]


def test_a_file_that_cannot_be_read_is_a_failure(folder: Path, tmp_path: Path) -> None:
    (folder / "tests").mkdir()
    (folder / "tests" / "bad.yaml").write_text("rows: []\n")
    report = tmp_path / "report.xml"
    assert run("test", folder, "--junit", report).exit_code == 1
    failed = read(report).findall(".//testsuite[@name='files']//failure")
    assert "rows is empty" in failed[0].attrib["message"]
