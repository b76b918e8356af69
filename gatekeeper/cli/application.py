"""How are applications registered, and how do they get keys?"""

from __future__ import annotations

from typing import Annotated

import typer

from gatekeeper.cli import entering
from gatekeeper.cli.gate import call
from gatekeeper.cli.output import AsJson, show, show_rows
from gatekeeper.cli.registry import (
    CampaignId,
    Customer,
    Id,
    TenantId,
    group,
    instant,
    state,
    with_own_commands,
)
from gatekeeper.domain.registry import CredentialMode
from gatekeeper.ledger.registrar import NewApplication

COLUMNS = (
    "id", "tenant", "provider", "account", "mode", "campaign", "end_customer", "suspended",
)  # fmt: skip
Expires = Annotated[
    str | None, typer.Option("--expires", help="When the key ends, as 2027-01-01T00:00:00Z.")
]
Upstream = Annotated[
    str | None, typer.Option(help="Account to present to the provider, if it differs.")
]

app = group("Applications and their keys.", "application", COLUMNS)
with_own_commands(app, "application")


@app.command("add")
def add(  # noqa: PLR0913 - each is a command-line option
    id: Id,  # noqa: A002
    tenant_id: TenantId,
    provider: Annotated[str, typer.Option(help="Whose API the app speaks.")] = "twilio",
    account: Annotated[
        str, typer.Option(help="The provider's account id that the app names, if it names one.")
    ] = "",
    mode: Annotated[CredentialMode, typer.Option(help="Who holds the provider's secret.")] = (
        CredentialMode.VAULT
    ),
    campaign_id: CampaignId = None,
    customer: Customer = None,
    upstream_account: Upstream = None,
    expires: Expires = None,
    as_json: AsJson = False,
) -> None:
    """Register an application; the provider's secret is read from standard input.

    In vault mode it prints the application's key, once: the app uses it in place of the secret.
    """
    end = instant(expires) if expires else None
    secret = entering.secret("provider's secret")
    new = NewApplication(
        id, tenant_id, provider, account, secret, mode, upstream_account, campaign_id,
        customer, end,
    )  # fmt: skip
    answer = call("POST", "/applications", new)
    if as_json:
        show(answer)
    else:
        typer.echo(answer["key"] or "registered: the app goes on using its own credential")


@app.command("change")
def change(
    id: Id,  # noqa: A002
    campaign_id: CampaignId = None,
    customer: Customer = None,
    account: Annotated[str | None, typer.Option(help="The account id that the app names.")] = None,
    upstream_account: Upstream = None,
    as_json: AsJson = False,
) -> None:
    """Change what is said of an application; its tenant and end customer never change."""
    said = {
        "id": id,
        "campaign": campaign_id,
        "end_customer": customer,
        "account": account,
        "upstream_account": upstream_account,
    }
    state("application", said, as_json=as_json)


@app.command("key")
def rotate_key(
    id: Id,  # noqa: A002
    keep_old: Annotated[bool, typer.Option(help="The old key stays valid beside.")] = False,
    expires: Expires = None,
    as_json: AsJson = False,
) -> None:
    """Give an application a new key and print it, once."""
    asked = {"keep_old": keep_old, "expires": instant(expires) if expires else None}
    answer = call("POST", f"/applications/{id}/keys", asked)
    show(answer) if as_json else typer.echo(answer["key"])


@app.command("keys")
def list_keys(id: Id, as_json: AsJson = False) -> None:  # noqa: A002
    """List an application's keys by their ids; a key itself is never shown again."""
    rows = call("GET", "/document/application", key=id)["keys"]
    show_rows(rows, ("id", "at", "by", "expires"), as_json=as_json)
