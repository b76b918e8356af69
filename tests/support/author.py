"""How does a test play a policy author at the command line?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from gatekeeper.cli.policy import app

DATA = Path(__file__).parent.parent / "rollout" / "data"
SMALL = DATA / "small"
"""A folder with one rule and one rule of replies."""


def run(*words: object) -> Result:
    """The result of `gatekeeper policy WORDS`."""
    return CliRunner().invoke(app, [str(word) for word in words])


def answer(*words: object) -> Any:
    """Its answer for machines."""
    return json.loads(run(*words, "--json").stdout)


def write(folder: Path, old: str, new: str) -> None:
    """Change the one pack of the folder."""
    file = folder / "floor" / "us.yaml"
    file.write_text(file.read_text().replace(old, new))


def table(folder: Path, findings: str) -> Path:
    """A table of one row in the folder, which expects these findings."""
    (folder / "tests").mkdir(exist_ok=True)
    path = folder / "tests" / "consent.yaml"
    path.write_text(
        "rows:\n"
        "  - name: no consent\n"
        '    to: "+12122000123"\n'
        "    at: 2026-11-20T12:00:00-05:00\n"
        "    message: {channel: sms}\n"
        f"    expect: {{verdict: block, findings: {findings}}}\n"
    )
    return path
