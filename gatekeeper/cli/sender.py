"""How are senders registered, and how is it shown that a tenant owns them?"""

from __future__ import annotations

from typing import Annotated

import typer

from gatekeeper.cli.output import AsJson
from gatekeeper.cli.registry import (
    CampaignId,
    Customer,
    TenantId,
    group,
    state,
    with_show,
    with_stops,
)
from gatekeeper.domain.standing import ProofKind
from gatekeeper.domain.words import SenderKind, SenderState
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.sender_names import named

COLUMNS = (
    "id", "tenant", "kind", "state", "registration", "campaign", "end_customer", "proof",
    "suspended",
)  # fmt: skip
Address = Annotated[str, typer.Argument(help="Number, code, name, or channel:number.")]
Proved = Annotated[
    ProofKind | None, typer.Option("--proof", help="How you saw that the tenant owns it.")
]
Reference = Annotated[
    str | None, typer.Option("--reference", help="Where what you saw is kept; with --proof.")
]


def _id(address: str) -> str:
    return named(address)[1]


app = group("Senders and who owns them.", "sender", COLUMNS)
with_show(app, "sender", _id)
with_stops(app, "sender", _id)


@app.command("add")
def add(  # noqa: PLR0913 - each is a command-line option
    address: Address,
    tenant_id: TenantId,
    campaign_id: CampaignId = None,
    customer: Customer = None,
    kind: Annotated[SenderKind | None, typer.Option(help="Its kind, if not plain.")] = None,
    state_: Annotated[
        SenderState | None, typer.Option("--state", help="Where it stands; a new one is active.")
    ] = None,
    registration: Annotated[
        str | None, typer.Option(help="Its 10DLC, toll-free or other registration.")
    ] = None,
    free: Annotated[
        bool | None,
        typer.Option("--free-to-end-user/--no-free-to-end-user", help="It costs people nothing."),
    ] = None,
    age_gate: Annotated[
        bool | None,
        typer.Option("--age-gate/--no-age-gate", help="It asks for a date of birth first."),
    ] = None,
    proof: Proved = None,
    reference: Reference = None,
    as_json: AsJson = False,
) -> None:
    """Register a sender that a tenant owns, or change what is said of it."""
    said = {
        "id": _id(address),
        "tenant": tenant_id,
        "campaign": campaign_id,
        "end_customer": customer,
        "kind": kind,
        "state": state_,
        "registration": registration,
        "free_to_end_user": free,
        "age_gate": age_gate,
        "proof": _proof(proof, reference),
    }
    state("sender", said, as_json=as_json)


@app.command("state")
def set_state(
    address: Address, tenant_id: TenantId, where: SenderState, as_json: AsJson = False
) -> None:
    """Say where a sender stands: active, suspended, reclaimed or ported out."""
    state("sender", {"id": _id(address), "tenant": tenant_id, "state": where}, as_json=as_json)


@app.command("proof")
def set_proof(
    address: Address,
    tenant_id: TenantId,
    kind: ProofKind,
    reference: Annotated[str, typer.Option(help="Where what you saw is kept.")],
    as_json: AsJson = False,
) -> None:
    """Record how you saw that the tenant owns a sender."""
    said = {"id": _id(address), "tenant": tenant_id, "proof": _proof(kind, reference)}
    state("sender", said, as_json=as_json)


def _proof(kind: ProofKind | None, reference: str | None) -> dict[str, str] | None:
    if kind is None and reference is None:
        return None
    if kind is None or not reference:
        raise InputRejected("a proof needs both: --proof says how, --reference where it is kept")
    return {"kind": kind, "reference": reference}
