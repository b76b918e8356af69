"""How are the spaCy pipelines built from the detectors, and are those in the folder current?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from gatekeeper.cli.output import show
from gatekeeper.cli.policy_folder import AsJson, Folder, load
from gatekeeper.rollout.models import ModelState, states, write
from gatekeeper.settings import Settings

app = typer.Typer(help="The spaCy pipelines of the content detectors.", no_args_is_help=True)
Into = Annotated[
    Path | None, typer.Option("--into", help="Folder of models; the one in use, if not given.")
]


@app.command()
def build(folder: Folder = None, into: Into = None) -> None:
    """Build the pipelines from the detectors of a policy folder and write them, with their cards.

    The same detectors give the same bytes. A running gate needs no build: a pipeline whose
    detectors have changed is built in memory.
    """
    for written in write(load(folder).policy.detectors, into or Settings().models):
        typer.echo(written)


@app.command()
def status(folder: Folder = None, into: Into = None, as_json: AsJson = False) -> None:
    """Tell whether the pipelines in the folder are those of the detectors.

    Exit status 1 if one is missing or of other detectors.
    """
    found = states(load(folder).policy.detectors, into or Settings().models)
    if as_json:
        show([asdict(state) for state in found])
    else:
        _print(found)
    raise typer.Exit(any(not state.kept for state in found))


def _print(found: tuple[ModelState, ...]) -> None:
    table = Table("language", "detectors", "patterns", "words", "in the folder")
    for state in found:
        kept = "yes" if state.kept else "no: run gatekeeper models build"
        counts = map(str, (state.detectors, state.patterns, state.words))
        table.add_row(state.language, *counts, kept)
    Console().print(table)
