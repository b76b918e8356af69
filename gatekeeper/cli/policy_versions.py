"""How does a person look at policies that were in force? From the data folder, gate or no gate."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from gatekeeper.cli.output import AsJson, show_rows
from gatekeeper.cli.output import show as show_json
from gatekeeper.cli.policy_rollout import Digest
from gatekeeper.cli.policy_status import by, difference_lines
from gatekeeper.errors import InputRejected
from gatekeeper.rollout.difference import difference
from gatekeeper.rollout.examine import digest_of, unchanged
from gatekeeper.rollout.history import Activation, history_file, read_history
from gatekeeper.rollout.versions import stored, versions_of
from gatekeeper.settings import Settings

COLUMNS = ("at", "version", "by", "why", "files")


def history(as_json: AsJson = False) -> None:
    """List every version that came into force, newest first: when, by whom, how and why."""
    data = Settings().data
    kept = versions_of(data).names()
    made = reversed(read_history(history_file(data)).activations)
    show_rows([_row(each, kept, as_json=as_json) for each in made], COLUMNS, as_json=as_json)


def show(digest: Digest, as_json: AsJson = False) -> None:
    """Show one version: when it was in force, its files, and how it differs from what is now."""
    data = Settings().data
    path = _verified(data, digest)
    made = read_history(history_file(data))
    files = {str(name): (path / name).stat().st_size for name in _files(path)}
    active = made.active
    here = active is not None and active.digest in versions_of(data).names()
    apart = None
    if active is not None and here and active.digest != path.name:
        apart = asdict(difference(stored(data, active.digest), path))
    activations = [
        msgspec.to_builtins(each) for each in made.activations if each.digest == path.name
    ]
    if as_json:
        show_json(
            {
                "digest": path.name,
                "folder": str(path),
                "activations": activations,
                "files": files,
                "from_active": apart,
            }
        )
        return
    typer.echo(f"version    {path.name}")
    for each in activations:
        typer.echo(f"in force   {each['at']} by {by(each)}: {each['why']}")
    for name, size in files.items():
        typer.echo(f"  {size:8} {name}")
    if apart is not None:
        typer.echo("it differs from what is in force:")
        for line in difference_lines(apart):
            typer.echo(line)


def export(
    digest: Digest,
    folder: Annotated[Path, typer.Argument(help="A folder that is not there yet.")],
) -> None:
    """Write the exact files of one version to a new folder."""
    path = _verified(Settings().data, digest)
    if folder.exists():
        raise InputRejected(f"{folder} is there already")
    shutil.copytree(path, folder)
    typer.echo(f"{len(_files(path))} files of {path.name[:12]} are in {folder}")


def _verified(data: Path, digest: str) -> Path:
    """The folder of a version whose files say what they said when they were kept."""
    path = stored(data, digest)
    unchanged(path, digest_of(path))
    return path


def _files(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def _row(each: Activation, kept: tuple[str, ...], *, as_json: bool) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(each)
    here = each.digest in kept
    if as_json:
        return told | {"kept": here}
    return {
        "at": told["at"][:19] + "Z",
        "version": each.digest[:12],
        "by": by(told),
        "why": each.why,
        "files": "kept" if here else "dropped",
    }
