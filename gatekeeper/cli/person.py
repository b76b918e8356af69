"""How are one person's rights served from the command line: export, erase, hold?"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from gatekeeper.cli.gate import call
from gatekeeper.cli.output import AsJson, show, show_rows
from gatekeeper.cli.person_file import fetch
from gatekeeper.errors import InputRejected

app = typer.Typer(help="Export, erase or hold one person's data.", no_args_is_help=True)

PARTIAL = 3
"""Exit status of an erasure from which a legal hold kept the evidence."""

Number = Annotated[str, typer.Argument(help="Phone number, best in E.164.")]
AnyNumber = Annotated[
    str | None, typer.Argument(help="Phone number; with --everybody none is given.")
]
TenantId = Annotated[str, typer.Option("--tenant", help="Id of the tenant.")]
AnyTenant = Annotated[str | None, typer.Option("--tenant", help="Id of the tenant; all, if none.")]
Reason = Annotated[str, typer.Option(help="Kept in the log for good: no name, no number.")]
Everybody = Annotated[bool, typer.Option("--everybody", help="The tenant as a whole.")]


@app.command()
def export(
    number: Number,
    reason: Reason,
    tenant: Annotated[str | None, typer.Option("--tenant", help="Id of the tenant.")] = None,
    all_tenants: Annotated[bool, typer.Option("--all-tenants", help="Of every tenant.")] = False,
    out: Annotated[Path | None, typer.Option("--output", "-o", help="File; else printed.")] = None,
) -> None:
    """Hand out all that is kept of a person, as JSON; the export itself is recorded."""
    if (tenant is None) != all_tenants:
        raise InputRejected("say whose data: --tenant ID, or --all-tenants")
    asyncio.run(fetch({"number": number, "reason": reason, "tenant": tenant}, out))


@app.command()
def erase(
    number: Number,
    tenant: TenantId,
    reason: Reason,
    basis: Annotated[str | None, typer.Option(help="gdpr-17, ccpa, or the like.")] = None,
    as_json: AsJson = False,
) -> None:
    """Destroy a person's evidence and end what was granted; opt-outs stay. Status 3: on hold."""
    body = {"number": number, "tenant": tenant, "reason": reason, "basis": basis}
    done = call("POST", "/people/erase", body)
    if as_json:
        show(done)
    else:
        _tell(done)
    raise typer.Exit(0 if done["complete"] else PARTIAL)


@app.command()
def hold(
    tenant: TenantId,
    reason: Reason,
    number: AnyNumber = None,
    everybody: Everybody = False,
    until: Annotated[str | None, typer.Option(help="When it ends, with offset.")] = None,
) -> None:
    """Keep a person's evidence, or the whole tenant's, from being erased."""
    _one_of(number, everybody=everybody)
    body = {"number": number, "tenant": tenant, "reason": reason, "until": until}
    show(call("POST", "/people/hold", body))


@app.command()
def release(
    tenant: TenantId, reason: Reason, number: AnyNumber = None, everybody: Everybody = False
) -> None:
    """End the holds on a person, or on the whole tenant."""
    _one_of(number, everybody=everybody)
    body = {"number": number, "tenant": tenant, "reason": reason}
    for ended in call("POST", "/people/release", body):
        typer.echo(f"hold {ended['id']} of {ended['at']} is released")
    typer.echo("Whom to erase again: gatekeeper person erased --owed")


@app.command()
def holds(tenant: AnyTenant = None, as_json: AsJson = False) -> None:
    """List the holds in force."""
    rows = call("POST", "/people/holds", {"tenant": tenant})
    show_rows(rows, ("tenant", "at", "id", "pseudonym", "until", "by", "reason"), as_json=as_json)


@app.command()
def erased(
    tenant: AnyTenant = None,
    number: Annotated[str | None, typer.Option(help="Of this person only.")] = None,
    owed: Annotated[bool, typer.Option("--owed", help="Those that a hold cut short.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what was erased: when, why, by whom, what was kept and why."""
    rows = call("POST", "/people/erased", {"tenant": tenant, "number": number})
    if owed:
        last = {(row["tenant"], row["pseudonym"]): row for row in rows}
        rows = [row for row in last.values() if not row["complete"]]
    if as_json:
        show(rows)
        return
    told = [{**row, "erased": _taken(row), "kept": _left(row)} for row in rows]
    columns = ("at", "tenant", "pseudonym", "basis", "by", "reason", "erased", "kept")
    show_rows(told, columns, as_json=False)


def _one_of(number: str | None, *, everybody: bool) -> None:
    if (number is None) != everybody:
        raise InputRejected("say whom: a number, or --everybody for the tenant as a whole")


def _tell(done: dict[str, Any], say: Callable[[str], None] = typer.echo) -> None:
    say(f"erased: {_taken(done)}")
    for kept in done["kept"]:
        say(f"kept:   {kept['what']} ({kept['why']})")
    whole = "complete" if done["complete"] else "PARTIAL: a legal hold keeps the evidence"
    say(f"{whole}; on record as {done['id']}, person {done['pseudonym']}")


def _taken(row: dict[str, Any]) -> str:
    taken = row["erased"]
    lists = f", off {', '.join(taken['lists'])}" if taken["lists"] else ""
    return f"{taken['evidence']} evidence, {taken['grants']} grants ended{lists}"


def _left(row: dict[str, Any]) -> str:
    """What was kept and why, but for the log's records, which are kept of everybody."""
    kept = (each for each in row["kept"] if each["what"] != "records")
    return "; ".join(f"{each['what']}: {each['why']}" for each in kept)
