"""What does the linter find in one pack, or one table, put into an otherwise sound folder?"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from gatekeeper.rollout.lint import Report, lint
from tests.support.author import SMALL

TODAY = date(2026, 11, 25)
FILES = Path(__file__).parent.parent / "rollout" / "data" / "lint"
SOUND = (FILES / "good.yaml").read_text()
"""A pack of one rule in which nothing is found."""


def linted(folder: Path, pack: str = SOUND, table: str | None = None) -> Report:
    """The report on a folder with this pack, and this table if one is given."""
    for name in ("floor", "tests"):
        (folder / name).mkdir(exist_ok=True)
    shutil.copytree(SMALL / "replies", folder / "replies", dirs_exist_ok=True)
    (folder / "floor" / "bad.yaml").write_text(pack)
    if table is not None:
        (folder / "tests" / "table.yaml").write_text(table)
    return lint(folder, TODAY)


def told(report: Report) -> list[str]:
    """Every fault with its place and code, on one line."""
    return [f"{fault.source}: {fault.code} {fault.message}" for fault in report.faults]
