"""How are tenants, applications, senders, campaigns and templates registered and suspended?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import typer

from gatekeeper.cli.gate import call
from gatekeeper.cli.output import AsJson, show_rows
from gatekeeper.domain.registry import Campaign, CredentialMode, Sender, Tenant
from gatekeeper.domain.words import Channel, Purpose, SenderKind, SenderState, Technology
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.registrar import NewApplication, content_of
from gatekeeper.ledger.registry_input import UNSTATED
from gatekeeper.numbering.senders import sender_kind

tenant = typer.Typer(help="Tenants: the customers of this installation.", no_args_is_help=True)
application = typer.Typer(help="Applications and their keys.", no_args_is_help=True)
sender = typer.Typer(help="Senders and who owns them.", no_args_is_help=True)
campaign = typer.Typer(help="Campaigns and what they are for.", no_args_is_help=True)
template = typer.Typer(help="Content behind references (Url, ContentSid).", no_args_is_help=True)

Id = Annotated[str, typer.Argument(help="Its id.")]
TenantId = Annotated[str, typer.Option("--tenant", help="Id of the tenant.")]
CampaignId = Annotated[str | None, typer.Option("--campaign", help="Id of a campaign.")]
Reference = Literal["twiml_url", "content_sid"]
Reason = Annotated[str, typer.Option("--reason", help="Why; it is recorded.")]


@tenant.command("add")
def add_tenant(
    id: Id,  # noqa: A002
    name: Annotated[str, typer.Option(help="Its name.")] = "",
    emergency: Annotated[bool, typer.Option(help="Grant the emergency purpose.")] = False,
) -> None:
    """Register a tenant."""
    call("POST", "/documents/tenant", _said(Tenant(id, name or id, emergency_granted=emergency)))


@tenant.command("list")
def list_tenants(as_json: AsJson = False) -> None:
    """List all tenants."""
    rows = call("GET", "/documents/tenant")
    show_rows(rows, ("id", "name", "suspended", "emergency_granted"), as_json=as_json)


@tenant.command("suspend")
def suspend_tenant(id: Id, reason: Reason) -> None:  # noqa: A002
    """Stop everything that a tenant sends, at once."""
    call("POST", "/suspensions", {"kind": "tenant", "key": id, "reason": reason})


@tenant.command("resume")
def resume_tenant(id: Id) -> None:  # noqa: A002
    """Lift a tenant's suspension."""
    call("POST", "/suspensions", {"kind": "tenant", "key": id, "reason": None})


@application.command("add")
def add_application(
    id: Id,  # noqa: A002
    tenant_id: TenantId,
    account: Annotated[str, typer.Option(help="The provider's account id that the app names.")],
    mode: Annotated[CredentialMode, typer.Option(help="Who holds the provider's secret.")] = (
        CredentialMode.VAULT
    ),
    campaign_id: CampaignId = None,
    upstream_account: Annotated[
        str | None, typer.Option(help="Account to present to the provider, if it differs.")
    ] = None,
) -> None:
    """Register an application; the provider's secret is read from standard input.

    In vault mode it prints the application's key, once: the app uses it in place of the secret.
    """
    new = NewApplication(
        id, tenant_id, "twilio", account, _secret(), mode, upstream_account, campaign_id
    )
    key = call("POST", "/applications", new)["key"]
    typer.echo(key or "registered: the app goes on using its own credential")


@application.command("key")
def rotate_key(
    id: Id,  # noqa: A002
    keep_old: Annotated[bool, typer.Option(help="The old key stays valid beside.")] = False,
) -> None:
    """Give an application a new key and print it, once."""
    typer.echo(call("POST", f"/applications/{id}/keys", {"keep_old": keep_old})["key"])


@application.command("list")
def list_applications(as_json: AsJson = False) -> None:
    """List all applications, without their secrets."""
    columns = ("id", "tenant", "provider", "account", "mode", "campaign", "suspended")
    show_rows(call("GET", "/documents/application"), columns, as_json=as_json)


@application.command("suspend")
def suspend_application(id: Id, reason: Reason) -> None:  # noqa: A002
    """Stop everything that an application sends, at once."""
    call("POST", "/suspensions", {"kind": "application", "key": id, "reason": reason})


@application.command("resume")
def resume_application(id: Id) -> None:  # noqa: A002
    """Lift an application's suspension."""
    call("POST", "/suspensions", {"kind": "application", "key": id, "reason": None})


@sender.command("add")
def add_sender(
    address: Annotated[str, typer.Argument(help="Number, code, name, or channel:number.")],
    tenant_id: TenantId,
    campaign_id: CampaignId = None,
    kind: Annotated[SenderKind | None, typer.Option(help="Its kind, if not plain.")] = None,
    state: Annotated[SenderState, typer.Option(help="Where it stands.")] = SenderState.ACTIVE,
    registration: Annotated[
        str | None, typer.Option(help="Its 10DLC, toll-free or other registration.")
    ] = None,
) -> None:
    """Register a sender that a tenant owns, or change its state."""
    seen, sender_id = _sender(address)
    document = Sender(sender_id, tenant_id, kind or seen, state, registration, campaign_id)
    call("POST", "/documents/sender", _said(document))


@sender.command("list")
def list_senders(as_json: AsJson = False) -> None:
    """List all senders."""
    columns = ("id", "tenant", "kind", "state", "registration", "campaign")
    show_rows(call("GET", "/documents/sender"), columns, as_json=as_json)


@campaign.command("add")
def add_campaign(
    id: Id,  # noqa: A002
    tenant_id: TenantId,
    purpose: Annotated[list[Purpose], typer.Option(help="A registered purpose; repeatable.")],
    technology: Annotated[Technology, typer.Option(help="How it is sent.")] = Technology.UNKNOWN,
    seller: Annotated[str | None, typer.Option(help="Who sells, as the person knows it.")] = None,
) -> None:
    """Register a campaign: its purposes decide which rules bind its messages."""
    document = Campaign(id, tenant_id, tuple(purpose), technology, seller)
    call("POST", "/documents/campaign", _said(document))


@campaign.command("list")
def list_campaigns(as_json: AsJson = False) -> None:
    """List all campaigns."""
    columns = ("id", "tenant", "purposes", "technology", "seller", "suspended")
    show_rows(call("GET", "/documents/campaign"), columns, as_json=as_json)


@campaign.command("suspend")
def suspend_campaign(id: Id, tenant_id: TenantId, reason: Reason) -> None:  # noqa: A002
    """Stop everything that a campaign sends, at once."""
    key = f"{tenant_id}/{id}"
    call("POST", "/suspensions", {"kind": "campaign", "key": key, "reason": reason})


@campaign.command("resume")
def resume_campaign(id: Id, tenant_id: TenantId) -> None:  # noqa: A002
    """Lift a campaign's suspension."""
    key = f"{tenant_id}/{id}"
    call("POST", "/suspensions", {"kind": "campaign", "key": key, "reason": None})


@template.command("add")
def add_template(
    ref: Annotated[str, typer.Argument(help="The URL, ContentSid or other reference.")],
    tenant_id: TenantId,
    kind: Annotated[Reference, typer.Option(help="What kind of reference it is.")],
    text: Annotated[
        list[Path],
        typer.Option(exists=True, dir_okay=False, help="File with one of its texts; repeatable."),
    ],
    category: Annotated[str | None, typer.Option(help="utility, marketing, ...")] = None,
) -> None:
    """Register content that the gate cannot see, after a person has read it."""
    texts = tuple(map(_text, text))
    call("POST", "/documents/content", _said(content_of(tenant_id, kind, ref, texts, category)))


@template.command("list")
def list_templates(as_json: AsJson = False) -> None:
    """List all registered content."""
    columns = ("ref", "tenant", "kind", "category", "digest")
    show_rows(call("GET", "/documents/content"), columns, as_json=as_json)


def _said(document: object) -> dict[str, Any]:
    """What is stated of a document: all but what nobody states."""
    whole: dict[str, Any] = msgspec.to_builtins(document)
    return {key: value for key, value in whole.items() if key not in UNSTATED}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InputRejected(f"{path} cannot be read as text in UTF-8") from None


def _sender(address: str) -> tuple[SenderKind, str]:
    prefix, colon, rest = address.partition(":")
    if colon and prefix in (Channel.WHATSAPP, Channel.MESSENGER, Channel.RCS):
        kind = SenderKind.WABA if prefix == Channel.WHATSAPP else SenderKind.PAGE
        return kind, f"{prefix}:{sender_kind(rest)[1]}"
    if address.startswith("MG"):
        return SenderKind.SERVICE, address
    kind, sender_id = sender_kind(address)
    if kind is SenderKind.UNKNOWN:
        raise InputRejected(
            "that is no sender: give a number in E.164, a short code, a name of up to 11 "
            "characters, a service id (MG...), or whatsapp:NUMBER"
        )
    return kind, sender_id


def _secret() -> str:
    """The provider's secret from standard input: never an argument, which others could see."""
    if sys.stdin.isatty():
        entered: str = typer.prompt("Provider secret", hide_input=True)
        return entered
    secret = sys.stdin.readline().strip()
    if not secret:
        raise InputRejected("give the provider's secret on standard input")
    return secret
