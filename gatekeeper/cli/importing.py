"""How does a person follow a long import? A progress bar, and a file of the lines that are bad."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from gatekeeper.cli.bad_lines import BadLines
from gatekeeper.cli.gate import lines
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.elements import ELEMENTS
from gatekeeper.ledger.files import UNPROVEN

STAGES = {
    "read": "reading, the list is as it was",
    "sorted": "sorting, the list is as it was",
    "loaded": "loading, the list is as it was",
    "swapped": "swapped in",
    "checked": "checking, nothing holds yet",
    "waiting": "accepted, waits for another import",
    "applied": "applying, each line binds at once",
}
"""What a stage means for whoever waits."""

ENDS = frozenset({"settled", "unchanged"})
"""Stages that are over as they are told."""

STOPPED = (
    "the gate stopped during the import. What it had accepted it applies by itself at its next "
    "start (gatekeeper consent imports); run the same command again for the rest"
)

SOON_S = 0.2
"""Before that a rate says nothing."""

News = dict[str, Any]


def follow(path: str, body: dict[str, object], bad_file: Path) -> None:
    """Run an import and show how far it is; exit status 1 if any line was bad."""
    with BadLines(bad_file) as bad:
        last = asyncio.run(_follow(path, body, bad))
    if said := _summary(last):
        typer.echo(said, err=True)
    for note in _notes(last.get("lacking") or {}):
        typer.echo(f"note: {note}", err=True)
    if bad.count:
        say = Console(stderr=True, soft_wrap=True).print
        left_out = "1 bad line was left out" if bad.count == 1 else f"{bad.count} bad lines were"
        left_out += "" if bad.count == 1 else " left out"
        say(f"{left_out}: see {bad_file} (line, reason)", markup=False)
        raise typer.Exit(1)


async def _follow(path: str, body: dict[str, object], bad: BadLines) -> News:
    """Show what the gate tells; the last word of progress."""
    last: News = {}
    with progress_bar() as bar:
        task = bar.add_task("reading", total=None, lines=0)
        async for news in lines(path, body):
            if "error" in news:
                raise InputRejected(news["error"])
            if "reason" in news:
                bad.add(news["line"], news["reason"])
            elif "stage" in news:
                last = news
                _advance(bar, task, news)
            else:
                return last
    raise InputRejected(STOPPED)


def _advance(bar: Progress, task: Any, news: News) -> None:
    """By bytes while the file is read, by lines after; the summary says how it ended."""
    if news["stage"] in ENDS:
        return
    stage, reading = news["stage"], news["stage"] in ("checked", "read") and news["size"]
    if bar.tasks[0].fields.get("stage") != stage:
        bar.reset(task, stage=stage)
    done, total = (news["read"], news["size"]) if reading else (news["done"], news["total"])
    what = STAGES.get(stage, stage)
    bar.update(task, description=what, completed=done, total=total, lines=news["done"])


def _summary(last: News) -> str | None:
    """What came of it, None if the last word of progress says so."""
    known, bad, done = last.get("known", 0), last.get("bad", 0), last.get("done", 0)
    if last.get("stage") == "settled":
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"{done} applied, {known} recorded before, {bad} bad; all of it binds ({now})"
    if last.get("stage") != "unchanged":
        return None
    if last.get("size") is None:
        return "this file came in before for the same day: nothing was changed"
    return f"nothing was changed: {known} lines were recorded before, {bad} are bad"


def _notes(lacking: News) -> Iterator[str]:
    """What the consents that came in will not do, although they were taken."""
    missing = [f"{name} ({lacking[name]})" for name in ELEMENTS if name in lacking]
    if missing:
        yield (
            f"written consents lack elements: {', '.join(missing)}. A send that needs them is "
            "blocked"
        )
    if UNPROVEN in lacking:
        yield (
            f"{lacking[UNPROVEN]} opt-ins came without evidence of the person's own act: they "
            "grant, but undo no opt-out"
        )


class Rate(ProgressColumn):
    """Lines so far, and how many a second in this stage."""

    def render(self, task: Task) -> Text:
        """The figures of a task."""
        count = int(task.fields.get("lines", 0))
        seconds = task.elapsed or 0.0
        rate = f" {count / seconds:,.0f}/s" if count and seconds > SOON_S else ""
        return Text(f"{count:,} lines{rate}")


def progress_bar() -> Progress:
    """A progress bar on standard error."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
