"""How are the results of a run shown to a person, and to a machine?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape

from gatekeeper.cli.policy_coverage import coverage_said
from gatekeeper.cli.policy_output import console, parts, print_json, size
from gatekeeper.cli.policy_test_diff import show_row
from gatekeeper.cli.policy_watch import Outcomes, changes, outcomes
from gatekeeper.rollout.coverage import Covered
from gatekeeper.rollout.edges import NearMiss
from gatekeeper.rollout.prove import coverage
from gatekeeper.rollout.suite import Suite
from gatekeeper.rollout.tables import RowResult, rule_ids


def ran(
    result: Suite,
    *,
    as_json: bool,
    known: Outcomes | None = None,
    covered: Sequence[Covered] = (),
) -> None:
    """What has changed since the last run, what does not hold, with its place, then the figures."""
    if as_json:
        more = {"coverage": coverage_said(covered)} if covered else {}
        print_json({**_ran(result), **more})
        return
    shown = console()
    for change in changes(known or {}, outcomes(result)) if known else ():
        shown.print(f"[bold]{escape(change)}[/bold]")
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
            show_row(shown, row, result.policy)
    _figures(shown, result)


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
