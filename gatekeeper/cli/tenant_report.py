"""What would enforcing have stopped of a tenant that only observes, and why?"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gatekeeper.cli.audit import Damage, aware, errors, fail_if, journal_folder
from gatekeeper.cli.audit import Since as Since
from gatekeeper.cli.output import AsJson, show
from gatekeeper.journal.marked import marked
from gatekeeper.rollout.observed import MARK, Observed, observed

Tenant = Annotated[str, typer.Argument(help="Its id.")]


def report(id: Tenant, since: Since = None, as_json: AsJson = False) -> None:  # noqa: A002
    """Tell what enforcing would have stopped while the tenant observed: by rule, reason, day."""
    damage = Damage([])
    with errors():
        lines = marked(journal_folder(), MARK, "decision", aware(since), damage)
        found = observed(lines, id)
    if as_json:
        show(told(id, since, found))
    else:
        _print(id, found)
    fail_if(damage)


def told(tenant: str, since: datetime | None, found: Observed) -> dict[str, Any]:
    """The report as JSON."""
    return {"tenant": tenant, "since": since, **asdict(found)}


def _print(tenant: str, found: Observed) -> None:
    shown = Console(highlight=False, soft_wrap=True)
    name = escape(tenant)
    if not found.messages:
        shown.print(f"{name}: no message was decided in an observe time")
        return
    share = 100 * found.would_stop / found.messages
    shown.print(
        f"{name}: of {found.messages} messages that were decided while it observed, "
        f"{found.would_stop} ({share:.1f} %) went that would not have gone"
    )
    shown.print(f"{found.would_change} would have gone marked or masked; {found.stopped} did stop")
    for title, counts in (
        ("would have been", found.verdicts),
        ("reason", found.reasons),
        ("campaign", found.campaigns),
        ("day", found.days),
    ):
        _table(shown, title, counts, by_count=title != "day")
    table = Table("rule", "messages", "decisions, as in `gatekeeper audit show ID`", box=None)
    for rule, count in found.rules.most_common():
        table.add_row(escape(rule), str(count), " ".join(found.examples[rule]))
    shown.print(table)


def _table(shown: Console, title: str, counts: Counter[str], *, by_count: bool) -> None:
    table = Table(title, "messages", box=None)
    for name, count in counts.most_common() if by_count else sorted(counts.items()):
        table.add_row(escape(name), str(count))
    shown.print(table)
