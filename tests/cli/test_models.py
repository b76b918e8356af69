"""`gatekeeper models` builds the pipelines and tells whether they are current."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from gatekeeper.cli import app

RUN = CliRunner()


def test_status_asks_for_a_build_and_is_content_after_it(tmp_path: Path) -> None:
    into = ["--into", str(tmp_path)]
    before = RUN.invoke(app, ["models", "status", *into])
    assert before.exit_code == 1
    assert "models build" in before.stdout
    built = RUN.invoke(app, ["models", "build", *into])
    assert built.exit_code == 0
    assert str(tmp_path / "en") in built.stdout
    after = RUN.invoke(app, ["models", "status", *into, "--json"])
    assert after.exit_code == 0
    told = json.loads(after.stdout)
    assert all(state["kept"] and state["patterns"] for state in told)
