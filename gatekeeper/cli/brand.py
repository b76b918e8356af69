"""How are brands registered: who speaks, as people know it?"""

from __future__ import annotations

from typing import Annotated

import typer

from gatekeeper.cli.output import AsJson
from gatekeeper.cli.registry import Customer, Id, Name, TenantId, group, state, with_show

app = group(
    "Brands: who speaks, as people know it.",
    "brand",
    ("id", "tenant", "name", "end_customer", "registration"),
)
with_show(app, "brand")


@app.command("add")
def add(  # noqa: PLR0913 - each is a command-line option
    id: Id,  # noqa: A002
    tenant_id: TenantId,
    name: Name = None,
    customer: Customer = None,
    registration: Annotated[str | None, typer.Option(help="Its 10DLC brand id.")] = None,
    help_text: Annotated[str | None, typer.Option(help="What answers HELP.")] = None,
    stop_text: Annotated[str | None, typer.Option(help="What confirms a STOP.")] = None,
    as_json: AsJson = False,
) -> None:
    """Register a brand, or change what is said of it; its end customer never changes."""
    said = {
        "id": id,
        "tenant": tenant_id,
        "name": name,
        "end_customer": customer,
        "registration": registration,
        "help_text": help_text,
        "stop_text": stop_text,
    }
    state("brand", said, as_json=as_json)
