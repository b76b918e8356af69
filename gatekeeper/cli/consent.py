"""How is consent recorded, read and imported from the command line?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from gatekeeper.cli.gate import call
from gatekeeper.cli.importing import follow
from gatekeeper.cli.output import AsJson, show, show_rows
from gatekeeper.domain.consent import Basis, ConsentAct
from gatekeeper.domain.words import Channel, Purpose, Technology
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.consent_csv import EVIDENCE_COLUMNS
from gatekeeper.ledger.textlines import ENCODINGS

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
    for event in reversed(held["events"]):
        typer.echo(f"{event['at']}  {event['says']}  [{event['id']}]")


@app.command()
def tier(  # noqa: PLR0913 - each is a command-line option
    number: Number,
    tenant: TenantId,
    channel: Annotated[Channel, typer.Option(help="By which channel.")] = Channel.SMS,
    purpose: Annotated[Purpose | None, typer.Option(help="Else the campaign's.")] = None,
    technology: Annotated[Technology | None, typer.Option(help="Else the campaign's.")] = None,
    campaign: Annotated[str | None, typer.Option(help="Registered campaign.")] = None,
    jurisdiction: Annotated[str | None, typer.Option(help="Stated place, as US-TX.")] = None,
    line_type: Annotated[str | None, typer.Option(help="landline, if it is one.")] = None,
    at: Annotated[str | None, typer.Option(help="Instant with offset; now, if absent.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show which tier of consent a message needs, which is held, and why, rule by rule."""
    said: dict[str, str | None] = {
        "number": number,
        "channel": channel,
        "purpose": purpose,
        "technology": technology,
        "campaign": campaign,
        "jurisdiction": jurisdiction,
        "line_type": line_type,
        "at": at,
    }
    query = {name: value for name, value in said.items() if value is not None}
    told = call("GET", "/consents/tier", tenant=tenant, **query)
    if as_json:
        show(told)
        return
    typer.echo(_verdict(told))
    show_rows([_row(rule) for rule in told["rules"]], TIER_COLUMNS, as_json=False)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV or NDJSON.")],
    tenant: TenantId,
    form: Annotated[
        str | None, typer.Option("--format", help="csv or ndjson; by the name, if not given.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help=f"{', '.join(ENCODINGS)}; by its mark, else UTF-8.")
    ] = None,
    bad: Annotated[Path | None, typer.Option(help="Where bad lines go.")] = None,
) -> None:
    """Import a file of consent events: a CSV with a header, or an NDJSON with the API's fields.

    Good lines are applied as a whole, also if the gate stops half-way; bad ones are listed. The
    same file again changes nothing.
    """
    body: dict[str, object] = {"tenant": tenant, "path": str(file.resolve())}
    chosen = {"format": form, "encoding": encoding}
    follow("/imports/consents", body | chosen, bad or file.with_suffix(".bad.csv"))


@app.command()
def imports(as_json: AsJson = False) -> None:
    """Show the imports that are under way, and how far each is."""
    found = call("GET", "/imports")
    if as_json:
        show(found)
        return
    rows = [{**row, **row["progress"]} for row in found]
    columns = ("since", "tenant", "file", "stage", "done", "total", "known", "bad")
    show_rows(rows, columns, as_json=False)


TIER_COLUMNS = ("rule", "needs", "met", "why", "until", "source")
"""What is shown of each rule that binds."""


def _verdict(told: dict[str, Any]) -> str:
    where = ", ".join(told["places"]) or "an unknown place (the strictest is taken)"
    lines = [
        f"{told['purpose']} by {told['channel']} ({told['technology']}) to {where}, as of "
        f"{told['at']}, posture {told['posture']}",
        f"needed: {told['needed']}; held: {told['held']}; "
        + ("sufficient" if told["sufficient"] else f"not sufficient ({told['reason']})"),
        told["detail"],
    ]
    if told["missing"]:
        lines.append(f"missing: {', '.join(told['missing'])}")
    if told["expires"]:
        lines.append(f"until: {told['expires']}")
    return "\n".join(lines)


def _row(rule: dict[str, Any]) -> dict[str, Any]:
    return {
        **rule,
        "met": "yes" if rule["met"] else "no",
        "why": rule["detail"],
        "source": rule["citation"],
    }


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or name not in FIELDS:
        raise InputRejected(f"{name[:40]!r} is not FIELD=VALUE with one of: {', '.join(FIELDS)}")
    return name, value
