"""Does the command tell an author whether a mapping file is sound?"""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from gatekeeper.cli import app
from tests.support.acmetel import ACMETEL

RUN = CliRunner()


def test_a_sound_file_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "acmetel.yaml").write_text(ACMETEL)
    told = RUN.invoke(app, ["provider", "check", str(tmp_path)])
    assert told.exit_code == 0
    assert "acmetel: sound, every case holds" in told.stdout
    machine = RUN.invoke(app, ["provider", "check", str(tmp_path), "--json"])
    assert json.loads(machine.stdout) == {"faults": [], "providers": ["acmetel"]}


def test_an_unsound_file_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "acmetel.yaml").write_text(ACMETEL.replace("texts: [Hello]", "texts: [Bye]"))
    told = RUN.invoke(app, ["provider", "check", str(tmp_path)])
    assert told.exit_code == 1
    assert "acmetel.yaml:" in told.stderr
    machine = RUN.invoke(app, ["provider", "check", str(tmp_path), "--json"])
    assert (machine.exit_code, len(json.loads(machine.stdout)["faults"])) == (1, 1)


def test_an_empty_folder_is_told_so(tmp_path: Path) -> None:
    told = RUN.invoke(app, ["provider", "check", str(tmp_path)])
    assert (told.exit_code, "no mapping files" in told.stdout) == (0, True)
