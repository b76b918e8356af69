"""How does a policy author run the tests beside the rules and the decision tables?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from gatekeeper.cli.policy_folder import AsJson, Folder, load, read_tables, tables_of
from gatekeeper.cli.policy_output import console, parts, print_json, size
from gatekeeper.policy.model import Policy
from gatekeeper.rollout.prove import Proved, coverage
from gatekeeper.rollout.ready import proof
from gatekeeper.rollout.tables import RowResult, rule_ids, run_table

Tables = Annotated[
    list[Path] | None,
    typer.Option("--tables", help="Decision tables to run instead of the folder's own tests."),
]


@dataclass(frozen=True, slots=True)
class RunResult:
    """Everything that one test run found."""

    policy: Policy
    proved: Sequence[Proved]
    rows: Sequence[RowResult]
    faults: Sequence[str]
    """Of tables that could not be read."""

    @property
    def holds(self) -> bool:
        """Whether every example and every row holds and every table could be read."""
        proved = all(each.holds for each in self.proved)
        return proved and not self.faults and all(row.holds for row in self.rows)


def test(folder: Folder = None, tables: Tables = None, as_json: AsJson = False) -> None:
    """Run the tests beside every rule and detector and the folder's decision tables.

    With --tables only those tables are run. Exit status 0 only if every row holds.
    """
    judge = load(folder)
    proved = () if tables else proof(judge)
    rows, faults = read_tables(tables or tables_of(folder))
    results = run_table(rows, judge.policy, judge.screener, complete=not tables)
    result = RunResult(judge.policy, proved, tuple(results), faults)
    ran(result, as_json=as_json)
    raise typer.Exit(0 if result.holds else 1)


def ran(result: RunResult, *, as_json: bool) -> None:
    """What does not hold, with its place, then the figures."""
    if as_json:
        print_json(_ran(result))
        return
    shown = console()
    for fault in result.faults:
        shown.print(f"[red]FAULT[/red] {escape(fault)}")
    for proved in result.proved:
        if not proved.holds:
            shown.print(f"[red]FAIL[/red] {escape(str(proved.fault))}")
    for row in result.rows:
        if not row.holds:
            _failed_row(shown, row)
    _figures(shown, result)


def _failed_row(shown: Console, row: RowResult) -> None:
    shown.print(f"[red]FAIL[/red] {escape(f'{row.source}: {row.name}')}")
    for problem in row.problems:
        shown.print(f"     {escape(problem)}")
    for finding in row.decision.findings:
        said = f"{finding.rule}: {finding.verdict.label} ({finding.mode}), {finding.reason}"
        shown.print(f"     [dim]found {escape(said)}: {escape(finding.detail)}[/dim]")


def _figures(shown: Console, result: RunResult) -> None:
    for what, holds in (
        ("examples", [each.holds for each in result.proved]),
        ("rows of tables", [row.holds for row in result.rows]),
    ):
        if holds:
            colour = "green" if all(holds) else "red"
            shown.print(f"[{colour}]{sum(holds)} of {len(holds)}[/{colour}] {what} hold")
    if result.proved:
        least = min((min(c.firing, c.silent) for c in coverage(result.policy)), default=0)
        shown.print(f"every rule and detector has at least {least} of either kind")
    shown.print(f"policy {result.policy.hash[:16]}: {size(result.policy)}")


def _ran(result: RunResult) -> dict[str, Any]:
    return {
        "ok": result.holds,
        "policy": result.policy.hash,
        "faults": [parts(fault) for fault in result.faults],
        "examples": [
            {
                "subject": each.subject,
                "name": each.name,
                "source": str(each.source),
                "ok": each.holds,
                "problem": each.problem or None,
            }
            for each in result.proved
        ],
        "rows": [_row(row) for row in result.rows],
    }


def _row(row: RowResult) -> dict[str, Any]:
    later = row.decision.next_allowed_at
    return {
        "name": row.name,
        "source": str(row.source),
        "ok": row.holds,
        "problems": list(row.problems),
        "verdict": row.decision.verdict.label,
        "findings": list(rule_ids(row.decision.findings)),
        "reasons": sorted({str(finding.reason) for finding in row.decision.findings}),
        "next_allowed_at": later.isoformat() if later else None,
    }
