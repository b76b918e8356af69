"""How do do-not-call lists come in, and how old are they?"""

from __future__ import annotations

from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from gatekeeper.cli.gate import call
from gatekeeper.cli.importing import follow
from gatekeeper.cli.output import AsJson, show, show_rows
from gatekeeper.ledger.list_import import check_owner

app = typer.Typer(help="Import and inspect do-not-call lists.", no_args_is_help=True)

ListId = Annotated[str, typer.Argument(help="us-national, us-<state>, ca-national, internal, ...")]
Owner = Annotated[str | None, typer.Option("--tenant", help="For a list of that tenant's own.")]
TenantId = Annotated[str, typer.Option("--tenant", help="Id of the tenant whose own list it is.")]


@app.command("import")
def import_list(  # noqa: PLR0913 - each is a command-line option
    list_id: ListId,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="One number a line.")],
    as_of: Annotated[
        datetime | None, typer.Option(help="The day the list speaks for (UTC); today, if absent.")
    ] = None,
    tenant: Owner = None,
    holder: Annotated[
        str | None, typer.Option("--licence-holder", help="Who holds the licence.")
    ] = None,
    san: Annotated[
        str | None, typer.Option(help="Subscription account number: evidence of purchase.")
    ] = None,
    delta: Annotated[
        bool, typer.Option("--delta", help="Each line adds (A, +) or removes (D, -) a number.")
    ] = False,
    removals: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="For a delta in two files: what goes."),
    ] = None,
    base: Annotated[
        str | None, typer.Option(help="The version that a delta builds on; refused if not active.")
    ] = None,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="Take a file without a number.")
    ] = False,
    allow_shrink: Annotated[
        bool, typer.Option("--allow-shrink", help="Take a file of less than half the numbers.")
    ] = False,
    bad: Annotated[Path | None, typer.Option(help="Where bad lines go.")] = None,
) -> None:
    """Import a list: a new version, swapped in at once when it is whole.

    Numbers for a list that a tenant keeps itself (internal, deny, allow, own-...) are added to it.
    """
    check_owner(list_id, tenant)
    body: dict[str, object] = {
        "list": list_id,
        "path": str(file.resolve()),
        "as_of": (as_of or datetime.now(UTC)).replace(tzinfo=UTC),
        "tenant": tenant,
        "holder": holder,
        "san": san,
        "by": getuser(),
        "delta": delta,
        "removals": str(removals.resolve()) if removals else None,
        "base": base,
        "allow_empty": allow_empty,
        "allow_shrink": allow_shrink,
    }
    follow("/imports/lists", body, bad or file.with_suffix(".bad.csv"))


@app.command("list")
def show_lists(as_json: AsJson = False) -> None:
    """Show every list with its active version, size, age and the days that it may still be used."""
    status = call("GET", "/status")
    rows, limits, now = status["lists"], status["lists_limits"], datetime.now(UTC)
    for row in rows:
        days = limits.get(row["list_id"])
        age = (now - datetime.fromisoformat(row["as_of"])).total_seconds() / 86400
        own = row["version"] == "own"
        row["age_days"] = None if own else round(age, 1)
        row["days_left"] = None if own or days is None else round(days - age, 1)
        row["as_of"] = None if own else row["as_of"]
    columns = ("list_id", "tenant", "version", "count", "as_of", "age_days", "days_left")
    show_rows(rows, columns, as_json=as_json)


@app.command()
def ask(
    list_id: ListId,
    number: Annotated[str, typer.Argument(help="Phone number.")],
    tenant: Owner = None,
    at: Annotated[
        str | None, typer.Option(help="As of this instant, with offset; now, if absent.")
    ] = None,
    version: Annotated[str | None, typer.Option(help="Of this version, if it is kept.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what a list says of a number, and on what that rests. Exit status 1: it cannot tell."""
    query = {"number": number, "tenant": tenant, "at": at, "version": version}
    said = {key: value for key, value in query.items() if value is not None}
    told = call("GET", f"/lists/{quote(list_id, safe='')}/answer", **said)
    if as_json:
        show(told)
    else:
        evidence = told.pop("evidence") or {}
        origin = evidence.pop("origin", {})
        rows = {**told, **{key: evidence.get(key) for key in ("as_of", "count")}}
        rows |= {key: origin.get(key) for key in ("kind", "holder", "san", "imported_at", "digest")}
        for key, value in rows.items():
            typer.echo(f"{key:12} {'-' if value in (None, '') else value}")
    raise typer.Exit(told["answer"] not in ("hit", "clear"))


@app.command()
def history(list_id: ListId, tenant: Owner = None, as_json: AsJson = False) -> None:
    """Show every version of a list that was ever asked, with what is known of its origin."""
    swaps = call("GET", f"/lists/{quote(list_id, safe='')}/versions", **_of(tenant))
    rows = [{**swap, **swap.pop("origin")} for swap in swaps]
    columns = ("number", "imported_at", "kind", "version", "base", "count", "as_of", "holder",
               "san", "by", "digest")  # fmt: skip
    show_rows(rows, columns, as_json=as_json)


@app.command()
def rollback(
    list_id: ListId,
    tenant: Owner = None,
    version: Annotated[
        str | None, typer.Option(help="A version that is still kept; the one before, if absent.")
    ] = None,
) -> None:
    """Ask an earlier version of a list again: as old as it is, so its age still counts."""
    body = {"tenant": tenant, "version": version, "by": getuser()}
    told = call("POST", f"/lists/{quote(list_id, safe='')}/rollback", body)
    typer.echo(f"{list_id} is version {told['version']} again, as of {told['as_of']}")


@app.command()
def add(
    list_id: ListId, number: Annotated[str, typer.Argument(help="Phone number.")], tenant: TenantId
) -> None:
    """Put a number on a list of the tenant's own."""
    _set(list_id, number, tenant, listed=True)


@app.command()
def remove(
    list_id: ListId, number: Annotated[str, typer.Argument(help="Phone number.")], tenant: TenantId
) -> None:
    """Take a number off a list of the tenant's own."""
    _set(list_id, number, tenant, listed=False)


def _of(tenant: str | None) -> dict[str, str]:
    return {} if tenant is None else {"tenant": tenant}


def _set(list_id: str, number: str, tenant: str, *, listed: bool) -> None:
    check_owner(list_id, tenant, by_hand=True)
    body = {"tenant": tenant, "list": list_id, "number": number, "listed": listed}
    call("POST", "/listed", body)
