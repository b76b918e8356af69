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


TENANT = """tenant: acme
title: Acme's own rules
tighten:
  - rule: bad.hours
    reason: Acme calls nobody before nine
    with: {windows: "09:00-21:00"}
    tests:
      - {name: too early, fires: true, at: 2026-11-20T08:30:00-05:00}
      - {name: at noon, fires: false}
waivers:
  - id: recall
    rules: [bad.hours, acme.bad.hours]
    approved_by: Ann Counsel
    reason: a recall
    citation: memo 2
    from: 2026-10-01
    expires: 2026-11-24T09:00:00-05:00
"""


def test_a_waiver_that_has_ended_is_a_warning_in_a_tenants_file(tmp_path: Path) -> None:
    (tmp_path / "tenants").mkdir()
    (tmp_path / "tenants" / "acme.yaml").write_text(TENANT)
    (fault,) = linted(tmp_path).faults
    assert (str(fault.source), fault.code) == ("tenants/acme.yaml:11:5", Code.EXPIRED)
    assert fault.message.startswith("waiver recall ended at 2026-11-24")


def test_a_tenant_that_loosens_a_rule_of_all_is_told_as_that(tmp_path: Path) -> None:
    (tmp_path / "tenants").mkdir()
    (tmp_path / "tenants" / "acme.yaml").write_text(TENANT.replace("09:00-21:00", "09:00-22:00"))
    assert Code.LOOSENED in {fault.code for fault in linted(tmp_path).errors}


def test_a_rule_that_another_shadows_is_told_at_its_place(tmp_path: Path) -> None:
    again = SOUND[SOUND.index("  - id:") :].replace("bad.hours", "bad.again")
    (fault,) = linted(tmp_path, SOUND + again).faults
    assert (str(fault.source), fault.code) == ("floor/bad.yaml:22:5", Code.SHADOWED)
