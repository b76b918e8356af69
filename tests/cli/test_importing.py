"""Does an import tell how it went, and leave a file of the bad lines or none at all?"""

from __future__ import annotations

import contextlib
import csv
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from gatekeeper.cli.bad_lines import SHOWN
from tests.support.commands import Command
from tests.support.running import Running

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
    assert sum(text.startswith("line ") for text in told.err.splitlines()) == SHOWN, told.err
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


def test_on_a_terminal_a_bar_shows_how_far_a_list_is(demo_gate: Running, tmp_path: Path) -> None:
    """The list is as it was until the bar says that the new version is swapped in."""
    file = tmp_path / "list.txt"
    file.write_text("".join(f"{2_032_000_000 + 13 * n}\n" for n in range(400_000)))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "gatekeeper", "dnc", "import", "us-vt", str(file)]
    settings = demo_gate.environment | {"TERM": "xterm-256color", "COLUMNS": "140"}
    with subprocess.Popen(command, env=settings, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # the other side is closed
            while part := os.read(ours, 65_536):
                shown += part
    os.close(ours)
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    assert process.returncode == 0, text
    assert "reading, the list is as it was" in text and "swapped in" in text
    assert "\u2501" in text and "100%" in text and "400,000 lines" in text
