"""How is the store made anew from the journal, and compared with it, from the command line?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from gatekeeper.cli.output import AsJson
from gatekeeper.ledger.rebuild import Rebuilt
from gatekeeper.ledger.rebuild import rebuild as make_anew
from gatekeeper.ledger.replay import Told
from gatekeeper.proxy.offline import compared, stopped
from gatekeeper.settings import Settings

Verify = Annotated[
    bool, typer.Option("--verify", help="Change nothing; print what the store holds otherwise.")
]


def rebuild(verify: Verify = False, as_json: AsJson = False) -> None:
    """Make the store anew from the journal; the gate must be stopped (it does so by itself)."""
    settings = Settings()
    with _progress("compared" if verify else "replayed", as_json) as told:
        if verify:
            found = asyncio.run(_verify(settings, told, as_json=as_json))
        else:
            rebuilt = asyncio.run(_rebuild(settings, told))
    if not verify:
        _report(rebuilt, as_json=as_json)
        return
    if as_json:
        _line({"differences": found})
    else:
        typer.echo(f"{found} differences" if found else "the store holds what the journal says")
    raise typer.Exit(found > 0)


async def _rebuild(settings: Settings, told: Told) -> Rebuilt:
    async with stopped(settings, told) as site:
        return await make_anew(site)


async def _verify(settings: Settings, told: Told, *, as_json: bool) -> int:
    found = 0
    async with stopped(settings, told) as site:
        async for each in compared(site):
            found += 1
            if as_json:
                _line(each._asdict())
            else:
                weight = "decides otherwise" if each.decides else "decides the same"
                typer.echo(f"{each.what} {each.where}: {each.found} ({weight})")
    return found


def _report(rebuilt: Rebuilt, *, as_json: bool) -> None:
    if as_json:
        _line(asdict(rebuilt))
        return
    kinds = ", ".join(f"{count} {kind}" for kind, count in rebuilt.kinds.items())
    typer.echo(f"the store holds all {rebuilt.changes} changes: {kinds or 'there are none'}")
    for name in rebuilt.to_import:
        typer.echo(
            f"list {name}: its numbers are lost, and there is no copy of them. Marketing that it "
            f"speaks of is blocked until you import it: gatekeeper dnc import {name} FILE"
        )


@contextmanager
def _progress(stage: str, as_json: bool) -> Iterator[Told]:
    """A bar for people, lines of JSON for machines."""
    if as_json:
        yield lambda done, total: _line({"stage": stage, "done": done, "total": total})
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(stage, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _line(value: dict[str, Any]) -> None:
    typer.echo(msgspec.json.encode(value).decode())
