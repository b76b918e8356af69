"""How are keys to the registry over HTTP made and ended?"""

from __future__ import annotations

from typing import Annotated

import typer

from gatekeeper.cli.application import Expires
from gatekeeper.cli.gate import call
from gatekeeper.cli.output import AsJson, show
from gatekeeper.cli.registry import Id, group, instant

COLUMNS = ("id", "tenant", "by", "at", "expires", "revoked_by", "revoked_at")

app = group("Keys to the registry over HTTP.", "admin_key", COLUMNS)


@app.command("add")
def add(
    id: Id,  # noqa: A002
    tenant_id: Annotated[
        str | None, typer.Option("--tenant", help="The one tenant that it opens; all, if absent.")
    ] = None,
    expires: Expires = None,
    as_json: AsJson = False,
) -> None:
    """Make an admin key and print it, once."""
    end = instant(expires) if expires else None
    answer = call("POST", "/admin-keys", {"id": id, "tenant": tenant_id, "expires": end})
    show(answer) if as_json else typer.echo(answer["key"])


@app.command("revoke")
def revoke(id: Id, as_json: AsJson = False) -> None:  # noqa: A002
    """End an admin key at once; it stays on record."""
    answer = call("POST", f"/admin-keys/{id}/revoke")
    show(answer) if as_json else typer.echo(f"admin key {id}: revoked")
