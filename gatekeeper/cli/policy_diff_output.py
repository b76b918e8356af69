"""How is it shown what a change of policy would have done, to a person and to a machine?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gatekeeper.domain.verdict import Verdict
from gatekeeper.rollout.compare import Comparison
from gatekeeper.rollout.tally import Share, Tally

MOST_ROWS = 20
"""Of each table, the most changed first; the answer for machines has all."""
_DIGITS = 12


def show(asked: Comparison, tally: Tally, over: Sequence[str], *, as_json: bool) -> None:
    """What would become of the recorded messages, and why the command fails, if it does."""
    if as_json:
        print(json.dumps(_document(asked, tally, over), indent=2))
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print("\n".join(_head(asked, tally)), end="\n\n")
    console.print(_matrix(tally))
    console.print(_summary(tally.total))
    for title, shares in _groups(tally):
        if rows := _changed(shares):
            console.print(_table(title, rows))
            if len(rows) > MOST_ROWS:
                console.print(f"and {len(rows) - MOST_ROWS:,} more: see --json")
            console.print()
    if tally.examples:
        console.print(_examples(tally), end="\n\n")
    if tally.why:
        console.print(_reasons(tally), end="\n\n")
    for why in over:
        console.print(f"[red]{escape(why)}[/red]")


def _head(asked: Comparison, tally: Tally) -> list[str]:
    told = (("old", asked.old), ("new", asked.new))
    lines = [f"{name}  {each.hash[:_DIGITS]}  {escape(str(each.folder))}" for name, each in told]
    messages = tally.total.judged + tally.total.unjudged
    spanned = f", from {tally.first} to {tally.last}" if tally.first else ""
    lines.append(
        f"{_count(tally.decisions, 'decision')} about {_count(messages, 'message')}{spanned}"
    )
    if tally.read.refused:
        requests = _count(tally.read.refused, "request")
        lines.append(f"{requests} refused before any rule was asked: no policy changes that")
    return lines


def _matrix(tally: Tally) -> Table:
    """From which verdict to which; the diagonal is what stays."""
    table = Table(box=None, padding=(0, 2, 0, 0), title_justify="left")
    table.add_column("old \\ new", style="bold")
    for verdict in Verdict:
        table.add_column(verdict.label, justify="right")
    for old in Verdict:
        table.add_row(old.label, *(_cell(old, new, tally) for new in Verdict))
    return table


def _cell(old: Verdict, new: Verdict, tally: Tally) -> str:
    count = tally.matrix.get((old, new), 0)
    if not count:
        return "[dim].[/dim]"
    if old is new:
        return f"[dim]{count:,}[/dim]"
    return f"[{'red' if new > old else 'green'}]{count:,}[/]"


def _summary(total: Share) -> str:
    every = total.judged + total.unjudged
    told = (
        ("newly blocked", total.newly_blocked, total.judged),
        ("newly allowed", total.newly_allowed, total.judged),
        ("other change", total.other, total.judged),
        ("cannot be judged again", total.unjudged, every),
    )
    return (
        "\n"
        + "   ".join(f"{name} [bold]{n:,}[/bold] ({_share(n, of)})" for name, n, of in told)
        + "\n"
    )


def _groups(tally: Tally) -> tuple[tuple[str, Mapping[str, Share]], ...]:
    campaigns = {
        f"{tenant} / {campaign or '(none)'}": share
        for (tenant, campaign), share in tally.by_campaign().items()
    }
    return (
        ("rule that decides", tally.by_rule()),
        ("tenant", tally.by_tenant()),
        ("campaign", campaigns),
    )


def _changed(shares: Mapping[str, Share]) -> list[tuple[str, Share]]:
    rows = [row for row in shares.items() if row[1].changed or row[1].unjudged]
    return sorted(rows, key=lambda row: (-row[1].changed, -row[1].unjudged, row[0]))


def _table(title: str, rows: Sequence[tuple[str, Share]]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column(title, style="bold", overflow="fold")
    for name in ("newly blocked", "newly allowed", "other", "not judged"):
        table.add_column(name, justify="right")
    for name, share in rows[:MOST_ROWS]:
        counts = (share.newly_blocked, share.newly_allowed, share.other, share.unjudged)
        table.add_row(escape(name), *(f"{n:,}" if n else "[dim].[/dim]" for n in counts))
    return table


def _examples(tally: Tally) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("for example", "change", "tenant", "rule"):
        table.add_column(name, overflow="fold")
    for (old, new), examples in sorted(tally.examples.items()):
        for each in examples:
            change = f"{old.label} -> {new.label}"
            table.add_row(escape(each.decision), change, escape(each.tenant), escape(each.rule))
    return table


def _reasons(tally: Tally) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("cannot be judged again, since", style="bold", overflow="fold")
    table.add_column("messages", justify="right")
    for why, count in tally.why.most_common():
        table.add_row(escape(why), f"{count:,}")
    return table


def _document(asked: Comparison, tally: Tally, over: Sequence[str]) -> dict[str, Any]:
    total = tally.total
    return {
        "old": asked.old.hash,
        "new": asked.new.hash,
        "since": tally.first or None,
        "until": tally.last or None,
        "decisions": tally.decisions,
        "messages": total.judged + total.unjudged,
        **_figures(total),
        "refused_before_judging": tally.read.refused,
        "unreadable": tally.read.unreadable,
        "matrix": {
            old.label: {new.label: tally.matrix.get((old, new), 0) for new in Verdict}
            for old in Verdict
        },
        "rules": {name: _figures(share) for name, share in tally.by_rule().items()},
        "tenants": {name: _figures(share) for name, share in tally.by_tenant().items()},
        "campaigns": [
            {"tenant": tenant, "campaign": campaign or None} | _figures(share)
            for (tenant, campaign), share in tally.by_campaign().items()
        ],
        "examples": [
            {"old": old.label, "new": new.label} | each._asdict()
            for (old, new), examples in tally.examples.items()
            for each in examples
        ],
        "not_judged_since": dict(tally.why),
        "failed": list(over),
    }


def _figures(share: Share) -> dict[str, int]:
    return {
        "judged": share.judged,
        "newly_blocked": share.newly_blocked,
        "newly_allowed": share.newly_allowed,
        "other": share.other,
        "unjudged": share.unjudged,
    }


def _share(count: int, of: int) -> str:
    return f"{100 * count / of:.2f}%" if of else "-"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
