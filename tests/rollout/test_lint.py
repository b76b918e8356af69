"""Is everything told that is wrong in a folder, with place and code, and nothing else?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gatekeeper.domain.fault_codes import Code
from gatekeeper.rollout.lint import lint
from tests.support.linted import FILES, SOUND, TODAY, linted, told
from tests.support.shipped import FOLDER

PACKS = sorted(FILES.glob("*.yaml"))


@pytest.mark.parametrize("file", PACKS, ids=lambda file: file.stem)
def test_each_kind_of_fault_is_told_at_its_place(tmp_path: Path, file: Path) -> None:
    """A file begins with comments that name all its faults; the sound one has none."""
    text = file.read_text()
    expected = [line[2:] for line in text.splitlines() if line.startswith("# floor/")]
    assert told(linted(tmp_path, text)) == expected
    assert bool(expected) == (file.stem != "good")


def test_time_alone_brings_about_no_error() -> None:
    """A shipped folder that is in order today is in order in ten years, with warnings."""
    today, later = lint(FOLDER, TODAY), lint(FOLDER, date(2036, 11, 25))
    assert today.errors == later.errors == ()
    assert len(later.warnings) > len(today.warnings)


def test_a_folder_that_does_not_load_is_linted_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    text = SOUND.replace("verdict: defer", "verdict: never").replace("2026-11-22", "2027-01-01")
    report = linted(tmp_path, text)
    assert report.policy is None
    assert {fault.code for fault in report.errors} == {Code.UNKNOWN_WORD, Code.FUTURE}


def test_a_file_where_none_is_read_is_told_alone(tmp_path: Path) -> None:
    (tmp_path / "stray.yaml").write_text("pack: stray\n")
    (fault,) = linted(tmp_path).faults
    assert (str(fault.source), fault.code) == ("stray.yaml:1:1", Code.MISPLACED)


def test_warnings_and_errors_are_told_apart(tmp_path: Path) -> None:
    text = SOUND.replace("2026-11-22", "2020-11-22")
    report = linted(tmp_path, text)
    assert [fault.code for fault in report.warnings] == [Code.STALE]
    assert report.errors == ()
    assert report.policy is not None
