"""How does a policy author learn what is wrong in a folder, and where?"""

from __future__ import annotations

from collections.abc import Sequence

import typer
from rich.markup import escape

from gatekeeper.cli.policy_folder import AsJson, Folder, folder_in_use, read_tables, tables_of
from gatekeeper.cli.policy_output import console, count, parts, print_json, size
from gatekeeper.errors import PolicyError
from gatekeeper.policy.model import Policy
from gatekeeper.rollout.ready import loaded, proof


def check(folder: Folder = None, as_json: AsJson = False) -> None:
    """Load a policy folder and prove every rule by its tests; tell every fault with its place.

    The folder's decision tables are read, but not run: that is for `policy test`.
    """
    faults: tuple[str, ...] = ()
    judge = None
    try:
        judge = loaded(folder_in_use(folder))
        proved = proof(judge)
        faults = tuple(str(each.fault) for each in proved if not each.holds)
    except PolicyError as error:
        faults = error.faults
    faults += read_tables(tables_of(folder))[1]
    checked(judge.policy if judge else None, faults, as_json=as_json)
    raise typer.Exit(1 if faults else 0)


def checked(policy: Policy | None, faults: Sequence[str], *, as_json: bool) -> None:
    """The faults, or that there are none."""
    if as_json:
        found = [parts(fault) for fault in faults]
        print_json({"ok": not faults, "policy": policy and policy.hash, "faults": found})
        return
    shown = console()
    for fault in faults:
        shown.print(escape(fault))
    if faults or policy is None:
        shown.print(f"[red]{count(len(faults), 'fault')}[/red]")
    else:
        shown.print(f"[green]in order[/green]: {size(policy)}, policy {policy.hash[:16]}")
