"""What do the commands of all registered things share: show, list, suspend and resume?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any

import typer

from gatekeeper.cli.gate import call
from gatekeeper.cli.output import AsJson, show, show_rows
from gatekeeper.errors import InputRejected

Json = dict[str, Any]

Id = Annotated[str, typer.Argument(help="Its id.")]
TenantId = Annotated[str, typer.Option("--tenant", help="Id of the tenant.")]
OfTenant = Annotated[str | None, typer.Option("--tenant", help="Only those of this tenant.")]
CampaignId = Annotated[str | None, typer.Option("--campaign", help="Id of a campaign.")]
Customer = Annotated[
    str | None, typer.Option("--customer", help="The end customer that it belongs to.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why; it is recorded.")]
Until = Annotated[
    str | None, typer.Option("--until", help="When it ends by itself, as 2026-12-01T09:00:00Z.")
]
Name = Annotated[str | None, typer.Option(help="Its name; the id, if not given.")]

NameOf = Callable[[str], str]


def plain(name: str) -> str:
    """Most things are called what they are called."""
    return name


def group(help_text: str, kind: str, columns: Sequence[str]) -> typer.Typer:
    """A group of commands with `list`."""
    commands = typer.Typer(help=help_text, no_args_is_help=True)

    @commands.command("list")
    def list_all(tenant_id: OfTenant = None, as_json: AsJson = False) -> None:
        """List them all, or those of one tenant."""
        query = {} if tenant_id is None else {"tenant": tenant_id}
        rows = call("GET", f"/documents/{kind}", **query)
        show_rows(rows if as_json else [_readable(row) for row in rows], columns, as_json=as_json)

    return commands


def with_show(commands: typer.Typer, kind: str, named: NameOf = plain) -> None:
    """Add `show` for what is a tenant's."""

    @commands.command("show")
    def show_one(id: Id, tenant_id: TenantId, as_json: AsJson = False) -> None:  # noqa: A002
        """Show everything that is registered of one."""
        shown(kind, f"{tenant_id}/{named(id)}", as_json=as_json)


def with_stops(commands: typer.Typer, kind: str, named: NameOf = plain) -> None:
    """Add `suspend` and `resume` for what is a tenant's."""

    @commands.command("suspend")
    def suspend(
        id: Id,  # noqa: A002
        tenant_id: TenantId,
        reason: Reason,
        until: Until = None,
        as_json: AsJson = False,
    ) -> None:
        """Stop everything that is sent under it, at once."""
        stop(kind, f"{tenant_id}/{named(id)}", reason, until, as_json=as_json)

    @commands.command("resume")
    def resume(id: Id, tenant_id: TenantId, as_json: AsJson = False) -> None:  # noqa: A002
        """Lift its suspension."""
        lift(kind, f"{tenant_id}/{named(id)}", as_json=as_json)


def with_own_commands(commands: typer.Typer, kind: str) -> None:
    """Add `show`, `suspend` and `resume` for what has an id of its own."""

    @commands.command("show")
    def show_one(id: Id, as_json: AsJson = False) -> None:  # noqa: A002
        """Show everything that is registered of one."""
        shown(kind, id, as_json=as_json)

    @commands.command("suspend")
    def suspend(
        id: Id,  # noqa: A002
        reason: Reason,
        until: Until = None,
        as_json: AsJson = False,
    ) -> None:
        """Stop everything that is sent under it, at once."""
        stop(kind, id, reason, until, as_json=as_json)

    @commands.command("resume")
    def resume(id: Id, as_json: AsJson = False) -> None:  # noqa: A002
        """Lift its suspension."""
        lift(kind, id, as_json=as_json)


def state(kind: str, said: Json, *, as_json: bool, clearing: Sequence[str] = ()) -> None:
    """Register something, or change what is said of it; None says nothing, or clears."""
    stated = {k: value for k, value in said.items() if value is not None or k in clearing}
    document = call("POST", f"/documents/{kind}", stated)
    _told(document, f"{kind.replace('_', ' ')} {document['id']}: registered", as_json=as_json)


def stop(kind: str, key: str, reason: str, until: str | None, *, as_json: bool) -> None:
    """Suspend something."""
    end = None if until is None else instant(until)
    asked = {"kind": kind, "key": key, "reason": reason, "until": end}
    made = call("POST", "/suspensions", asked)
    ends = f" until {made['until']}" if made["until"] else ""
    _told(made, f"{kind.replace('_', ' ')} {key}: suspended{ends}", as_json=as_json)


def lift(kind: str, key: str, *, as_json: bool) -> None:
    """Resume something."""
    done = call("POST", "/suspensions", {"kind": kind, "key": key, "reason": None})
    _told(done, f"{kind.replace('_', ' ')} {key}: resumed", as_json=as_json)


def shown(kind: str, key: str, *, as_json: bool) -> None:
    """Show one document."""
    document = call("GET", f"/document/{kind}", key=key)
    if as_json:
        show(document)
        return
    rows = [{"field": name, "value": value} for name, value in _readable(document).items() if value]
    show_rows(rows, ("field", "value"), as_json=False)


def instant(text: str) -> datetime:
    """An instant with its offset; InputRejected says how to write one."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise InputRejected(
            f"{text[:40]} is no instant with its offset: write it as 2026-12-01T09:00:00Z"
        )
    return moment


def _told(document: Json, line: str, *, as_json: bool) -> None:
    show(document) if as_json else typer.echo(line)


def _readable(row: Json) -> Json:
    """A document for people: what is nested, in a few words."""
    return {name: _words(value) for name, value in row.items()}


def _words(value: Any) -> Any:
    match value:
        case {"reason": reason, "by": by, "until": until}:
            return f"{reason} (by {by or 'unknown'}{f', until {until}' if until else ''})"
        case {"version": version, "at": at, "by": by}:
            return f"{version} (accepted {at} by {by})"
        case {"kind": kind, "reference": reference, "by": by, "at": at}:
            return f"{kind}: {reference} (seen {at} by {by})"
        case {"id": key_id, "expires": expires}:
            return f"{key_id}{f' until {expires}' if expires else ''}"
        case dict():
            return ", ".join(f"{name}: {each}" for name, each in value.items() if each)
        case list():
            return [_words(each) for each in value]
        case _:
            return value
