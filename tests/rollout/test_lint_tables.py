"""Do decision tables name only rules, reasons, limits and places that are there?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.linted import SOUND, linted, told

ROW = """rows:
  - name: late
    to: "+12122000123"
    at: 2026-11-20T21:00:00-05:00
    message: {channel: sms, purpose: marketing}
    expect: {verdict: defer, findings: [bad.hours], reasons: [quiet_hours]}
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("[bad.hours]", "[gate.internal_error]", []),
        ("[bad.hours]", "[bad.hour]",
         ["tests/table.yaml:6:41: GK306 there is no rule bad.hour (did you mean bad.hours?)"]),
        ("[quiet_hours]", "[quiet.hours]",
         ["tests/table.yaml:6:63: GK306 there is no reason quiet.hours"
          " (did you mean quiet_hours?)"]),
        ("expect:", "recipient: {region: US-TX}\n    expect:", []),
        ("expect:", "recipient: {region: UX-TX}\n    expect:",
         ["tests/table.yaml:6:25: GK305 there is no place UX-TX (did you mean US-TX?)"]),
        ("expect:", "recipient: {stated: {region: XX}}\n    expect:",
         ["tests/table.yaml:6:34: GK305 there is no place XX"]),
        ("expect:", "limits: {confirmation: 1}\n    expect:", []),
        ("expect:", "limits: {burst: 1}\n    expect:",
         ["tests/table.yaml:6:14: GK307 there is no limit burst"]),
        ("    to:", "    too:",
         ["tests/table.yaml:3:5: GK201 unknown key too (did you mean to?)"]),
        ("    at: 2026-11-20T21:00:00-05:00\n", "",
         ["tests/table.yaml:2:5: GK504 at is missing: the instant, with its offset"]),
        ("rows:", "given: {limits: {burst: 1}}\nrows:",
         ["tests/table.yaml:1:18: GK307 there is no limit burst"]),
    ],
)  # fmt: skip
def test_a_table_names_only_what_is_there(
    tmp_path: Path, old: str, new: str, expected: list[str]
) -> None:
    assert told(linted(tmp_path, SOUND, ROW.replace(old, new, 1))) == expected


def test_no_rule_is_missed_while_a_pack_cannot_be_read(tmp_path: Path) -> None:
    """It may be the pack that has the rule."""
    found = told(linted(tmp_path, "rules: [", ROW))
    assert [line.split(": ")[1][:5] for line in found] == ["GK105"]


def test_a_pipe_among_the_tables_is_told_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    os.mkfifo(tmp_path / "tests" / "pipe.yaml")
    assert told(linted(tmp_path)) == ["tests/pipe.yaml:1:1: GK101 no regular file"]
