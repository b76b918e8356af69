"""Is a mapping file sound, and what does it make of its own cases?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gatekeeper.cli.output import show
from gatekeeper.cli.policy_folder import AsJson
from gatekeeper.errors import PolicyError
from gatekeeper.providers import PROVIDERS
from gatekeeper.providers.mapped.load import mapped_providers

app = typer.Typer(help="Providers that a mapping file describes.", no_args_is_help=True)
Folder = Annotated[Path, typer.Argument(help="Folder of mapping files.", exists=True)]


@app.callback()
def group() -> None:
    """Providers that a mapping file describes."""


@app.command()
def check(folder: Folder, as_json: AsJson = False) -> None:
    """Read every mapping file of a folder and try its cases; exit status 1 if one does not hold."""
    try:
        found = mapped_providers(folder, [provider.name for provider in PROVIDERS])
    except PolicyError as error:
        if as_json:
            show({"faults": list(error.faults), "providers": []})
        else:
            typer.echo("\n".join(error.faults), err=True)
        raise typer.Exit(1) from None
    if as_json:
        show({"faults": [], "providers": [each.name for each in found]})
        return
    for each in found:
        typer.echo(f"{each.name}: sound, every case holds; it goes to {each.services[0].hosts[0]}")
    if not found:
        typer.echo(f"there are no mapping files in {folder}")
