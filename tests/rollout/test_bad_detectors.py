"""Every kind of mistake in a detector's file is told with its place, code and what was meant.

A file of `data/detectors` has one mistake, which its name says, and ends with what is to be told of
it: `# LINE:COLUMN CODE message`. The good ones end with nothing.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gatekeeper.domain.fault_codes import Code
from gatekeeper.policy.faults import Fault
from gatekeeper.rollout.lint import lint
from tests.support.author import DATA, SMALL
from tests.support.linted import TODAY

FILES = sorted((DATA / "detectors").glob("*.yaml"))
PLACE = "content/credential/badge.yaml"


def found(folder: Path, text: str) -> list[Fault]:
    """What is told of a detector's file."""
    place = folder / PLACE
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    if not (folder / "replies").exists():  # a folder without any has faults of its own
        shutil.copytree(SMALL / "replies", folder / "replies")
    return [fault for fault in lint(folder, TODAY).faults if str(fault.source.file) == PLACE]


def said(fault: Fault) -> str:
    """As the files have it."""
    return f"{fault.source.line}:{fault.source.column} {fault.code} {fault.message}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_mistake_is_told_at_its_place(tmp_path: Path, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    expected = [line[2:] for line in text.splitlines() if line.startswith("# ")]
    assert [said(fault) for fault in found(tmp_path, text)] == expected
    assert bool(expected) != file.stem.startswith("good")


def test_there_is_a_file_for_every_code_that_a_detector_can_have() -> None:
    told = {word for file in FILES for word in file.read_text().split() if word.startswith("GK")}
    assert told >= {
        Code.NOT_TEXT,
        Code.NOT_YAML,
        Code.NOT_PLAIN,
        Code.KEY_TWICE,
        Code.MISPLACED,
        Code.UNKNOWN_KEY,
        Code.MISSING,
        Code.WRONG_VALUE,
        Code.UNKNOWN_WORD,
        Code.UNREACHABLE,
        Code.TEST_FAILS,
        Code.NO_CITATION,
        Code.DETECTOR,
        Code.PATTERN,
    }


def test_the_second_of_two_detectors_of_one_id_names_the_first(tmp_path: Path) -> None:
    good = (DATA / "detectors" / "good.yaml").read_text()
    other = tmp_path / "content/payment/badge.yaml"
    other.parent.mkdir(parents=True)
    other.write_text(good.replace("family: credential", "family: payment"))
    faults = lint(tmp_path, TODAY).faults if found(tmp_path, good) is not None else ()
    assert (
        "content/payment/badge.yaml:1:5: the detector badge stands at " + f"{PLACE}:1:5 already"
        in {str(fault) for fault in faults}
    )


def test_mistakes_in_two_files_are_told_together(tmp_path: Path) -> None:
    other = tmp_path / "content/credential/other.yaml"
    other.parent.mkdir(parents=True)
    good = (DATA / "detectors" / "good.yaml").read_text()
    other.write_text(good.replace("id: badge", "id: other").replace("group: 1", "grup: 1"))
    found(tmp_path, good.replace("family: credential", "family: credentials"))
    places = {str(fault.source.file) for fault in lint(tmp_path, TODAY).errors}
    assert places == {PLACE, "content/credential/other.yaml"}
