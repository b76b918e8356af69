"""Does an import tell how it went, and leave a file of the bad lines or none at all?"""

from __future__ import annotations

import csv
from pathlib import Path

from gatekeeper.cli.bad_lines import SHOWN
from tests.support.commands import Command

GOOD = "number,event\n+12122000351,opt_out\n"


def test_all_bad_lines_are_in_the_file_and_the_first_few_on_the_screen(
    gatekeeper: Command, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(GOOD + "".join(f"no number {n},opt_out\n" for n in range(SHOWN + 3)))
    told = gatekeeper("consent", "import", file, "--tenant", "demo")
    rows = list(csv.reader((tmp_path / "people.bad.csv").open()))
    assert rows[0] == ["line", "reason"]
    assert [int(line) for line, _ in rows[1:]] == list(range(3, SHOWN + 6))
    assert told.err.count("line ") == SHOWN
    assert f"{SHOWN + 3} bad lines were left out" in told.err


def test_bad_lines_do_not_repeat_what_they_held(gatekeeper: Command, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(GOOD + "+1212555012,opt_out\n")
    told = gatekeeper("consent", "import", file, "--tenant", "demo")
    assert "1212555012" not in told.err + (tmp_path / "people.bad.csv").read_text()


def test_a_mended_file_leaves_no_file_of_bad_lines(gatekeeper: Command, tmp_path: Path) -> None:
    file, bad = tmp_path / "people.csv", tmp_path / "bad.csv"
    file.write_text(GOOD + "nonsense,opt_out\n")
    assert gatekeeper("consent", "import", file, "--tenant", "demo", "--bad", bad).status == 1
    assert bad.exists()
    file.write_text(GOOD)
    assert gatekeeper("consent", "import", file, "--tenant", "demo", "--bad", bad).status == 0
    assert not bad.exists()


def test_what_the_gate_cannot_read_is_told(gatekeeper: Command, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    told = gatekeeper("consent", "import", tmp_path / "empty.csv", "--tenant", "demo")
    assert told.status == 1
    assert "the file is empty: the first line must name the columns" in told.err
