"""How does an author see which rules are shown to fire and to stay silent, and by what?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gatekeeper.cli.policy_output import count
from gatekeeper.rollout.coverage import Count, Covered


def show_coverage(covered: Sequence[Covered]) -> None:
    """A line for each rule: how often it fired and was silent, and which lines are crossed."""
    table = Table(box=None, title="fires / silent")
    table.add_column("rule", no_wrap=True)
    for name in ("tests", "tables", "near-misses", "pinned", "crossed"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("not crossed", overflow="fold")
    for each in covered:
        name = each.rule if each.whole else f"[red]{each.rule}[/red]"
        counts = (_count(each.tests), _count(each.rows), _count(each.near), str(each.pinned))
        table.add_row(name, *counts, str(len(each.crossed)), escape(", ".join(each.uncrossed)))
    Console().print(table)
    lacking = [each.rule for each in covered if not each.whole]
    for rule in lacking:
        Console(soft_wrap=True).print(f"[red]never fires or is never silent[/red]: {escape(rule)}")
    told = count(len(covered) - len(lacking), "rule")
    Console().print(f"{told} of {len(covered)} fire somewhere and stay silent somewhere")


def coverage_said(covered: Sequence[Covered]) -> list[dict[str, Any]]:
    """The same for machines."""
    return [
        {
            "rule": each.rule,
            "whole": each.whole,
            "tests": _said(each.tests),
            "tables": _said(each.rows),
            "near_misses": _said(each.near),
            "pinned": each.pinned,
            "crossed": list(each.crossed),
            "not_crossed": list(each.uncrossed),
        }
        for each in covered
    ]


def _said(counted: Count) -> dict[str, int]:
    return {"fires": counted.fires, "silent": counted.silent}


def _count(counted: Count) -> str:
    return f"{counted.fires} / {counted.silent}"
