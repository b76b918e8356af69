"""How does a person follow a long import? A progress bar, and a file of the lines that are bad."""

from __future__ import annotations

import asyncio
import csv
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from gatekeeper.cli.gate import lines
from gatekeeper.errors import InputRejected

SHOWN = 5
"""Bad lines that are printed too; all are in the file."""


def follow(path: str, body: dict[str, object], bad_file: Path) -> None:
    """Run an import and show how far it is; exit status 1 if any line was bad."""
    bad = asyncio.run(_follow(path, body, bad_file))
    if bad:
        say = Console(stderr=True, soft_wrap=True).print
        left_out = "1 bad line was left out" if bad == 1 else f"{bad} bad lines were left out"
        say(f"{left_out}: see {bad_file} (line, reason)", markup=False)
        raise typer.Exit(1)


async def _follow(path: str, body: dict[str, object], bad_file: Path) -> int:
    bad: list[tuple[int, str]] = []
    finished = unchanged = False
    with _bar() as bar:
        task = bar.add_task("reading", total=None)
        async for news in lines(path, body):
            if "error" in news:
                raise InputRejected(news["error"])
            if "reason" in news:
                bad.append((news["line"], news["reason"]))
            elif "stage" in news:
                stage, done, total = news["stage"], news["done"], news["total"]
                bar.update(task, description=stage, completed=done, total=total)
                unchanged = stage == "unchanged"
            else:
                finished = True
    if not finished:
        raise InputRejected("the gate stopped during the import; it will finish what it accepted")
    if unchanged:
        typer.echo("this file came in before for the same day: nothing was changed", err=True)
    _write(bad, bad_file)
    return len(bad)


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )


def _write(bad: list[tuple[int, str]], bad_file: Path) -> None:
    if not bad:
        bad_file.unlink(missing_ok=True)
        return
    with bad_file.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("line", "reason"))
        writer.writerows(sorted(bad))
    for line, reason in sorted(bad)[:SHOWN]:
        typer.echo(f"line {line}: {reason}", err=True)
