"""How is consent recorded, read and imported from the command line?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from gatekeeper.cli.gate import call
from gatekeeper.cli.importing import follow
from gatekeeper.cli.output import AsJson, show, show_rows
from gatekeeper.domain.consent import Basis, ConsentAct
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.consent_csv import EVIDENCE_COLUMNS

app = typer.Typer(help="Record, read and import consent.", no_args_is_help=True)

FIELDS = (
    *("channel", "purpose", "campaign", "brand", "expires", "seller", "source", "missing"),
    *("about", "pending", *EVIDENCE_COLUMNS),
)
"""What else an event may say, and its evidence."""

TenantId = Annotated[str, typer.Option("--tenant", help="Id of the tenant.")]
Number = Annotated[str, typer.Argument(help="Phone number, best in E.164.")]


@app.command()
def add(
    number: Number,
    event: Annotated[ConsentAct, typer.Argument(help="What happened.")],
    tenant: TenantId,
    basis: Annotated[Basis | None, typer.Option(help="For opt_in.")] = None,
    at: Annotated[str | None, typer.Option(help="When, with offset; now, if absent.")] = None,
    field: Annotated[
        list[str] | None, typer.Option(help=f"FIELD=VALUE, repeatable: {', '.join(FIELDS)}.")
    ] = None,
) -> None:
    """Record one consent event; it binds every decision from the moment this returns."""
    body: dict[str, Any] = {"number": number, "event": event, "basis": basis, "at": at}
    evidence: dict[str, str] = {}
    for name, value in map(_pair, field or ()):
        (evidence if name in EVIDENCE_COLUMNS else body)[name] = value
    if "missing" in body:
        body["missing"] = body["missing"].split("|")
    told = call("POST", "/consents", {**body, "evidence": evidence or None}, tenant=tenant)
    show(told)
    for warning in told["warnings"]:
        typer.echo(f"note: {warning}", err=True)


@app.command("show")
def show_consent(number: Number, tenant: TenantId, as_json: AsJson = False) -> None:
    """Show what holds for a person now, and the events that it rests on."""
    held = call("GET", "/consents", tenant=tenant, number=number)
    if as_json:
        show(held)
        return
    by_channel = ", ".join(f"{channel}: {state}" for channel, state in held["marketing"].items())
    typer.echo(f"marketing now: {by_channel}")
    columns = ("at", "event", "basis", "channel", "purpose", "campaign", "expires")
    show_rows(held["events"], columns, as_json=False)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV with a header.")],
    tenant: TenantId,
    bad: Annotated[Path | None, typer.Option(help="Where bad lines go.")] = None,
) -> None:
    """Import a CSV file of consent events: columns number, event, and any of the others.

    Good lines are applied as a whole, also if the gate stops half-way; bad ones are listed.
    """
    body: dict[str, object] = {"tenant": tenant, "path": str(file.resolve())}
    follow("/imports/consents", body, bad or file.with_suffix(".bad.csv"))


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or name not in FIELDS:
        raise InputRejected(f"{name[:40]!r} is not FIELD=VALUE with one of: {', '.join(FIELDS)}")
    return name, value
