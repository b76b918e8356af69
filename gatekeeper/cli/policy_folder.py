"""Which folder of policies is meant, and what is in it?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from gatekeeper.errors import PolicyError
from gatekeeper.rollout.ready import Judge, loaded
from gatekeeper.rollout.tables import TableRow, read_table
from gatekeeper.settings import Settings

Folder = Annotated[
    Path | None, typer.Argument(help="Policy folder; the one in use, if none is named.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def folder_in_use(folder: Path | None) -> Path:
    """The folder that is named, else the one in use."""
    return folder or Settings().policies


def load(folder: Path | None) -> Judge:
    """The folder, ready to judge by; a fault ends the command."""
    try:
        return loaded(folder_in_use(folder))
    except PolicyError as error:
        fail("\n".join(error.faults))


def tables_of(folder: Path | None) -> list[Path]:
    """The decision tables of the folder."""
    return sorted((folder_in_use(folder) / "tests").glob("*.yaml"))


def read_tables(files: list[Path]) -> tuple[tuple[TableRow, ...], tuple[str, ...]]:
    """The rows of all tables that can be read, and the faults of those that cannot."""
    rows: list[TableRow] = []
    faults: list[str] = []
    for file in files:
        try:
            rows += read_table(file)
        except PolicyError as error:
            faults += error.faults
        except OSError as error:
            faults.append(f"{file}:1:1: cannot be read: {error.strerror}")
    return tuple(rows), tuple(faults)


def fail(message: str) -> NoReturn:
    """End the command with a message and exit status 1."""
    Console(stderr=True, markup=False, highlight=False, soft_wrap=True).print(message)
    raise typer.Exit(1)
