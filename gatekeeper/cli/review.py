"""How does a person look at the replies that may be a stop, and say what they found?"""

from __future__ import annotations

from typing import Annotated

import typer

from gatekeeper.cli.gate import call
from gatekeeper.cli.output import AsJson, show, show_rows
from gatekeeper.ledger.reviews import Found

app = typer.Typer(help="Replies that may be a stop, for a person to look at.", no_args_is_help=True)

COLUMNS = ("id", "at", "tenant", "application", "message", "rule", "language", "found")


@app.command("list")
def list_items(
    tenant: Annotated[str | None, typer.Option(help="Id of the tenant; all, if none.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that are closed too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List replies that wait for a person; read the text at the provider, by its message id."""
    query = {"tenant": tenant} if tenant else {}
    rows = call("GET", "/reviews", all=str(everything).lower(), **query)
    show_rows(rows, COLUMNS, as_json=as_json)


@app.command()
def close(
    id: Annotated[str, typer.Argument(help="Id of the item.")],  # noqa: A002
    found: Annotated[Found, typer.Argument(help="What the reply meant.")],
    reason: Annotated[str, typer.Option(help="Kept in the log for good: no name, no text.")],
    as_json: AsJson = False,
) -> None:
    """Say what a reply meant; `opt_out` ends everything for that person, at once."""
    closed = call("POST", f"/reviews/{id}/close", {"found": found, "reason": reason})
    if as_json:
        show(closed)
    else:
        typer.echo(f"closed: {closed['found']}")
