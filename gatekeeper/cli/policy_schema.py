"""How does an editor get the schemas by which it completes and checks policy files?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gatekeeper.cli.policy_folder import fail
from gatekeeper.policy.faults import suggest
from gatekeeper.rollout.file_kinds import FILE_KINDS, write_schemas

NAMES = tuple(kind.name for kind in FILE_KINDS)
Kind = Annotated[str, typer.Argument(help=f"Which files: one of {', '.join(NAMES)}.")]
Write = Annotated[
    Path | None,
    typer.Option("--write", help="Write the schemas of all kinds into this folder instead."),
]


def schema(kind: Kind = "pack", write: Write = None) -> None:
    """Print the JSON Schema (draft-07) that lets an editor complete and check policy files.

    The first line of each shipped file names its schema; after an upgrade, write them anew into the
    folder `schemas` of your own policies.
    """
    if write is not None:
        for file in write_schemas(write):
            typer.echo(file)
        return
    if kind not in NAMES:
        fail(f"there is no schema of {kind}; one of {', '.join(NAMES)}{suggest(kind, NAMES)}")
    typer.echo(next(each.text for each in FILE_KINDS if each.name == kind), nl=False)
