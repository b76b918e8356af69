"""Is every bad line in the file, none printed beyond the first few, and no cell a formula?"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gatekeeper.cli.bad_lines import SHOWN, BadLines, safe


def test_lines_are_written_as_they_come(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "people.bad.csv"
    with BadLines(path) as bad:
        for line in range(2, 2 + SHOWN + 3):
            bad.add(line, "number: 'too short', it is")
        assert not path.exists()
    rows = list(csv.reader(path.open()))
    assert rows[0] == ["line", "reason"] and len(rows) == bad.count + 1 == SHOWN + 4
    assert capsys.readouterr().err.count("line ") == SHOWN
    assert [each.name for each in tmp_path.iterdir()] == ["people.bad.csv"]


def test_without_a_bad_line_an_older_file_goes(tmp_path: Path) -> None:
    path = tmp_path / "people.bad.csv"
    path.write_text("older")
    with BadLines(path):
        pass
    assert not path.exists()


def test_an_import_that_ends_early_keeps_what_it_told(tmp_path: Path) -> None:
    path, older = tmp_path / "new.csv", tmp_path / "old.csv"
    older.write_text("older")
    with pytest.raises(RuntimeError), BadLines(path) as bad:
        bad.add(2, "not CSV")
        raise RuntimeError
    assert "not CSV" in path.read_text()
    with pytest.raises(RuntimeError), BadLines(older):
        raise RuntimeError
    assert older.read_text() == "older"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_as_a_formula(start: str) -> None:
    assert safe(f"{start}cmd|' /C calc'!A0")[0] == "'"
    assert safe("event: opt_in") == "event: opt_in"
