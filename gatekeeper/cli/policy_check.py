"""How does a policy author learn what is wrong in a folder, and where?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from gatekeeper.cli.policy_folder import AsJson, Folder, folder_in_use
from gatekeeper.cli.policy_output import console, count, print_json, size
from gatekeeper.cli.policy_sarif import sarif
from gatekeeper.policy.faults import Fault
from gatekeeper.policy.load import load
from gatekeeper.policy.model import Policy
from gatekeeper.rollout.lint import Report, lint
from gatekeeper.rollout.ready import check_kinds
from gatekeeper.settings import shipped_folder

AsSarif = Annotated[
    bool, typer.Option("--sarif", help="Print SARIF 2.1.0, as code scanning services read it.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Take warnings for faults.")]


def check(
    folder: Folder = None,
    as_json: AsJson = False,
    as_sarif: AsSarif = False,
    strict: Strict = False,
) -> None:
    """Load a policy folder and prove every rule by its tests; tell every fault with its place.

    The folder's decision tables are read, but not run: that is for `policy test`. Exit status 1
    if there is a fault; a warning is none, unless with --strict.
    """
    named = folder_in_use(folder)
    report = lint(named, datetime.now(UTC).date(), _shipped(named))
    if as_sarif:
        print_json(sarif(report, named.resolve(), Path.cwd()))
    elif as_json:
        print_json(_told(report))
    else:
        _shown(console(), report)
    raise typer.Exit(1 if report.errors or (strict and report.warnings) else 0)


def _shipped(folder: Path) -> Policy | None:
    """What ships with the gate, unless that is what is looked at."""
    home = shipped_folder("policies")
    return None if folder.resolve() == home.resolve() else load(home, check_kinds())


def _shown(shown: Console, report: Report) -> None:
    for fault in report.faults:
        colour, kind = ("yellow", "warning: ") if fault.warning else ("red", "")
        told = escape(f"{kind}{fault.message}")
        shown.print(f"{escape(str(fault.source))}: [{colour}]{fault.code}[/{colour}] {told}")
    if report.errors or report.policy is None:
        shown.print(f"[red]{count(len(report.errors), 'fault')}[/red]{_beside(report, ' and ')}")
    else:
        told = f"{size(report.policy)}, policy {report.policy.hash[:16]}{_beside(report, '; ')}"
        shown.print(f"[green]in order[/green]: {told}")


def _beside(report: Report, joint: str) -> str:
    return f"{joint}{count(len(report.warnings), 'warning')}" if report.warnings else ""


def _told(report: Report) -> dict[str, Any]:
    return {
        "ok": not report.errors,
        "policy": report.policy and report.policy.hash,
        "faults": [_parts(fault) for fault in report.errors],
        "warnings": [_parts(fault) for fault in report.warnings],
    }


def _parts(fault: Fault) -> dict[str, Any]:
    source = fault.source
    placed = source.file.name not in ("", "-")
    return {
        "file": str(source.file) if placed else None,
        "line": source.line if placed else None,
        "column": source.column if placed else None,
        "code": str(fault.code),
        "message": fault.message,
    }
