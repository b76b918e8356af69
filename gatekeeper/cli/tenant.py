"""How are tenants registered, stopped, and told what they may use?"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

import typer

from gatekeeper.cli.output import AsJson
from gatekeeper.cli.registry import Id, Name, group, instant, state, with_own_commands
from gatekeeper.cli.tenant_report import report
from gatekeeper.domain.registry import Posture, Revocation
from gatekeeper.domain.words import Channel
from gatekeeper.errors import InputRejected

COLUMNS = (
    "id",
    "name",
    "suspended",
    "components",
    "posture",
    "emergency_granted",
    "terms",
    "observe",
)
Version = Annotated[str, typer.Option(help="Version of the terms that was accepted.")]
AcceptedBy = Annotated[str | None, typer.Option("--by", help="Who accepted; you, if not given.")]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

app = group("Tenants: the customers of this installation.", "tenant", COLUMNS)
with_own_commands(app, "tenant")
app.command("report")(report)


@app.command("add")
def add(
    id: Id,  # noqa: A002
    name: Name = None,
    emergency: Annotated[
        bool | None, typer.Option("--emergency/--no-emergency", help="Grant the emergency purpose.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Register a tenant, or change what is said of it."""
    state("tenant", {"id": id, "name": name, "emergency_granted": emergency}, as_json=as_json)


@app.command("terms")
def terms(
    id: Id,  # noqa: A002
    version: Version,
    accepted_by: AcceptedBy = None,
    as_json: AsJson = False,
) -> None:
    """Record that a tenant accepted a version of the terms."""
    state("tenant", {"id": id, "terms": accepted(version, accepted_by)}, as_json=as_json)


@app.command("components")
def components(
    id: Id,  # noqa: A002
    channel: Annotated[
        list[Channel] | None, typer.Option(help="A channel that it may use; repeatable.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="It may use them all.")] = False,
    none: Annotated[bool, typer.Option("--none", help="It may use no channel.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say which channels a tenant may use; others are closed at once."""
    if sum((bool(channel), every, none)) != 1:
        raise InputRejected("give --channel (once for each), or --all, or --none")
    said = {"id": id, "components": None if every else [*(channel or ())]}
    state("tenant", said, as_json=as_json, clearing=("components",))


@app.command("posture")
def posture(id: Id, reading: Posture, as_json: AsJson = False) -> None:  # noqa: A002
    """Choose the reading of the TCPA that a tenant follows; the choice is recorded."""
    state("tenant", {"id": id, "posture": reading}, as_json=as_json)


@app.command("revocation")
def revocation(id: Id, width: Revocation, as_json: AsJson = False) -> None:  # noqa: A002
    """Choose how wide a STOP is taken that does not say."""
    state("tenant", {"id": id, "revocation": width}, as_json=as_json)


@app.command("observe")
def observe(
    id: Id,  # noqa: A002
    until: Annotated[
        str | None, typer.Option(help="A day (its first instant in UTC) or an instant.")
    ] = None,
    why: Annotated[str | None, typer.Option(help="Why; it is recorded.")] = None,
    end: Annotated[bool, typer.Option("--end", help="It ends now.")] = False,
    as_json: AsJson = False,
) -> None:
    """Let a tenant only observe, at most 90 days: what can be overridden is recorded, not stopped.

    Never in shadow: opt-outs, missing consent, cards, ids and passwords, suspensions, emergency
    numbers, senders that are not owned. It ends by itself.
    """
    if end == (until is not None) or end == (why is not None):
        raise InputRejected("give --until and --why, or --end")
    stated = None if until is None else {"until": moment(until), "reason": why}
    state("tenant", {"id": id, "observe": stated}, as_json=as_json, clearing=("observe",))


def moment(text: str) -> datetime:
    """An instant with its offset, or a day: its first instant in UTC."""
    return instant(f"{text}T00:00:00Z" if _DAY.fullmatch(text) else text)


def accepted(version: str, by: str | None) -> dict[str, str]:
    """Terms as they are stated; when, and who recorded it, is filled in by the gate."""
    return {"version": version} | ({"by": by} if by else {})
