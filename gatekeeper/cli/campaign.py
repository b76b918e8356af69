"""How are campaigns registered: what messages are for, and who may send them?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gatekeeper.cli.output import AsJson
from gatekeeper.cli.registry import Customer, Id, TenantId, group, state, with_show, with_stops
from gatekeeper.cli.template import text_of
from gatekeeper.domain.standing import CarrierClass, Exemption
from gatekeeper.domain.words import Purpose, Technology
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.sender_names import named

COLUMNS = (
    "id", "tenant", "purposes", "technology", "seller", "brand", "end_customer", "senders",
    "suspended",
)  # fmt: skip

app = group("Campaigns and what they are for.", "campaign", COLUMNS)
with_show(app, "campaign")
with_stops(app, "campaign")


@app.command("add")
def add(  # noqa: PLR0913 - each is a command-line option
    id: Id,  # noqa: A002
    tenant_id: TenantId,
    purpose: Annotated[
        list[Purpose] | None, typer.Option(help="A registered purpose; repeatable.")
    ] = None,
    technology: Annotated[Technology | None, typer.Option(help="How it is sent.")] = None,
    seller: Annotated[str | None, typer.Option(help="Who sells, as the person knows it.")] = None,
    brand: Annotated[str | None, typer.Option(help="Id of its brand; it never changes.")] = None,
    customer: Customer = None,
    registration: Annotated[
        list[str] | None, typer.Option(help="Id with a registry or carrier; repeatable.")
    ] = None,
    text: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="File with the programme in words."),
    ] = None,
    sample: Annotated[
        list[str] | None, typer.Option(help="A message as it will be sent; repeatable.")
    ] = None,
    exemption: Annotated[Exemption | None, typer.Option(help="Its exempted class.")] = None,
    carrier_class: Annotated[
        CarrierClass | None, typer.Option(help="What carriers refuse or gate, if it is that.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Register a campaign, or change what is said of it: its purposes decide which rules bind."""
    said = {
        "id": id,
        "tenant": tenant_id,
        "purposes": purpose or None,
        "technology": technology,
        "seller": seller,
        "brand": brand,
        "end_customer": customer,
        "registrations": registration or None,
        "text": text_of(text) if text else None,
        "samples": sample or None,
        "exemption": exemption,
        "carrier_class": carrier_class,
    }
    state("campaign", said, as_json=as_json)


@app.command("senders")
def senders(
    id: Id,  # noqa: A002
    tenant_id: TenantId,
    sender: Annotated[
        list[str] | None, typer.Option(help="A sender that may send for it; repeatable.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Any of the tenant's may.")] = False,
    none: Annotated[bool, typer.Option("--none", help="No sender may.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say which senders may send for a campaign; messages from others are blocked."""
    if sum((bool(sender), every, none)) != 1:
        raise InputRejected("give --sender (once for each), or --all, or --none")
    allowed = None if every else [named(address)[1] for address in sender or ()]
    said = {"id": id, "tenant": tenant_id, "senders": allowed}
    state("campaign", said, as_json=as_json, clearing=("senders",))
