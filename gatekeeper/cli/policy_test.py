"""How does a policy author run the tests beside the rules and the decision tables?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from gatekeeper.cli.policy_folder import (
    AsJson,
    Folder,
    folder_in_use,
    load,
    read_tables,
    tables_of,
)
from gatekeeper.cli.policy_output import console, parts, print_json, size
from gatekeeper.domain.words import Mode
from gatekeeper.errors import PolicyError
from gatekeeper.rollout.edge_pins import read_pins, write_pins
from gatekeeper.rollout.edges import NearMiss, near_misses
from gatekeeper.rollout.prove import coverage
from gatekeeper.rollout.suite import Material, Suite, Wanted, run_suite
from gatekeeper.rollout.tables import RowResult, rule_ids

Tables = Annotated[
    list[Path] | None,
    typer.Option("--tables", help="Decision tables to run instead of the folder's own tests."),
]
Word = Annotated[
    str, typer.Option("-k", help="Run only what has this text in its rule, its name or its file.")
]
ToPin = Annotated[
    bool,
    typer.Option("--pin", help="First write the near-misses of every rule to tests/edges, anew."),
]


def test(
    folder: Folder = None,
    tables: Tables = None,
    word: Word = "",
    pin: ToPin = False,
    as_json: AsJson = False,
) -> None:
    """Run the tests beside every rule and detector, near-misses, and the folder's tables.

    With --tables only those tables are run. Exit status 0 only if all of it holds.
    """
    if pin:
        _pin(folder_in_use(folder))
    suite = run_suite(material(folder, tables), Wanted(word))
    ran(suite, as_json=as_json)
    raise typer.Exit(0 if suite.holds else 1)


def material(folder: Path | None, tables: list[Path] | None) -> Material:
    """What is read for a run; tables that are named are run alone."""
    judge = load(folder)
    rows, faults = read_tables(tables or tables_of(folder))
    if tables:
        return Material(judge, rows, own=False, faults=faults)
    try:
        return Material(judge, rows, read_pins(folder_in_use(folder)), faults=faults)
    except PolicyError as error:
        return Material(judge, rows, faults=faults + error.faults)


def _pin(folder: Path) -> None:
    """Keep what every rule answers at its boundaries; what does not hold is not kept."""
    judge = load(folder)
    on = judge.policy.judging(mode=Mode.SHADOW)
    write_pins(folder, near_misses(on, judge.screener), on)


def ran(result: Suite, *, as_json: bool) -> None:
    """What does not hold, with its place, then the figures."""
    if as_json:
        print_json(_ran(result))
        return
    shown = console()
    for unread in result.faults:
        shown.print(f"[red]FAULT[/red] {escape(unread)}")
    for proved in result.proved:
        if not proved.holds:
            shown.print(f"[red]FAIL[/red] {escape(str(proved.fault))}")
    derived = [each.fault for each in result.near if not each.holds]
    derived += [each.fault for each in result.pinned if not each.holds]
    for fault in derived:
        shown.print(f"[red]FAIL[/red] {escape(str(fault))}")
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


def _figures(shown: Console, result: Suite) -> None:
    for what, holds in (
        ("examples", [each.holds for each in result.proved]),
        ("rows of tables", [row.holds for row in result.rows]),
        ("near-misses", [each.holds for each in result.near]),
        ("pinned near-misses", [each.holds for each in result.pinned]),
    ):
        if holds:
            colour = "green" if all(holds) else "red"
            shown.print(f"[{colour}]{sum(holds)} of {len(holds)}[/{colour}] {what} hold")
    if result.proved:
        least = min((min(c.firing, c.silent) for c in coverage(result.policy)), default=0)
        shown.print(f"every rule and detector has at least {least} of either kind")
    shown.print(f"policy {result.policy.hash[:16]}: {size(result.policy)}")


def _ran(result: Suite) -> dict[str, Any]:
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
        "near_misses": [_near_miss(each) for each in result.near],
        "pins": [{"ok": each.holds, "fault": parts(str(each.fault))} for each in result.pinned],
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


def _near_miss(near: NearMiss) -> dict[str, Any]:
    return {
        "rule": near.rule,
        "test": near.test,
        "source": str(near.source),
        "boundary": near.edge.of,
        "name": near.edge.name,
        "change": near.edge.change,
        "expected": near.expected,
        "fired": near.fired,
        "ok": near.holds,
    }
